import { cpus, loadavg, totalmem } from "node:os";
import postgres from "postgres";
import { connectionOptions } from "@/db/address";
import { build, startMuhlat } from "../drill/one-muhlat";
import { needs } from "../tests/setup/debian";
import { tellSeries } from "./open-data/series";
import { tellLeavers, tellWhole } from "./open-data/tell";
import { CODES, openRecords } from "./records";

const PORT = Number(process.env.MUHLAT_BENCH_PORT ?? 3397);

/** So little room that what is kept must show: without a limit Node cleans up when it likes. */
const HEAP = { NODE_OPTIONS: "--max-old-space-size=320 --max-semi-space-size=16" };

type Say = (line: string) => void;

/** What is told of a record that is there: whole files, readers who leave, series. */
async function tellOpenData(databaseUrl: string, say: Say): Promise<void> {
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
  needs("psql", "postgresql-client");
  say(
    `open data: ${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}, load before ${loadavg()[0]?.toFixed(1)}`,
  );
  const records = await openRecords(["large"], say);
  try {
    await tellOpenData(records.urlOf("large"), say);
  } finally {
    await records.close();
  }
}
