import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { connectionOptions } from "@/db/address";
import { startEmbedded } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { countryCodes } from "@/lib/countries/rules";
import { fillRecord, LARGE, type Shape, SMALL, statementsOf } from "./explore/record";

const SHAPES = { small: SMALL, large: LARGE } as const;

/** The 200 countries that the records are about. */
export const CODES = countryCodes.filter((code) => code !== "ALL").slice(0, 200);

const KEPT = process.env.MUHLAT_BENCH_RECORD;
/** All benches of one run measure on the same records, which take minutes to fill. */
const FOLDER = KEPT ?? path.join(tmpdir(), `muhlat-bench-${randomUUID().slice(0, 8)}`);
if (!KEPT) process.on("exit", () => rmSync(FOLDER, { recursive: true, force: true }));

async function filled(url: string, shape: Shape, say: (line: string) => void): Promise<void> {
  const owner = postgres({ ...connectionOptions(url), max: 1, onnotice: () => {} });
  const began = performance.now();
  await fillRecord(owner, shape, CODES);
  say(`  (${statementsOf(shape).toLocaleString("en")} statements, filled in ${Math.round((performance.now() - began) / 1000)} s)`);
  await owner.end();
}

/** A server with the records that were asked for, each in a database of its own: 58,400 statements, or 5,844,000. */
export async function openRecords(names: readonly (keyof typeof SHAPES)[], say: (line: string) => void) {
  const server = await startEmbedded(FOLDER, () => {});
  const admin = postgres({ ...connectionOptions(server.url), max: 1, onnotice: () => {} });
  try {
    const urls = new Map<string, string>();
    for (const name of names) {
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      const [there] = await admin`select 1 from pg_database where datname = ${name}`;
      if (!there) await admin.unsafe(`create database ${name}`);
      await migrateDatabase(url.href);
      if (!there) await filled(url.href, SHAPES[name], say);
      urls.set(name, url.href);
    }
    /** A record's address. */
    const urlOf = (name: keyof typeof SHAPES): string => urls.get(name) ?? "";
    return { urlOf, close: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  } finally {
    await admin.end();
  }
}
