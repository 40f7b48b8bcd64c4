import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { connectionOptions } from "@/db/address";
import { startEmbedded } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { countryCodes } from "@/lib/countries/rules";
import { build, startMuhlat } from "../drill/one-muhlat";
import { fillRecord, LARGE, statementsOf } from "./explore/record";
import { tellSeries } from "./open-data/series";
import { tellLeavers, tellWhole } from "./open-data/tell";

const PORT = Number(process.env.MUHLAT_BENCH_PORT ?? 3397);
const PSQL = "/usr/bin/psql";
const CODES = countryCodes.filter((code) => code !== "ALL").slice(0, 200);

/** So little room that what is kept must show: without a limit Node cleans up when it likes. */
const HEAP = { NODE_OPTIONS: "--max-old-space-size=320 --max-semi-space-size=16" };

type Say = (line: string) => void;

/** What is told of a record that is there: whole files, readers who leave, series. */
export async function tellOpenData(databaseUrl: string, say: Say): Promise<void> {
  build();
  const sql = postgres({ ...connectionOptions(databaseUrl), max: 16, onnotice: () => {} });
  const muhlat = await startMuhlat(PORT, { DATABASE_URL: databaseUrl, MUHLAT_STARTER_RECORD: "skip", ...HEAP });
  try {
    await tellSeries(muhlat, sql, CODES, say);
    await tellLeavers(muhlat, sql, say);
    await tellWhole(muhlat, sql, databaseUrl, say);
  } finally {
    await muhlat.stop();
    await sql.end();
  }
}

/** How the whole of 5.8 million statements is taken as a file, and one country's ten years as JSON, beside PostgreSQL's own means in the same run. */
export async function benchOpenData(say: Say): Promise<void> {
  if (!existsSync(PSQL)) execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "postgresql-client"], { stdio: "inherit" });
  const folder = path.join(tmpdir(), `muhlat-bench-${randomUUID().slice(0, 8)}`);
  const server = await startEmbedded(folder, () => {});
  const owner = postgres({ ...connectionOptions(server.url), max: 1, onnotice: () => {} });
  try {
    say(
      `open data: ${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, load before ${loadavg()[0]?.toFixed(1)}`,
    );
    await migrateDatabase(server.url);
    const began = performance.now();
    await fillRecord(owner, LARGE, CODES);
    say(`  ${statementsOf(LARGE)} statements, filled in ${Math.round((performance.now() - began) / 1000)} s`);
    await tellOpenData(server.url, say);
  } finally {
    await owner.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
