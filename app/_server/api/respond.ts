import type { z } from "zod";
import { ALLOWED_DATES, OPERATIONS, type OperationName } from "@/app/api/v1/contract";
import { readerDb } from "@/db/client";
import { databaseNow, newestRecording, untilWritten } from "@/lib/ledger/recordings";
import { dayIn, MOSCOW } from "@/lib/moments/rules";
import { type Vintage, vintageFrom } from "@/lib/vintage";
import { originOf, readSettings } from "@/settings";
import { ANSWERS, type Asked, type Found, type Page } from "./answers";
import { askedAddress } from "./asked";
import { columnsOf } from "./columns";
import { type Cursor, markOf, readCursor, written } from "./cursor";
import { errorsOf, refused } from "./problems";
import { csvOf } from "./table";

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/;

const shapes = (Object.keys(OPERATIONS) as OperationName[]).map((name) => ({
  name,
  shape: new RegExp(`^${OPERATIONS[name].path.replace(/\{\w+\}/g, "([^/]+)")}$`),
}));

/** The question that a path asks, with its ids; undefined where it asks none. */
export function operationOf(path: string): { name: OperationName; ids: string[] } | undefined {
  for (const { name, shape } of shapes) {
    const found = shape.exec(path);
    if (found) return { name, ids: found.slice(1) };
  }
  return undefined;
}

/** A parameter that is given twice stays a list, which no schema takes. */
function parametersOf(url: URL): Record<string, string | string[]> {
  const said = new Map<string, string[]>();
  for (const [name, value] of url.searchParams) said.set(name, [...(said.get(name)?.slice(0, 9) ?? []), value]);
  return Object.fromEntries([...said].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? "") : values]));
}

/** Whether a table is wanted as CSV: by `format`, else by which of the two the Accept header would rather have. */
function wantsCsv(format: string | undefined, accept: string | null): boolean {
  if (format) return format === "csv";
  const named = (accept ?? "").split(",").map((part) => {
    const [type = "", ...parameters] = part.split(";").map((each) => each.trim().toLowerCase());
    return { type, quality: Number(parameters.find((each) => each.startsWith("q="))?.slice(2) ?? 1) };
  });
  const [best] = named
    .filter(({ type, quality }) => quality > 0 && (type === "text/csv" || type === "application/json"))
    .sort((one, other) => other.quality - one.quality);
  return best?.type === "text/csv";
}

const CACHING = { "Cache-Control": "public, max-age=0, must-revalidate", Vary: "Accept" };

type Common = { as_known_on?: string; as_recorded_at?: string; limit?: number; cursor?: string; format?: string };

/** What a question is, apart from where its page begins and of which dates it is. */
const questionOf = (
  name: string,
  ids: readonly string[],
  { cursor: _c, limit: _l, format: _f, as_known_on: _k, as_recorded_at: _r, ...rest }: Common,
) => markOf([name, ids, rest]);

/** Whether a cursor belongs to a question: what the question says itself may not say otherwise. */
const goesOn = (cursor: Cursor, question: string, { as_known_on, as_recorded_at }: Common) =>
  cursor.q === question &&
  (as_known_on === undefined || as_known_on === cursor.known) &&
  (as_recorded_at === undefined || Date.parse(as_recorded_at) === Date.parse(cursor.recorded));

/** What a question and its cursor pin, or why they cannot. */
async function pinnedBy(query: Common, cursor: Cursor | undefined, now: Date): Promise<{ vintage: Vintage } | { refusal: Response }> {
  const known = cursor?.known ?? query.as_known_on ?? dayIn(MOSCOW, now);
  const recorded = cursor?.recorded ?? query.as_recorded_at;
  const newest = recorded === undefined ? undefined : await newestRecording(readerDb());
  // The database's clock may be ahead of ours.
  const vintage = vintageFrom(known, recorded, newest && newest > now ? newest : now);
  const beyond = newest && vintage?.recordedAt && vintage.recordedAt > newest ? vintage.recordedAt : undefined;
  // What lies behind the database's own clock may still be stamped with an instant before it.
  if (!vintage || (beyond && beyond > (await databaseNow(readerDb())))) {
    if (cursor) return { refusal: refused("cursor") };
    const parameter = vintageFrom(known, undefined, now) ? "as_recorded_at" : "as_known_on";
    return { refusal: refused("parameter", { errors: [{ parameter, said: `${query[parameter]}`, allowed: ALLOWED_DATES[parameter] }] }) };
  }
  const settled = !beyond || (await untilWritten(readerDb()));
  return settled ? { vintage } : { refusal: refused("recording", {}, { "Retry-After": "5" }) };
}

/** Answers one question of the contract, from one state of the record. */
export async function respond(request: Request, name: OperationName, ids: string[]): Promise<Response> {
  const operation = OPERATIONS[name];
  const url = askedAddress(request);
  const sent = parametersOf(url);
  const parsed = operation.query.safeParse(sent);
  const errors = errorsOf(parsed.error?.issues ?? [], sent, Object.keys(operation.query.shape));
  if (!parsed.success || errors.length > 0) return refused("parameter", { errors });
  if (!ids.every((id) => ID.test(id))) return refused("not_found");
  const query = parsed.data as Common;

  const now = new Date();
  const question = questionOf(name, ids, query);
  const cursor = query.cursor === undefined ? undefined : readCursor(name, query.cursor);
  if (query.cursor !== undefined && !(cursor && goesOn(cursor, question, query))) return refused("cursor");
  const pin = await pinnedBy(query, cursor, now);
  if ("refusal" in pin) return pin.refusal;
  const pinned = pin.vintage;

  const answered = await readerDb().transaction(
    async (db) => {
      const newest = await newestRecording(db);
      // What is pinned behind the newest recording is the newest: the current rows answer quicker.
      const behind = pinned.recordedAt !== undefined && pinned.recordedAt < newest;
      const vintage: Vintage = behind ? pinned : { knownOn: pinned.knownOn };
      const recordedAt = pinned.recordedAt ?? newest;
      const origin = originOf(readSettings());
      const asked: Asked = { db, vintage, recordedAt, pinnedAt: pinned.recordedAt, origin, ids, after: cursor?.after };
      const answer = await (ANSWERS[name] as (query: unknown, asked: Asked) => Promise<Page<object> | Found<unknown>>)(query, asked);
      // The ledger is sealed behind what it is of: its own instants are those that give the same again.
      return { answer, recordedAt: pinned.recordedAt ?? answer.sealedAt ?? newest, knownOn: vintage.knownOn };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
  const dates = { as_known_on: answered.knownOn, as_recorded_at: answered.recordedAt.toISOString() };
  const headers = { ...CACHING, "Muhlat-As-Known-On": dates.as_known_on, "Muhlat-As-Recorded-At": dates.as_recorded_at };
  const { answer } = answered;
  if ("found" in answer) {
    if (answer.found === undefined) return refused("not_found");
    return Response.json({ data: answer.found, ...dates }, { headers });
  }
  const next = answer.more ? written({ q: question, known: dates.as_known_on, recorded: dates.as_recorded_at, after: answer.more }) : null;
  const link = next ? { Link: `<${nextAddress(url, next)}>; rel="next"` } : undefined;
  if (wantsCsv(query.format, request.headers.get("accept")))
    return new Response(csvOf(answer.rows, columnsOf(operation.row as z.ZodType)), {
      headers: { ...headers, ...link, "Content-Type": "text/csv; charset=utf-8; header=present" },
    });
  return Response.json({ data: answer.rows, next, ...dates }, { headers: { ...headers, ...link } });
}

/** The address of the next page: the same question with its cursor. */
function nextAddress(url: URL, cursor: string): string {
  const parameters = new URLSearchParams(url.search);
  parameters.set("cursor", cursor);
  return `${originOf(readSettings())}${url.pathname}?${parameters}`;
}
