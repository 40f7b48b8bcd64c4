import fc from "fast-check";
import { dayIn, endOfDay, MOSCOW, momentOf } from "@/lib/moments/rules";
import { type SnapshotRow, snapshotOf } from "@/lib/snapshots/rows";
import type { Snapshot } from "@/lib/snapshots/rules";
import type { Vintage } from "@/lib/vintage";
import { type FreshDatabase, freshDatabase } from "./fresh-database";
import { addPeople, CENTRAL } from "./record";

export const COUNTRIES = ["KG", "TJ", "UZ"];
export const MEASURE = "gray_list";
export const DAYS = 900;
const BEGIN = Date.UTC(2023, 0, 10);
export const TODAY = { knownOn: "2027-01-01" };

/** A day of the record by its number. */
export const dayAt = (day: number) => dayIn(MOSCOW, new Date(BEGIN + day * 86_400_000));
const instantAt = (quarter: number) => new Date(BEGIN + quarter * 21_600_000).toISOString().replace(/:00\.000Z$/, "Z");

/** One thing done to the record. */
const act = fc.record({
  country: fc.constantFrom(...COUNTRIES),
  quarter: fc.nat(DAYS * 4),
  value: fc.nat(400),
  lag: fc.nat(40),
  pick: fc.nat(),
  says: fc.constantFrom(
    ...Array.from({ length: 40 }, () => "plain" as const),
    "about",
    "between",
    "missing",
    "unchanged",
    "preferred",
    "deprecated",
    "days",
    "early",
    "day",
    "restates",
    "twin",
    "correct",
    "correct",
    "move",
    "withdraw",
    "source",
  ),
});

type Act = { country: string; quarter: number; value: number; lag: number; pick: number; says: string };

type Columns = Record<string, unknown>;

/** The columns of a statement as one thing done says it. */
function columnsOf({ country, quarter, value, lag, says }: Act): Columns {
  const day = dayAt(Math.floor(quarter / 4));
  const as_of =
    { days: `${day}/${dayAt(Math.floor(quarter / 4) + 5)}`, day, between: day, missing: day, unchanged: day }[says as string] ??
    instantAt(quarter);
  const { from, to } = momentOf(as_of);
  const figure = says !== "missing" && says !== "unchanged";
  return {
    country,
    as_of,
    as_of_from: from,
    as_of_to: to,
    value: figure && says !== "between" ? value : null,
    low: says === "between" ? value : null,
    high: says === "between" ? value + 9 : null,
    qualifier: figure ? (says === "about" || says === "between" ? says : "exact") : null,
    missing_reason: says === "missing" ? "declined" : null,
    unchanged: says === "unchanged",
    rank: says === "preferred" || says === "deprecated" ? says : "normal",
    rank_reason: says === "preferred" || says === "deprecated" ? "x" : null,
    source_id: `source-${says === "early" ? 0 : Math.ceil((quarter / 4 + lag) / 2)}`,
  };
}

async function write(database: FreshDatabase, revisions: Columns[]): Promise<void> {
  const common = { reason: "x", recorded_by: "central", published_by: "central", recorded_at: new Date(), measure: MEASURE, warnings: [] };
  await database.owner`
    insert into record.snapshots (statement_id, revision, state, reason, recorded_by, published_by, recorded_at, country, measure, as_of, as_of_from,
      as_of_to, value, low, high, qualifier, missing_reason, unchanged, rank, rank_reason, restates, source_id)
    select statement_id, revision, state, reason, recorded_by, published_by, recorded_at, country, measure, as_of, as_of_from, as_of_to, value, low, high,
      qualifier, missing_reason, unchanged, rank, rank_reason, restates, source_id
    from jsonb_populate_recordset(null::record.snapshots, ${database.owner.json(revisions.map((one) => ({ ...common, ...one })) as never)})`;
}

type Revision = SnapshotRow & { state: string; recorded_at: Date };
type SourceRevision = { statement_id: string; recorded_at: Date; published_to: Date; title: string; published_on: string };

/** A record to which 2,400 things were done, and what it says in any vintage, worked out from its own revisions alone. */
export type LivelyRecord = {
  database: FreshDatabase;
  /** Instants between the parts of the record, so that each state of it can be asked for again. */
  instants: readonly Date[];
  /** Every statement known in a vintage: nothing of what is derived has a part in it. */
  known: (vintage: Vintage) => Snapshot[];
  /** Those of them that count: restated by none of the others. */
  whole: (vintage: Vintage) => Snapshot[];
};

/** Makes it; the same each time. */
export async function livelyRecord(): Promise<LivelyRecord> {
  const database = await freshDatabase();
  const instants: Date[] = [];
  const { owner } = database;
  await addPeople(database.staff, CENTRAL);
  const source = (name: number, revision: number, day: number) => ({
    statement_id: `source-${name}`,
    revision,
    state: "published",
    reason: "x",
    recorded_by: "central",
    published_by: "central",
    recorded_at: new Date(),
    title: `Source ${name}, ${revision}`,
    published_on: dayAt(day),
    published_from: momentOf(dayAt(day)).from,
    published_to: momentOf(dayAt(day)).to,
  });
  for (let name = 0; name < 480; name += 1) await owner`insert into record.sources ${owner(source(name, 1, name * 2))}`;
  for (const [day, countries] of [
    [300, ["ALL"]],
    [620, ["KG"]],
  ] as const)
    await owner`insert into record.events ${owner({
      statement_id: `break-${day}`,
      revision: 1,
      state: "published",
      recorded_by: "central",
      published_by: "central",
      recorded_at: new Date(),
      happened_on: dayAt(day),
      happened_from: momentOf(dayAt(day)).from,
      happened_to: momentOf(dayAt(day)).to,
      kind: "break",
      countries,
      measures: [MEASURE],
      what: owner.json({ en: "x" }),
      source_id: "source-1",
    } as never)}`;
  const acts = fc.sample(act, { numRuns: 2400, seed: 20260315 });
  const standing: { id: string; revision: number; said: Act; alone: boolean }[] = [];
  const sources = new Map<number, number>();
  let rows: Columns[] = [];
  for (const [index, one] of acts.entries()) {
    const old = standing[one.pick % Math.max(1, standing.length)];
    if (old && (one.says === "correct" || one.says === "move" || one.says === "withdraw")) {
      old.revision += 1;
      const said =
        one.says === "move" && old.alone ? { ...old.said, country: one.country } : { ...old.said, value: one.value, lag: one.lag };
      old.said = said;
      rows.push({
        ...columnsOf(said),
        statement_id: old.id,
        revision: old.revision,
        state: one.says === "withdraw" ? "withdrawn" : "published",
      });
    } else if (one.says === "source") {
      const name = one.pick % 480;
      sources.set(name, (sources.get(name) ?? 1) + 1);
      await write(database, rows);
      rows = [];
      await owner`insert into record.sources ${owner(source(name, sources.get(name) ?? 1, Math.max(0, name * 2 + one.lag - 15)))}`;
    } else {
      const id = `s-${String(index).padStart(5, "0")}`;
      const said =
        old && (one.says === "twin" || one.says === "restates")
          ? { ...old.said, value: one.value, lag: one.lag, says: "plain" as const }
          : one;
      rows.push({
        ...columnsOf(said),
        statement_id: id,
        revision: 1,
        state: "published",
        restates: old && one.says === "restates" ? old.id : null,
      });
      if (old && one.says === "restates") old.alone = false;
      standing.push({ id, revision: 1, said, alone: one.says !== "restates" });
    }
    if (index % 240 !== 239) continue;
    if (rows.length > 0) await write(database, rows);
    rows = [];
    await new Promise((resolve) => setTimeout(resolve, 3));
    instants.push(new Date());
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  const revisions = [
    ...(await owner<Revision[]>`select *, period_start::text as period_start from record.snapshots order by statement_id, revision`),
  ];
  const sourceRevisions = new Map<string, SourceRevision[]>();
  for (const one of await owner<SourceRevision[]>`select * from record.sources order by statement_id, revision`)
    sourceRevisions.set(one.statement_id, [...(sourceRevisions.get(one.statement_id) ?? []), one]);

  const known = ({ knownOn, recordedAt = new Date("2999-01-01") }: Vintage): Snapshot[] => {
    const newest = new Map(revisions.filter((row) => row.recorded_at <= recordedAt).map((row) => [row.statement_id, row]));
    return [...newest.values()]
      .filter((row) => row.state === "published")
      .map((row) => {
        const source = sourceRevisions.get(row.source_id)?.findLast((one) => one.recorded_at <= recordedAt);
        if (!source) throw new Error(`no source ${row.source_id}`);
        return {
          ...snapshotOf({ ...row, known_from: source.published_to.toISOString() }),
          source: {
            id: row.source_id,
            title: source.title,
            publisher: null,
            speaker: null,
            speakerRole: null,
            publishedOn: source.published_on,
            url: null,
          },
        };
      })
      .filter((s) => s.knownFrom <= endOfDay(knownOn, MOSCOW));
  };

  const whole = (vintage: Vintage): Snapshot[] => {
    const all = known(vintage);
    const restated = new Set(all.map((s) => s.restates));
    return all.filter((s) => !restated.has(s.statementId));
  };

  return { database, instants, known, whole };
}
