import { writeSync } from "node:fs";
import path from "node:path";
import { openPool } from "@/db/client";
import { startEmbedded } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { ROLE } from "@/db/roles";
import { loadStarterRecord } from "@/lib/imports/starter-record";
import { act } from "@/lib/ledger/write";
import { recordSnapshot } from "@/lib/snapshots/write";
import { SYSTEM } from "@/lib/staff/rules";

// Run as a process of its own: brings up the database in a folder and records figures one by one until it is killed.
// Each figure's statement id is a line on standard output, written after the record has acknowledged it.

const [folder = ""] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);

const server = await startEmbedded(folder, () => {});
await migrateDatabase(server.url);
const { db } = openPool(server.url, ROLE.staff);
const now = new Date();
await loadStarterRecord(db, path.resolve(import.meta.dirname, "../../data/starter"), now);
say("ready");
for (let value = 1; ; value++) {
  const sent = {
    country: "KG",
    measure: "gray_list",
    as_of: "2026-01-01",
    answer: "figure",
    value,
    qualifier: "exact",
    // Every other figure brings a source of its own, so that the acts have more than one row.
    source: { title: value % 2 === 0 ? "One briefing" : `Briefing ${value}` },
  };
  const made = await act(db, (tx) => recordSnapshot(tx, SYSTEM, sent, now));
  if (!made.ok) throw new Error(JSON.stringify(made.failure));
  say(made.value.statementId);
}
