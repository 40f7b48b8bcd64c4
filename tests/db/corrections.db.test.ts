import { afterAll, beforeAll, expect, test } from "vitest";
import { corrections, otherCorrections } from "@/lib/corrections/read";
import { announceDeadline, correctDeadline } from "@/lib/deadlines/write";
import { recordEvent, withdrawEvent } from "@/lib/events/write";
import { act } from "@/lib/ledger/write";
import { correctSnapshot, rankSnapshot, recordSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, deadline, event, figure, NOW, RECORDER, recorded, source } from "../setup/record";

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

test("each field that the public sees is told, before and after, and nothing that only staff see", async () => {
  const { staff, reader } = database;
  const statementId = await recorded(staff, { as_of: "2025-10-05", source: source("First", { published_on: "2025-10-20" }) });
  const sent = figure({
    as_of: "2025-10-05",
    country: "UZ",
    measure: "expelled",
    period_start: "2025-01-01",
    wording: "as many as",
    children_share: "12%",
    note: "By telephone",
    source: source("First", { published_on: "2025-10-20" }),
  });
  const change = { statementId, replacesRevision: 1, reason: "Another country" };
  accepted(await act(staff, (tx) => correctSnapshot(tx, CENTRAL, change, sent, NOW)));
  const [first] = (await corrections(reader, 10)).filter((one) => one.statementId === statementId);
  expect(first?.changed).toEqual(
    expect.arrayContaining([
      { field: "country", before: "KG", after: "UZ" },
      { field: "measure", before: "gray_list", after: "expelled" },
      { field: "period_start", before: undefined, after: "2025-01-01" },
      { field: "wording", before: undefined, after: "as many as" },
      { field: "children_share", before: undefined, after: 0.12 },
      { field: "note", before: undefined, after: "By telephone" },
    ]),
  );
  expect(first?.changed).toHaveLength(6);

  const told = { chain: "another", countries: ["KG"] };
  const deadlineId = accepted(await act(staff, (tx) => announceDeadline(tx, CENTRAL, deadline(told), NOW)));
  const other = deadline({ ...told, countries: ["KG", "TJ"], day_counts: false, basis: { en: "Decree 2" } });
  const of = { statementId: deadlineId, replacesRevision: 1, reason: "The decree says so" };
  accepted(await act(staff, (tx) => correctDeadline(tx, CENTRAL, of, other, NOW)));
  const [changed] = (await otherCorrections(reader, 10)).filter((one) => one.statementId === deadlineId);
  expect(changed?.changed).toEqual([
    { field: "basis.en", before: "Decree 1", after: "Decree 2" },
    { field: "countries", before: ["KG"], after: ["KG", "TJ"] },
    { field: "day_counts", before: true, after: false },
  ]);
});
