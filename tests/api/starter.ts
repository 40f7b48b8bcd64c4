import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { OPERATIONS, type OperationName } from "@/app/api/v1/contract";
import { closePools } from "@/db/client";
import { announceDeadline, correctDeadline } from "@/lib/deadlines/write";
import { correctEvent, recordEvent, withdrawEvent } from "@/lib/events/write";
import { loadStarterRecord } from "@/lib/imports/starter-record";
import { sealAll } from "@/lib/ledger/seal";
import { newPrivateKey, signingKey } from "@/lib/ledger/signing-key";
import { act } from "@/lib/ledger/write";
import { correctSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, deadline, event, figure, recorded } from "../setup/record";
import { answered } from "./asking";

export const LEDGER_KEY = signingKey(newPrivateKey());

export let database: FreshDatabase;
/** Brings a file that calls it a database with the starter record, which the API reads. */
export function withStarterRecord(): void {
  beforeAll(async () => {
    database = await freshDatabase();
    process.env.DATABASE_URL = database.url;
    await loadStarterRecord(database.staff, path.resolve(import.meta.dirname, "../../data/starter"), new Date());
    await addPeople(database.staff, CENTRAL);
    await sealAll(database.sealer, { current: LEDGER_KEY });
  });
  afterAll(async () => {
    await closePools();
    delete process.env.DATABASE_URL;
    await database.close();
  });
}

/** A question for each operation on the starter record, as a visitor may ask it. */
export const QUESTIONS: Record<OperationName, string> = {
  countries: "/countries",
  measures: "/measures",
  snapshots: "/snapshots?country=KG,TJ&measure=gray_list&from=2025&to=2026-12",
  snapshot: "/snapshots/kg-gray-list-2025-07-01",
  series: "/series?country=KG,TJ&measure=gray_list",
  latest: "/latest?measure=gray_list",
  projection: "/projection?country=KG&measure=gray_list&as_known_on=2025-07-26",
  deadlines: "/deadlines?country=KG",
  events: "/events",
  source: "",
  corrections: "/corrections",
  ledger: "/ledger",
  ledgerHead: "/ledger/head",
};
export const names = Object.keys(OPERATIONS) as OperationName[];

export async function questionOf(name: OperationName): Promise<string> {
  if (name !== "source") return QUESTIONS[name];
  const { data } = await answered<{ source: { id: string } }[]>("snapshot", QUESTIONS.snapshot);
  return `/sources/${data[0]?.source.id}`;
}

const day = (number: number) => new Date(Date.UTC(2024, 0, 1 + number)).toISOString().slice(0, 10);
export const correct = (statementId: string, replacesRevision: number, more: Record<string, unknown>) =>
  act(database.staff, (tx) =>
    correctSnapshot(tx, CENTRAL, { statementId, replacesRevision, reason: "mistyped" }, figure(more), new Date()),
  ).then(accepted);
const withdraw = (statementId: string, replacesRevision: number) =>
  act(database.staff, (tx) => withdrawSnapshot(tx, CENTRAL, { statementId, replacesRevision, reason: "never said" })).then(accepted);

/** A deadline and an event that concern other countries after they are corrected; every second event is withdrawn then. */
async function changeDatedFacts(): Promise<void> {
  const now = new Date();
  const year = now.getFullYear() + 1;
  const { staff } = database;
  const said = deadline({ chain: `walked-${written}`, falls_on: `${year}-09-10`, countries: ["UZ"] });
  const moved = accepted(await act(staff, (tx) => announceDeadline(tx, CENTRAL, said, now)));
  const happened = accepted(await act(staff, (tx) => recordEvent(tx, CENTRAL, event({ countries: ["KG", "TJ"] }), now)));
  const change = (statementId: string, replacesRevision: number) => ({ statementId, replacesRevision, reason: "misread" });
  const then = deadline({ ...said, falls_on: `${year}-10-01`, countries: ["TJ"] });
  accepted(await act(staff, (tx) => correctDeadline(tx, CENTRAL, change(moved, 1), then, now)));
  const other = event({ countries: ["TJ"], what: { en: "Another meeting" } });
  accepted(await act(staff, (tx) => correctEvent(tx, CENTRAL, change(happened, 1), other, now)));
  if (written % 2 === 0) accepted(await act(staff, (tx) => withdrawEvent(tx, CENTRAL, change(happened, 2))));
}

/** A publication, a correction to another country, one of another figure, a restatement, a withdrawal, and changes of a deadline and an event. */
let written = 0;
export async function writeSome(): Promise<void> {
  written += 1;
  const [moved, changed, restated, gone] = [
    await recorded(database.staff, { as_of: day(written * 4), value: written }),
    await recorded(database.staff, { as_of: day(written * 4 + 1), value: written, country: "TJ" }),
    await recorded(database.staff, { as_of: day(written * 4 + 2), value: written }),
    await recorded(database.staff, { as_of: day(written * 4 + 3), value: written, country: "UZ" }),
  ];
  await correct(moved, 1, { as_of: day(written * 4), value: written, country: written % 2 ? "AM" : "ZW" });
  await correct(changed, 1, { as_of: day(written * 4 + 1), value: written + 1, country: "TJ" });
  await recorded(database.staff, { as_of: day(written * 4 + 2), value: written + 7, restates: restated });
  await withdraw(gone, 1);
  await changeDatedFacts();
}
