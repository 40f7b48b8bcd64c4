import { warningsInWords } from "@/app/_server/briefing";
import type { Statement } from "@/app/api/v1/contract";
import { staffDb } from "@/db/client";
import { wordsFor } from "@/lib/i18n/words";
import { actOnce } from "@/lib/ledger/once";
import type { ProblemCode } from "@/lib/open-data/problems";
import { done, type Failure, refused as notDone } from "@/lib/outcome";
import { CONFIRMED_BY_PROGRAM, readSnapshot } from "@/lib/snapshots/input";
import { recordSnapshot } from "@/lib/snapshots/write";
import { may } from "@/lib/staff/rules";
import { fieldsOf } from "@/lib/texts";
import { type SentToken, tokenNow, tokenSent } from "@/lib/tokens/read";
import type { TokenState } from "@/lib/tokens/rules";
import { noteRefusal, noteUse } from "@/lib/tokens/write";
import { originOf, readSettings } from "@/settings";
import { askedAddress } from "./asked";
import { allowedNames, refused } from "./problems";
import { bearerOf, keyOf, refusedFields, statementOf } from "./sent";
import { shownEntered } from "./shown";

const NOT_HOLDING: Record<Exclude<TokenState, "holds">, ProblemCode> = {
  expired: "token_expired",
  ended: "token_ended",
  maker: "token_ended",
};

/** RFC 6750: how one says who one is, and what was wrong with it. */
function unauthorised(code: ProblemCode): Response {
  const error = code === "token_missing" ? "" : code === "country" ? ', error="insufficient_scope"' : ', error="invalid_token"';
  return refused(code, {}, { "WWW-Authenticate": `Bearer realm="Muhlat"${error}` });
}

async function refuseToken({ tokenId, state }: SentToken): Promise<Response> {
  if (state === "holds") throw new Error(`the token ${tokenId} holds`);
  await noteRefusal(staffDb(), tokenId, state);
  return unauthorised(NOT_HOLDING[state]);
}

async function refuseCountry({ tokenId }: SentToken, country: string): Promise<Response> {
  await noteRefusal(staffDb(), tokenId, "country", country);
  return unauthorised("country");
}

/** What was sent, as the form of the desk would send it. */
function asTyped({ unchanged, confirm, ...statement }: Statement): Record<string, unknown> {
  const answer = unchanged ? "unchanged" : statement.missing_reason ? "missing" : "figure";
  return { ...statement, answer, confirm: { warnings: confirm ?? [], word: CONFIRMED_BY_PROGRAM } };
}

/** A statement as two are compared: what is null and what is left out are the same. */
const compared = (statement: Statement): string => JSON.stringify(statement, (_name, value) => value ?? undefined);

/** The fields by the names that programs know: the form's choice of an answer is none of them. */
function namedAsSent(fields: Readonly<Record<string, string>>): Record<string, string> {
  const { answer, "confirm.word": word, ...named } = fields;
  return { ...named, ...(answer === undefined ? {} : { value: answer }), ...(word === undefined ? {} : { confirm: word }) };
}

async function refuse(failure: Failure, token: SentToken, country: string): Promise<Response> {
  switch (failure.code) {
    case "invalid":
      return refusedFields(namedAsSent(failure.fields));
    case "warned": {
      const told = warningsInWords(
        failure.rows.flatMap(({ warnings }) => warnings),
        wordsFor("en"),
      );
      return refused("warned", { warnings: told.map(({ code, asks, text }) => ({ code, asks, detail: text })) });
    }
    case "sent_otherwise":
      return refused("key_reused");
    case "forbidden":
      return refuseCountry(token, country);
    default:
      return refused("conflict", {}, { "Retry-After": "1" });
  }
}

/**
 * Records the statement that a request brings with a token, once for each key.
 *
 * The token is looked at before anything else, so that nobody without one keeps others waiting, and again in the act
 * itself: what was ended is ended for whoever waits for their turn too.
 */
export async function enter(request: Request): Promise<Response> {
  const sent = bearerOf(request);
  if (sent === undefined) return unauthorised("token_missing");
  const token = await tokenSent(staffDb(), sent);
  if (!token) return unauthorised("token_unknown");
  if (token.state !== "holds") return refuseToken(token);
  await noteUse(staffDb(), token);

  const asked = [...askedAddress(request).searchParams.keys()][0];
  if (asked !== undefined)
    return refused("parameter", { errors: [{ parameter: asked.slice(0, 80), said: "", allowed: allowedNames([]) }] });
  const key = keyOf(request);
  if ("refusal" in key) return key.refusal;
  const statement = await statementOf(request);
  if ("refusal" in statement) return statement.refusal;
  const { country } = statement.said;
  if (may(token.actor, "record", [country]) === "no") return refuseCountry(token, country);

  const now = new Date();
  const typed = asTyped(statement.said);
  // What is wrong by itself is told without waiting for a turn.
  const parsed = readSnapshot(typed, now);
  if (!parsed.success) return refusedFields(namedAsSent(fieldsOf(parsed.error)));
  const turn: { token: SentToken; first: boolean } = { token, first: false };
  const outcome = await actOnce(staffDb(), token.actor, key.said, compared(statement.said), async (tx) => {
    turn.token = (await tokenNow(tx, token.tokenId)) ?? token;
    if (turn.token.state !== "holds") return notDone({ code: "forbidden" });
    const recorded = await recordSnapshot(tx, turn.token.actor, typed, now);
    if (!recorded.ok) return recorded;
    turn.first = true;
    // What is kept under the key is the very text of the answer.
    const data = shownEntered(parsed.data, recorded.value, originOf(readSettings()));
    return done({ body: JSON.stringify({ data }), made: recorded.value.state === "published" ? recorded.value.statementId : null });
  });
  if (turn.token.state !== "holds") return refuseToken(turn.token);
  if (!outcome.ok) return refuse(outcome.failure, turn.token, country);
  const { body, made } = outcome.value;
  return new Response(body, {
    status: turn.first ? 201 : 200,
    headers: {
      "Content-Type": "application/json",
      "Cache-Control": "no-store",
      ...(made === null ? {} : { Location: `/api/v1/snapshots/${made}` }),
    },
  });
}
