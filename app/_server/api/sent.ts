import { SENT, type Statement } from "@/app/api/v1/contract";
import { wordsFor } from "@/lib/i18n/words";
import { FIELD_PROBLEMS } from "@/lib/open-data/problems";
import { MOST_STATEMENT_BYTES } from "@/lib/snapshots/input";
import { fieldsOf } from "@/lib/texts";
import { refused } from "./problems";

/** What a request brings: its headers, its address, its bytes. */
export type Brought = { url: string; headers: Pick<Headers, "get">; body: Uint8Array };

/** Sent or not: what a request says, or the refusal. */
type Sent<T> = { said: T } | { refusal: Response };

/** What a stranger wrote is told back shortened, and no more mistakes than these. */
const SAID = 80;
const MOST = 20;

const { body: BODY, key: KEY } = SENT.enter;

/** The token of an Authorization header; undefined where there is none. */
export const bearerOf = (request: Brought): string | undefined =>
  /^Bearer +([^\s]+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1];

/** The key under which a statement is recorded once, in quotes or without. */
export function keyOf(request: Brought): Sent<string> {
  const said = request.headers.get("idempotency-key")?.trim() ?? "";
  const parsed = KEY.safeParse(/^"(.*)"$/.exec(said)?.[1] ?? said);
  return parsed.success ? { said: parsed.data } : { refusal: refused("key") };
}

/** Fields at fault, by name, each with its code and a sentence. */
export function refusedFields(fields: Readonly<Record<string, string>>): Response {
  const { t } = wordsFor("en");
  const told = Object.entries(fields)
    .slice(0, MOST)
    .map(([field, code]) => ({ field: field.slice(0, SAID), code, detail: FIELD_PROBLEMS[code] ?? t(`errors.${code as "required"}`) }));
  return refused("fields", { fields: told });
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** Names that a statement does not have; schemas pass over one such as __proto__. */
function unknownIn(sent: Record<string, unknown>): Record<string, string> {
  const beside = (given: unknown, shape: object, within: string) =>
    isObject(given)
      ? Object.keys(given)
          .filter((name) => !Object.hasOwn(shape, name))
          .map((name) => within + name)
      : [];
  const names = [...beside(sent, BODY.shape, ""), ...beside(sent.source, BODY.shape.source.shape, "source.")];
  return Object.fromEntries(names.slice(0, MOST).map((name) => [name.slice(0, SAID), "unknown_field"]));
}

const JSON_TYPE = /^application\/json *(?:; *charset="?utf-8"? *)?$/i;

/** The statement that a request brings, of the shape that the contract names. */
export function statementOf({ headers, body }: Brought): Sent<Statement> {
  const coding = headers.get("content-encoding") ?? "identity";
  if (!JSON_TYPE.test(headers.get("content-type") ?? "") || coding !== "identity") return { refusal: refused("media_type") };
  if (body.byteLength > MOST_STATEMENT_BYTES) return { refusal: refused("too_large") };
  let sent: unknown;
  try {
    sent = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return { refusal: refused("malformed") };
  }
  if (!isObject(sent)) return { refusal: refused("malformed") };
  const unknown = unknownIn(sent);
  const parsed = BODY.safeParse(sent);
  if (parsed.success && Object.keys(unknown).length === 0) return { said: parsed.data };
  const known = parsed.error?.issues.filter(({ code }) => code !== "unrecognized_keys") ?? [];
  return { refusal: refusedFields({ ...unknown, ...fieldsOf({ issues: known }) }) };
}
