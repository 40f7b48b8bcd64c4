import { bisector } from "d3-array";
import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { currentSnapshots } from "@/db/schema";
import { knownEvents } from "../events/read";
import type { Event } from "../events/rules";
import type { Moment } from "../moments/rules";
import { knownBy, today } from "../vintage";
import { historyAround, WHOLE, wholeHistory } from "./nearby";
import { newestFirst } from "./read";
import { type SnapshotRow, snapshotOf } from "./rows";
import type { Snapshot } from "./rules";
import type { History } from "./warnings";

/** So many statements are remembered at most, of the countries that were asked about last; some 40 MB. */
const MOST = 50_000;
/** What was recorded since is read one by one, up to so many. */
const FEW = 1000;
/** Everything is read anew after so long, in case somebody wrote past all acts; milliseconds. */
const KEPT_FOR = 60_000;

/** About what somebody enters something. */
export type Asked = { country: string; asOf: Pick<Moment, "from" | "to"> };

/** A current row by the names of its columns, as the driver brings them. */
const ROW = Object.fromEntries(
  Object.values(getTableColumns(currentSnapshots)).map(({ name }) => [name, sql`row.${sql.identifier(name)}`]),
) as { [Name in keyof SnapshotRow]: SQL<SnapshotRow[Name]> };

/** Which database of which server is asked: one that leads now may never have had what another showed that is gone. */
const WHICH = sql<string>`pg_postmaster_start_time()::text || ' ' || (select oid from pg_database where datname = current_database())`;

/** How far a record was read: the first instant with which anything can be stamped that is not there yet, null in an empty one. */
type Read = { which: string; upTo: string | null };

type Changes = { read: Read; otherwise: boolean; added: SnapshotRow[] };

/** What was recorded since an instant. `otherwise`: more than new statements, or too many of these. */
async function changesSince(tx: Database, since: string): Promise<Changes> {
  const at = sql`${since}::timestamptz`;
  const [[told], added] = await Promise.all([
    tx
      .select({
        which: WHICH,
        upTo: sql<string | null>`record.earliest_instant()::text`,
        otherwise: sql<boolean>`
          exists (select from record.snapshots where recorded_at >= ${at} and revision > 1)
          or exists (select from record.sources where recorded_at >= ${at} and revision > 1)
          or exists (select from record.events where recorded_at >= ${at})`,
      })
      .from(sql`(values (1)) one`)
      .prepare("told_since")
      .execute(),
    tx
      .select(ROW)
      .from(sql`record.snapshots s join derived.snapshots row using (statement_id)`)
      .where(sql`s.recorded_at >= ${at}`)
      .orderBy(sql`s.recorded_at`)
      .limit(FEW)
      .prepare("added_since")
      .execute(),
  ]);
  const read = { which: told?.which ?? "", upTo: told?.upTo ?? null };
  return { read, otherwise: told?.otherwise !== false || added.length === FEW, added };
}

async function readNow(tx: Database): Promise<Read> {
  const [row] = await tx.execute<{ which: string; up_to: string | null }>(
    sql`select ${WHICH} as which, record.earliest_instant()::text as up_to`,
  );
  return { which: row?.which ?? "", upTo: row?.up_to ?? null };
}

/**
 * The histories of countries, kept from one act to the next: what was recorded in between is read, and nothing else.
 *
 * Every act is stamped behind all before it, so whoever has read everything up to an instant needs only what was stamped
 * since. New statements are put in their place; where something was corrected, withdrawn or restated, or a source or an
 * event changed, or another server is asked, what is remembered is forgotten.
 */
export class Histories {
  /** Whole ones, by country, those asked about last at the end. */
  readonly #of = new Map<string, Snapshot[]>();
  #statements = 0;
  #events: Event[] | undefined;
  #read: Read = { which: "", upTo: null };
  #day = "";
  /** From when on something is too new for that day. */
  #tooNew = new Date(0);
  #readAt = Number.NEGATIVE_INFINITY;

  /**
   * What each candidate is measured by (`historyAround`), in their order. They must not be changed.
   * @param tx an act's, before it has written anything
   */
  async around(tx: Database, asked: readonly Asked[], now: Date): Promise<History[]> {
    const known = today(now);
    await this.#bringUp(tx, known.knownOn);
    const [events, ...statements] = await Promise.all([
      this.#events ?? knownEvents(tx, known),
      ...asked.map(async ({ country, asOf }) => {
        const whole = this.#of.get(country) ?? (await wholeHistory(tx, country, known));
        if (whole) this.#remember(country, whole);
        return whole ?? historyAround(tx, country, asOf, known);
      }),
    ]);
    this.#events = events;
    return statements.map((of) => ({ statements: of, events }));
  }

  async #bringUp(tx: Database, day: string): Promise<void> {
    const { which, upTo } = this.#read;
    const fresh = this.#day === day && performance.now() - this.#readAt < KEPT_FOR;
    const changes = fresh && upTo !== null ? await changesSince(tx, upTo) : undefined;
    if (!changes || changes.otherwise || changes.read.which !== which) {
      this.#of.clear();
      this.#statements = 0;
      this.#events = undefined;
      this.#readAt = performance.now();
      this.#day = day;
      this.#tooNew = knownBy({ knownOn: day });
    } else for (const row of changes.added) this.#add(snapshotOf(row));
    this.#read = changes ? changes.read : await readNow(tx);
  }

  #add(added: Snapshot): void {
    const of = this.#of.get(added.country);
    if (!of || added.knownFrom > this.#tooNew) return;
    if (added.restates !== null || of.length >= WHOLE) {
      this.#forget(added.country);
    } else {
      of.splice(bisector(newestFirst).left(of, added), 0, added);
      this.#statements += 1;
    }
  }

  #remember(country: string, whole: Snapshot[]): void {
    this.#forget(country);
    this.#of.set(country, whole);
    this.#statements += whole.length;
    for (const [oldest] of this.#of) {
      if (this.#statements <= MOST) return;
      this.#forget(oldest);
    }
  }

  #forget(country: string): void {
    this.#statements -= this.#of.get(country)?.length ?? 0;
    this.#of.delete(country);
  }
}
