import { cpus, loadavg, totalmem } from "node:os";
import postgres, { type Sql } from "postgres";
import { connectionOptions } from "@/db/address";
import { type Database, openPool } from "@/db/client";
import { ROLE } from "@/db/roles";
import { latestOf, seriesBetween } from "@/lib/explore/read";
import type { Vintage } from "@/lib/vintage";
import { type Bare, bareLast, bareRows, bareSorted, bareThinned } from "./explore/bare";
import { tellPages } from "./explore/pages";
import { tellWrites } from "./explore/writes";
import { CODES, openRecords } from "./records";

type Say = (line: string) => void;

/** The countries of a page. */
const EIGHT = CODES.slice(0, 8);
const MEASURE = "gray_list";
/** How many plain figures of a country a drawing asks for. */
const MOST = 400;
/** How often each is read, in turn; the middle one counts. */
const TIMES = 9;
/** What takes longer than this is asked once; milliseconds. */
const TOO_LONG = 3000;

const NOW: Vintage = { knownOn: "2026-03-05" };
const THEN: Vintage = { knownOn: "2021-03-01" };
const PINNED: Vintage = { knownOn: "2026-03-05", recordedAt: new Date("2025-12-01T00:00:00Z") };
const PINNED_THEN: Vintage = { knownOn: "2021-03-01", recordedAt: new Date("2021-03-05T00:00:00Z") };

const middle = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/**
 * A read of ours beside the same question in bare SQL: for the same answer, as one would write it by hand; and for
 * everything there is, from which it could be made.
 */
type Case = { name: string; ours: () => Promise<number>; bare: Record<"everything" | "same", Bare> };

function casesOf(db: Database, sql: Sql): Case[] {
  const drawn = (name: string, vintage: Vintage): Case => {
    const series = { countries: EIGHT, measure: MEASURE, vintage };
    return {
      name,
      ours: async () =>
        [...(await seriesBetween(db, { countries: EIGHT, measure: MEASURE, most: MOST }, vintage)).values()].flatMap((s) => s.statements)
          .length,
      bare: { same: () => bareThinned(sql, series), everything: () => bareRows(sql, series) },
    };
  };
  const latest = (name: string, vintage: Vintage): Case => {
    const series = { countries: CODES, measure: MEASURE, vintage };
    // By hand the rows of an instant are in no index: there is one way only.
    const same = vintage.recordedAt ? bareSorted : bareLast;
    return {
      name,
      ours: async () => (await latestOf(db, MEASURE, vintage)).size,
      bare: { same: () => same(sql, series), everything: () => bareSorted(sql, series) },
    };
  };
  return [
    drawn("eight countries, ten years", NOW),
    drawn("  known five years ago", THEN),
    drawn("  recorded three months ago", PINNED),
    drawn("  recorded five years ago", PINNED_THEN),
    latest("latest of 200 countries", NOW),
    latest("  known five years ago", THEN),
    latest("  recorded three months ago", PINNED),
  ];
}

/** How long a read takes: the middle of several, and only once where that is long enough to wait for. */
async function timed(read: Bare): Promise<{ took: number; rows: number }> {
  let rows = 0;
  const times: number[] = [];
  while (times.length < TIMES && (times[0] ?? 0) < TOO_LONG) times.push(await milliseconds(async () => (rows = await read())));
  return { took: middle(times), rows };
}

async function tellReads(db: Database, sql: Sql, say: Say): Promise<void> {
  say(`  ${"read".padEnd(38)}${["rows", "ours", "bare SQL", "ratio", "everything", "ratio"].map((head) => head.padStart(11)).join("")}`);
  for (const { name, ours, bare } of casesOf(db, sql)) {
    const [mine, same, everything] = [await timed(ours), await timed(bare.same), await timed(bare.everything)];
    const cells = [
      String(mine.rows),
      mine.took.toFixed(1),
      same.took.toFixed(1),
      (mine.took / same.took).toPrecision(2),
      everything.took.toFixed(1),
      (mine.took / everything.took).toPrecision(2),
    ];
    say(`  ${name.padEnd(38)}${cells.map((cell) => cell.padStart(11)).join("")}`);
  }
}

async function tellSize(url: string, say: Say): Promise<void> {
  const owner = postgres({ ...connectionOptions(url), max: 1, onnotice: () => {} });
  const reader = openPool(url, ROLE.reader, 4);
  try {
    const [row] = await owner<{ statements: number; revisions: number; size: string }[]>`
      select count(distinct statement_id)::int as statements, count(*)::int as revisions, pg_size_pretty(pg_database_size(current_database())) as size
      from record.snapshots`;
    say(`\n  ${row?.statements} statements, ${row?.revisions} revisions (${row?.size}), milliseconds:\n`);
    await tellReads(reader.db, owner, say);
    await tellPages(url, EIGHT, say);
    await tellWrites(owner, say);
  } finally {
    await Promise.all([reader.close(), owner.end()]);
  }
}

/** How fast series are read for drawing, however long they are, beside the bare SQL for the same answer in the same run. */
export async function benchExplore(say: Say): Promise<void> {
  say(
    `explore: ${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, load before ${loadavg()[0]?.toFixed(1)}`,
  );
  const records = await openRecords(["small", "large"], say);
  try {
    for (const name of ["small", "large"] as const) await tellSize(records.urlOf(name), say);
  } finally {
    await records.close();
  }
}
