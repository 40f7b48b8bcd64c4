import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { connectionOptions } from "@/db/address";
import { openPool } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { ROLE } from "@/db/roles";
import { sendImport, takeImport } from "@/lib/imports/write";
import { act } from "@/lib/ledger/write";
import { SYSTEM } from "@/lib/staff/rules";
import { ensureSystem } from "@/lib/staff/write";

// Takes in and commits the file named, and prints the most memory that this process ever had, in MB.

const [server = "", file = ""] = process.argv.slice(2);
const name = `bench_${randomUUID().replaceAll("-", "")}`;
const sql = postgres({ ...connectionOptions(server), max: 1, onnotice: () => {} });
await sql.unsafe(`create database ${name}`);
await sql.end();
const url = new URL(server);
url.pathname = `/${name}`;
await migrateDatabase(url.href);
const { db, close } = openPool(url.href, ROLE.staff, 2);
await ensureSystem(db);
const now = new Date("2026-03-01T09:00:00Z");
const taken = await takeImport(db, SYSTEM, { path: file, fileName: "bench.csv" }, now);
if (!taken.ok) throw new Error(JSON.stringify(taken.failure));
const sent = await act(db, (tx) => sendImport(tx, SYSTEM, { importId: taken.value, version: 1 }, { word: "a bench" }, now));
if (!sent.ok) throw new Error(JSON.stringify(sent.failure));
await close();
process.stdout.write(String(Math.round(process.resourceUsage().maxRSS / 1024)));
