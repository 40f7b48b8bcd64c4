import { afterAll, beforeAll, expect, test } from "vitest";
import { corrections, otherCorrections } from "@/lib/corrections/read";
import { announceDeadline, correctDeadline } from "@/lib/deadlines/write";
import { recordEvent, withdrawEvent } from "@/lib/events/write";
import { act } from "@/lib/ledger/write";
import { correctSnapshot, rankSnapshot, recordSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, deadline, event, figure, NOW, RECORDER, recorded } from "../setup/record";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL, RECORDER);
});
afterAll(() => database.close());

test("every change of what was public is told, newest first, and nothing that never was", async () => {
  const { staff, reader } = database;
  expect(await corrections(reader, 10)).toEqual([]);
  const statementId = await recorded(staff);
  expect(await corrections(reader, 10)).toEqual([]);
  const change = (replacesRevision: number, reason: string) => ({ statementId, replacesRevision, reason });
  accepted(await act(staff, (tx) => correctSnapshot(tx, CENTRAL, change(1, "Misheard"), figure({ value: 2000 }), NOW)));
  accepted(await act(staff, (tx) => rankSnapshot(tx, CENTRAL, change(2, "Said on record"), "preferred")));
  accepted(await act(staff, (tx) => withdrawSnapshot(tx, CENTRAL, change(3, "Not about this list"))));
  // What waits for review was never public.
  accepted(await act(staff, (tx) => recordSnapshot(tx, RECORDER, figure({ value: 77 }), NOW)));

  const list = await corrections(reader, 10);
  expect(list.map(({ revision, reason }) => [revision, reason])).toEqual([
    [4, "Not about this list"],
    [3, "Said on record"],
    [2, "Misheard"],
  ]);
  expect(list[2]).toMatchObject({
    statementId,
    before: { answer: { figure: { qualifier: "about", value: 1000 } } },
    after: { answer: { figure: { qualifier: "about", value: 2000 } }, withdrawn: false },
  });
  expect(list[1]).toMatchObject({ before: { rank: "normal" }, after: { rank: "preferred" } });
  expect(list[0]).toMatchObject({ after: { withdrawn: true } });
  expect(await corrections(reader, 1)).toHaveLength(1);
});

test("changes of deadlines and events are told as well", async () => {
  const { staff, reader } = database;
  const statementId = accepted(await act(staff, (tx) => announceDeadline(tx, CENTRAL, deadline(), NOW)));
  const happened = accepted(await act(staff, (tx) => recordEvent(tx, CENTRAL, event(), NOW)));
  expect(await otherCorrections(reader, 10)).toEqual([]);
  const moved = { statementId, replacesRevision: 1, reason: "The decree says October" };
  accepted(await act(staff, (tx) => correctDeadline(tx, CENTRAL, moved, deadline({ falls_on: "2026-10-01" }), NOW)));
  const gone = { statementId: happened, replacesRevision: 1, reason: "It did not happen" };
  accepted(await act(staff, (tx) => withdrawEvent(tx, CENTRAL, gone)));
  expect(await otherCorrections(reader, 10)).toMatchObject([
    { feature: "events", reason: "It did not happen", after: { withdrawn: true } },
    { feature: "deadlines", before: { when: "2026-09-10" }, after: { when: "2026-10-01", withdrawn: false } },
  ]);
});
