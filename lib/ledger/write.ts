import { randomBytes } from "node:crypto";
import { desc, eq, getTableColumns, is, SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { untilAllKnow } from "@/db/changes";
import { type Database, leaveFollower } from "@/db/client";
import { transactionWithOutcome } from "@/db/commit";
import { acts, type contacts, type countries, type deadlines, type events, type snapshots, type sources } from "@/db/schema";
import { done, type Outcome, refused } from "../outcome";
import type { Actor } from "../staff/rules";

type RecordTable = typeof snapshots | typeof sources | typeof deadlines | typeof events | typeof countries | typeof contacts;

const ID_LENGTH = 16;
/** Drawn for many ids at once: a few bytes take as long as a thousand. */
let drawn = Buffer.alloc(0);

/** A new opaque statement id, 16 characters of a to z and 2 to 7: 80 random bits. */
export function newStatementId(): string {
  const letters = "abcdefghijklmnopqrstuvwxyz234567";
  if (drawn.length === 0) drawn = randomBytes(64 * ID_LENGTH);
  const bytes = drawn.subarray(0, ID_LENGTH);
  drawn = drawn.subarray(ID_LENGTH);
  return Array.from(bytes, (byte) => letters[byte % 32]).join("");
}

/**
 * What a revision is written against.
 *
 * `replacesRevision` is the newest revision its author saw, 0 for a new statement; when another one
 * has come since, the write is refused as a conflict.
 */
export type RevisionOf = {
  statementId: string;
  replacesRevision: number;
  reason?: string;
  state?: "published" | "withdrawn";
};

/** Who entered a revision, by which token if a program did, and who let it become public: a second person, or the same one alone. */
export type By = { recorder: Pick<Actor, "personId" | "tokenId">; publisher: Pick<Actor, "personId"> };

/** Entered and published by one person. */
export const alone = (actor: Actor): By => ({ recorder: actor, publisher: actor });

/** What a revision says, beside who wrote it and what it follows. */
type Content<T extends RecordTable> = Omit<
  T["$inferInsert"],
  "statementId" | "revision" | "state" | "reason" | "recordedBy" | "publishedBy" | "recordedAt" | "tokenId"
>;

/** The first revision of a statement that is new: its own name, what it says, and why where that is told. */
export type New<T extends RecordTable> = { by: By; statementId: string; reason?: string | undefined; content: Content<T> };

const authorsOf = ({ recorder, publisher }: By) => ({
  recordedBy: recorder.personId,
  publishedBy: publisher.personId,
  tokenId: recorder.tokenId ?? null,
});

type Column = { property: string; name: string; none: unknown };

/** The columns of each table that are written, with what stands where nothing is said: what the database fills in itself, here too. */
const written = new Map<RecordTable, Column[]>();

function columnsOf(table: RecordTable): Column[] {
  const known = written.get(table);
  if (known) return known;
  const columns = Object.entries(getTableColumns(table as typeof snapshots) as Record<string, PgColumn>).flatMap(([property, column]) =>
    column.generated === undefined ? { property, name: column.name, none: is(column.default, SQL) ? null : (column.default ?? null) } : [],
  );
  written.set(table, columns);
  return columns;
}

/** Adds rows to a table of the record: however many, in one statement whose words are always the same. */
async function add(tx: Database, table: RecordTable, rows: readonly Record<string, unknown>[]): Promise<void> {
  const columns = columnsOf(table);
  const named = rows.map((row) => Object.fromEntries(columns.map(({ property, name, none }) => [name, row[property] ?? none])));
  const listed = sql.join(
    columns.map(({ name }) => sql.identifier(name)),
    sql`, `,
  );
  await tx
    .insert(table as typeof snapshots)
    .select(sql`select ${listed} from jsonb_populate_recordset(null::${table as typeof snapshots}, ${JSON.stringify(named)}::text::jsonb)`)
    .prepare("add")
    .execute();
}

/**
 * Waits for writes that were sent one behind the other without waiting. After one that fails the others fail for its sake:
 * what is told is the first in their order, whichever is heard of first.
 */
export async function allOf(writes: readonly Promise<unknown>[]): Promise<void> {
  for (const ended of await Promise.allSettled(writes)) if (ended.status === "rejected") throw ended.reason;
}

/**
 * Adds statements that are new to the record, of one kind, in one statement of SQL.
 * @throws where one of their names is taken, which `act` answers as a conflict
 */
export const appendNew = <T extends RecordTable>(tx: Database, table: T, statements: readonly New<T>[]): Promise<void> =>
  add(
    tx,
    table,
    statements.map(({ by, statementId, reason, content }) => ({
      ...content,
      ...authorsOf(by),
      statementId,
      revision: 1,
      state: "published",
      reason,
    })),
  );

/**
 * Adds one revision to the record. This and `appendNew` are the only places where the record is written, but for imports,
 * which bring many at once.
 * @returns the number of the revision, or a conflict naming the revision that is newer
 */
export async function append<T extends RecordTable>(
  tx: Database,
  table: T,
  by: By,
  of: RevisionOf,
  content: Content<T>,
): Promise<Outcome<number>> {
  const [newest] = await tx
    .select({ revision: table.revision })
    .from(table as typeof snapshots)
    .where(eq(table.statementId, of.statementId))
    .orderBy(desc(table.revision))
    .limit(1)
    .prepare("newest_revision")
    .execute();
  const current = newest?.revision ?? 0;
  if (current !== of.replacesRevision) return refused({ code: "conflict", current });
  // Whatever the revision before came with, its token is that of this one.
  const row = { ...content, ...authorsOf(by), statementId: of.statementId, revision: current + 1 };
  await add(tx, table, [{ ...row, state: of.state ?? "published", reason: of.reason }]);
  return done(current + 1);
}

/**
 * An act that is no revision of the record: what happens to people, tokens, submissions, copies and imports.
 * `before` and `after` are the thing as it was and as it became, without secrets.
 */
export type DeskAct = {
  verb: string;
  feature: "submissions" | "people" | "sessions" | "copies" | "imports" | "tokens";
  objectId: string;
  countries?: readonly string[];
  reason?: string | null;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
};

/** Writes an act of the desk into the history, in the transaction that does it. Revisions of the record are their own history. */
export async function noteAct(tx: Database, actor: Actor, act: DeskAct): Promise<void> {
  await tx.insert(acts).values({ ...act, countries: [...(act.countries ?? [])], personId: actor.personId, tokenId: actor.tokenId ?? null });
}

class RolledBack extends Error {
  constructor(readonly outcome: { ok: false; failure: import("../outcome").Failure }) {
    super("rolled back");
  }
}

const UNIQUE_VIOLATION = "23505";
/** How long an act waits in the database for the ones before it, the longest of which is an import of the most rows. */
const FOR_THE_OTHERS = "30s";

/** How long an act waits for the one before it in this process; after that the database's own order suffices. Milliseconds. */
const PATIENCE = 5000;
// The web bundle may hold this module more than once.
const shared = globalThis as { muhlatLastAct?: Promise<void> };

/** Brings acts of this process to their turn before they take a connection: however many wait, who reads is not kept from theirs. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const before = shared.muhlatLastAct;
  let over = () => {};
  shared.muhlatLastAct = new Promise((resolve) => {
    over = resolve;
  });
  try {
    if (before)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, PATIENCE).unref();
        void before.then(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    return await work();
  } finally {
    over();
  }
}

/**
 * Runs one act of a person as one transaction: a refusal anywhere in it leaves nothing behind.
 *
 * One act at a time: what it was checked against still holds when it is written. Where something
 * else wrote the same revision meanwhile, the act is answered as a conflict.
 * It is done once every process that keeps public pages knows of it: who is told so finds it public.
 * @param before is done before its turn comes, for which it may have to wait
 * @throws OutcomeUnknownError where nobody can say whether it was done; whatever else is thrown, nothing was
 */
export async function act<T>(
  db: Database,
  work: (tx: Database) => Promise<Outcome<T>>,
  before?: (tx: Database) => Promise<void>,
): Promise<Outcome<T>> {
  const written = () =>
    transactionWithOutcome(db, async (tx) => {
      await before?.(tx);
      await tx.execute(sql`
        select set_config('lock_timeout', ${before ? "0" : FOR_THE_OTHERS}, true), pg_advisory_xact_lock(hashtext('muhlat act'))`);
      const outcome = await work(tx);
      if (!outcome.ok) throw new RolledBack(outcome);
      return outcome;
    });
  try {
    const outcome = await (before ? written() : inTurn(written));
    await untilAllKnow(db);
    return outcome;
  } catch (error) {
    if (error instanceof RolledBack) return error.outcome;
    leaveFollower(error);
    const cause = (error as { cause?: { code?: string; constraint_name?: string; table_name?: string } }).cause;
    if (cause?.code === UNIQUE_VIOLATION && /_pkey$|^revision_follows$/.test(cause.constraint_name ?? ""))
      return refused({ code: "conflict", current: -1 });
    throw error;
  }
}
