import postgres from "postgres";
import { connectionOptions } from "@/db/address";
import { type EmbeddedDatabase, EmbeddedDatabaseError, startEmbedded } from "@/db/embedded";
import { readSettings, SettingsError } from "@/settings";

// npm run record:check. Exit code 0: the derived rows match the record; 1: they do not; 2: it could not be checked.
// With --rebuild they are first made anew, for which the address must be the schema owner's.

const UNDEFINED_TABLE_OR_SCHEMA = ["42P01", "42883", "3F000"];

type Difference = { feature: string; statement_id: string };

async function check(address: string, rebuild: boolean): Promise<Difference[]> {
  const sql = postgres({ ...connectionOptions(address), max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    if (rebuild) {
      await sql`select derived.rebuild()`;
      console.log("· Made the derived rows anew");
    }
    return await sql<Difference[]>`select feature, statement_id from derived.differences() order by 1, 2`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function sentenceFor(error: unknown): string {
  if (error instanceof SettingsError || error instanceof EmbeddedDatabaseError) return error.message;
  const { code, message } = error as { code?: string; message?: string };
  if (UNDEFINED_TABLE_OR_SCHEMA.includes(code ?? "")) return "There is no record in this database yet. Start Muhlat once first.";
  return `The record could not be checked: ${message || code || String(error)}`;
}

async function main(): Promise<number> {
  let embedded: EmbeddedDatabase | undefined;
  try {
    const settings = readSettings();
    let address = settings.DATABASE_URL_MIGRATE ?? settings.DATABASE_URL;
    if (!address) {
      embedded = await startEmbedded(settings.MUHLAT_DATA_DIR, (line) => console.log(`· ${line}`));
      address = embedded.url;
    }
    const differences = await check(address, process.argv.includes("--rebuild"));
    if (differences.length === 0) {
      console.log("The derived rows match the record.");
      return 0;
    }
    console.log(`The derived rows of ${differences.length} statements do not match the record:`);
    for (const { feature, statement_id } of differences) console.log(`${feature} ${statement_id}`);
    console.log("Make them anew with npm run record:check -- --rebuild");
    return 1;
  } catch (error) {
    console.error(sentenceFor(error));
    return 2;
  } finally {
    await embedded?.stop();
  }
}

process.exitCode = await main();
