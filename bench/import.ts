import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { connectionOptions } from "@/db/address";
import { openPool } from "@/db/client";
import { startEmbedded } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { ROLE } from "@/db/roles";
import { sendImport, takeImport } from "@/lib/imports/write";
import { act } from "@/lib/ledger/write";
import { SYSTEM } from "@/lib/staff/rules";
import { ensureSystem } from "@/lib/staff/write";
import { writeTable } from "./import-file";

const ROWS = 100_000;
/** How often both ways are gone, in turn; the middle one counts. */
const TIMES = 3;

/** MB that the process may have for its objects when its memory is measured: without a limit it takes what is there and cleans up late. */
const HEAP = 64;

const now = new Date("2026-03-01T09:00:00Z");
const folder = path.join(tmpdir(), `muhlat-bench-${randomUUID().slice(0, 8)}`);

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

const middle = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

const COLUMNS = `statement_id, revision, state, reason, recorded_by, published_by, recorded_at, country, measure, period_start, as_of, as_of_from,
  as_of_to, value, low, high, qualifier, wording, missing_reason, unchanged, children_share, note, rank, rank_reason, restates, source_id, warnings,
  confirmation, import_id`;
const SOURCES = `statement_id, revision, state, reason, recorded_by, published_by, recorded_at, title, publisher, speaker, speaker_role, published_on,
  published_from, published_to, url, import_id`;

/** One database: the file is imported, then the very rows that came of it are copied by PostgreSQL into an empty database of the same make. */
async function round(server: string, file: string) {
  const address = async () => {
    const name = `bench_${randomUUID().replaceAll("-", "")}`;
    const sql = postgres({ ...connectionOptions(server), max: 1, onnotice: () => {} });
    await sql.unsafe(`create database ${name}`);
    await sql.end();
    const url = new URL(server);
    url.pathname = `/${name}`;
    await migrateDatabase(url.href);
    return url.href;
  };
  const [ours, theirs] = [await address(), await address()];
  const pool = openPool(ours, ROLE.staff, 2);
  const copier = openPool(theirs, ROLE.staff, 1);
  await ensureSystem(pool.db);
  await ensureSystem(copier.db);
  let importId = "";
  const dryRun = await seconds(async () => {
    const taken = await takeImport(pool.db, SYSTEM, { path: file, fileName: "bench.csv" }, now);
    if (!taken.ok) throw new Error(JSON.stringify(taken.failure));
    importId = taken.value;
  });
  const commit = await seconds(async () => {
    const sent = await act(pool.db, (tx) => sendImport(tx, SYSTEM, { importId, version: 1 }, {}, now));
    if (!sent.ok || sent.value.state !== "committed" || sent.value.revisions !== ROWS) throw new Error(JSON.stringify(sent));
  });
  await pool.close();

  const from = postgres({ ...connectionOptions(ours), max: 1, onnotice: () => {} });
  const to = postgres({ ...connectionOptions(theirs), max: 1, onnotice: () => {} });
  // Into the server's own folder, and read from there: no client has a part in it.
  const [folder_] = await from<{ folder: string }[]>`select current_setting('data_directory') as folder`;
  const [sources, snapshots] = ["sources", "snapshots"].map((table) => path.join(folder_?.folder ?? "", `bench-${table}`));
  await from.unsafe(`copy (select ${SOURCES} from record.sources order by recorded_at) to '${sources}'`);
  await from.unsafe(`copy (select ${COLUMNS} from record.snapshots order by recorded_at) to '${snapshots}'`);
  const copy = await seconds(() =>
    to.begin(async (tx) => {
      await tx.unsafe(`copy record.sources (${SOURCES}) from '${sources}'`);
      await tx.unsafe(`copy record.snapshots (${COLUMNS}) from '${snapshots}'`);
    }),
  );
  const [counted] = await to`select count(*)::int as rows from derived.snapshots`;
  if (counted?.rows !== ROWS) throw new Error(`copied ${counted?.rows} rows`);
  await Promise.all([from.end(), to.end(), copier.close()]);
  return { dryRun, commit, copy };
}

/** Peak memory in MB of a process of its own that takes in a table of so many rows. */
function memoryOf(server: string, rows: number): number {
  const file = path.join(folder, `${rows}.csv`);
  writeTable(file, rows);
  const script = path.join(import.meta.dirname, "import-memory.ts");
  return Number(
    execFileSync(process.execPath, [`--max-old-space-size=${HEAP}`, "--import", "tsx", script, server, file], { encoding: "utf8" }),
  );
}

/**
 * How fast 100,000 rows come in, beside PostgreSQL's own COPY of the same rows into the same tables with the same
 * triggers; and what it takes in memory.
 */
export async function benchImport(say: (line: string) => void): Promise<void> {
  const server = await startEmbedded(folder, () => {});
  try {
    const file = path.join(folder, "rows.csv");
    writeTable(file, ROWS);
    say(`import: ${ROWS} rows, ${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`);
    const rounds: Awaited<ReturnType<typeof round>>[] = [];
    for (let time = 1; time <= TIMES; time++) {
      const one = await round(server.url, file);
      rounds.push(one);
      const { dryRun, commit, copy } = one;
      say(
        `  ${time}: dry run ${dryRun.toFixed(1)} s, commit ${commit.toFixed(1)} s, COPY ${copy.toFixed(1)} s, commit/COPY ${(copy / commit).toFixed(2)}`,
      );
    }
    const rate = (time: number) => `${Math.round(ROWS / time)} rows a second`;
    const [dryRun, commit, copy] = (["dryRun", "commit", "copy"] as const).map((step) => middle(rounds.map((one) => one[step]))) as [
      number,
      number,
      number,
    ];
    say(`  COPY ${rate(copy)}; commit ${rate(commit)}, ${middle(rounds.map((one) => one.copy / one.commit)).toFixed(2)} of COPY's`);
    say(
      `  dry run ${rate(dryRun)}; from the file to the record ${rate(dryRun + commit)}, ${middle(rounds.map((one) => one.copy / (one.dryRun + one.commit))).toFixed(2)} of COPY's`,
    );
    const [few, many] = [memoryOf(server.url, ROWS / 10), memoryOf(server.url, ROWS)];
    say(`  peak memory of a process with a heap of ${HEAP} MB: ${few} MB for ${ROWS / 10} rows, ${many} MB for ${ROWS}`);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
