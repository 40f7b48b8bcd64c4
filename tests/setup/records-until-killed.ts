import { writeSync } from "node:fs";
import path from "node:path";
import { openPool } from "@/db/client";
import { startEmbedded } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { ROLE } from "@/db/roles";
import { people } from "@/db/schema";
import { loadStarterRecord } from "@/lib/imports/starter-record";
import { act } from "@/lib/ledger/write";
import { correctSnapshot, recordSnapshot } from "@/lib/snapshots/write";
import { type Actor, SYSTEM } from "@/lib/staff/rules";
import { addPeople, CENTRAL, COUNTRY_ADMIN } from "./record";

// Run as a process of its own: brings up the database in a folder and records figures one by one, while two editors
// correct the same statement, until it is killed. Each figure's statement id, and for a correction the revision behind it, is a
// line on standard output, written after the record has acknowledged it.

const [folder = ""] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);

const server = await startEmbedded(folder, () => {});
await migrateDatabase(server.url);
const { db } = openPool(server.url, ROLE.staff);
const now = new Date();
await loadStarterRecord(db, path.resolve(import.meta.dirname, "../../data/starter"), now);
const here = new Set((await db.select().from(people)).map((person) => person.personId));
await addPeople(db, ...[CENTRAL, COUNTRY_ADMIN].filter((editor) => !here.has(editor.personId)));
say("ready");

async function recordOn(): Promise<never> {
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
}

/** Corrects one statement over and over, as one of two who do: after a conflict it looks again. */
async function correctOn(editor: Actor): Promise<never> {
  const statementId = "kg-left-2025-09-10";
  let seen = 1;
  for (let turn = 1; ; turn++) {
    const sent = {
      country: "KG",
      measure: "left",
      as_of: "2025-09-10",
      answer: "figure",
      value: 84_000 + turn,
      qualifier: "exact",
      source: { title: editor.personId },
    };
    const made = await act(db, (tx) =>
      correctSnapshot(tx, editor, { statementId, replacesRevision: seen, reason: `${editor.personId} ${turn}` }, sent, now),
    );
    if (!made.ok && made.failure.code !== "conflict") throw new Error(JSON.stringify(made.failure));
    if (made.ok && made.value.state === "published") {
      seen = made.value.revision;
      say(`${statementId} ${seen}`);
      // Whoever has just saved lets the other one look: else one of the two might never come to it.
      await new Promise((resolve) => setTimeout(resolve, 20));
    } else if (!made.ok && made.failure.code === "conflict") seen = made.failure.current;
  }
}

await Promise.all([recordOn(), correctOn(CENTRAL), correctOn(COUNTRY_ADMIN)]);
