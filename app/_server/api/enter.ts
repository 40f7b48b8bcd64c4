import { SENT, type Statement } from "@/app/api/v1/contract";
import { staffDb } from "@/db/client";
import { warningInWords } from "@/lib/i18n/warning-words";
import { wordsFor } from "@/lib/i18n/words";
import { sendOf } from "@/lib/ledger/once";
import type { ProblemCode } from "@/lib/open-data/problems";
import type { Failure } from "@/lib/outcome";
import { CONFIRMED_BY_PROGRAM, readSnapshot } from "@/lib/snapshots/input";
import { needsConfirmation } from "@/lib/snapshots/warnings";
import { Together } from "@/lib/snapshots/write";
import { may } from "@/lib/staff/rules";
import { fieldsOf } from "@/lib/texts";
import { HeldLately } from "@/lib/tokens/lately";
import type { SentToken } from "@/lib/tokens/read";
import type { TokenState } from "@/lib/tokens/rules";
import { noteRefusal, noteUse } from "@/lib/tokens/write";
import { askedAddress } from "./asked";
import { orFault } from "./fault";
import { allowedNames, refused } from "./problems";
import { type Brought, bearerOf, keyOf, refusedFields, statementOf } from "./sent";
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
function asTyped({ unchanged, confirm: _, ...statement }: Statement): Record<string, unknown> {
  return { ...statement, answer: unchanged ? "unchanged" : statement.missing_reason ? "missing" : "figure" };
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
      const told = failure.rows.flatMap(({ warnings }) => warnings);
      return refused("warned", {
        warnings: told.map((warning) => ({
          code: warning.code,
          asks: needsConfirmation(warning),
          detail: warningInWords(warning, wordsFor("en")),
        })),
      });
    }
    case "sent_otherwise":
      return refused("key_reused");
    case "forbidden":
      return refuseCountry(token, country);
    default:
      return refused("conflict", {}, { "Retry-After": "1" });
  }
}

/** An answer: a refusal, or one that is sent as it is, for which a Response would only be packed and opened again. */
export type Answer = Response | { status: number; headers: Record<string, string>; text: string };

/** What a program is answered: the very text of it, and the statement's name where it is public. */
type Said = { body: string; made: string | null };

const together = new Together<Said>(staffDb);
const heldLately = new HeldLately();

/**
 * Records the statement that a request brings with a token, once for each key.
 *
 * The token is looked at before anything else, so that nobody without one keeps others waiting, and again in the act
 * itself: what was ended is ended for whoever waits for their turn too.
 */
async function enter(request: Brought, origin: string): Promise<Answer> {
  const sent = bearerOf(request);
  if (sent === undefined) return unauthorised("token_missing");
  const token = await heldLately.of(staffDb(), sent);
  if (!token) return unauthorised("token_unknown");
  if (token.state !== "holds") return refuseToken(token);
  await noteUse(staffDb(), token);

  const asked = [...askedAddress(request).searchParams.keys()][0];
  if (asked !== undefined)
    return refused("parameter", { errors: [{ parameter: asked.slice(0, 80), said: "", allowed: allowedNames([]) }] });
  const key = keyOf(request);
  if ("refusal" in key) return key.refusal;
  const statement = statementOf(request);
  if ("refusal" in statement) return statement.refusal;
  const { country } = statement.said;
  if (may(token.actor, "record", [country]) === "no") return refuseCountry(token, country);

  // What is wrong by itself is told without waiting for a turn.
  const parsed = readSnapshot(asTyped(statement.said), new Date());
  if (!parsed.success) return refusedFields(namedAsSent(fieldsOf(parsed.error)));
  const send = sendOf(token.actor, key.said, compared(statement.said));
  if (!send) throw new Error("a key that was read cannot be kept");
  const input = parsed.data;
  const entered = await together.enter({
    token,
    send,
    input,
    confirm: { warnings: statement.said.confirm ?? [], word: CONFIRMED_BY_PROGRAM },
    answerTo: (became) => ({
      body: JSON.stringify({ data: shownEntered(input, became, origin) }),
      made: became.state === "published" ? became.statementId : null,
    }),
  });
  if (entered.token.state !== "holds") return refuseToken(entered.token);
  if (!entered.outcome.ok) return refuse(entered.outcome.failure, entered.token, country);
  const { body, made } = entered.outcome.value;
  return {
    status: entered.first ? 201 : 200,
    headers: {
      "Content-Type": "application/json",
      "Cache-Control": "no-store",
      ...(made === null ? {} : { Location: `/api/v1/snapshots/${made}` }),
    },
    text: body,
  };
}

/** Where programs send statements. */
export const ENTRIES = `/api/v1${SENT.enter.path}`;

/** Answers what a program sent; whatever goes wrong is told as what it is. @param origin under which our pages are found */
export const answerEntry = (request: Brought, origin: string): Promise<Answer> =>
  orFault(`POST ${SENT.enter.path}`, () => enter(request, origin));
