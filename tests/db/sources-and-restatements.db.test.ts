import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { announceDeadline } from "@/lib/deadlines/write";
import { recordEvent } from "@/lib/events/write";
import { act } from "@/lib/ledger/write";
import { revisionsOf } from "@/lib/snapshots/read";
import { correctSnapshot, recordSnapshot } from "@/lib/snapshots/write";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import {
  accepted,
  addPeople,
  CENTRAL,
  COUNTRY_ADMIN,
  deadline,
  differences,
  event,
  figure,
  NOW,
  recorded,
  rowCounts,
  source,
} from "../setup/record";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL, COUNTRY_ADMIN);
});
afterAll(() => database.close());

async function correct(id: string, more: Record<string, unknown>, replacesRevision = 1) {
  const change = { statementId: id, replacesRevision, reason: "A reason" };
  return act(database.staff, (tx) => correctSnapshot(tx, COUNTRY_ADMIN, change, figure(more), NOW));
}

/** The source of a statement as it now shows. */
async function shown(id: string, feature = "snapshots") {
  const [row] = await database.owner<{ source_id: string; source_title: string }[]>`
    select source_id, source_title from derived.${database.owner(feature)} where statement_id = ${id}`;
  return row;
}

const versions = (sourceId: string | undefined) => database.owner`
  select revision, title, reason, recorded_by from record.sources where statement_id = ${sourceId ?? ""} order by revision`;

describe("a correction of the source's fields", () => {
  test("revises a source that carries this statement alone", async () => {
    const id = await recorded(database.staff, { source: source("Alone") });
    const before = await shown(id);
    accepted(await correct(id, { source: source("Alone, put right", { published_on: "2025-10-05" }) }));
    expect(await shown(id)).toEqual({ source_id: before?.source_id, source_title: "Alone, put right" });
    expect([...(await versions(before?.source_id))]).toEqual([
      { revision: 1, title: "Alone", reason: null, recorded_by: "central" },
      { revision: 2, title: "Alone, put right", reason: "A reason", recorded_by: "country-admin" },
    ]);
    const [row] = await database.owner<{ known_from: Date }[]>`select known_from from derived.snapshots where statement_id = ${id}`;
    expect(row?.known_from).toEqual(new Date("2025-10-05T21:00:00Z"));
  });

  test("leaves a source alone that says the same", async () => {
    const id = await recorded(database.staff, { source: source("Same") });
    const before = await shown(id);
    accepted(await correct(id, { value: 5, source: source("Same") }));
    expect(await shown(id)).toEqual(before);
    expect(await versions(before?.source_id)).toHaveLength(1);
  });

  const others: [string, string, (title: string) => Promise<string>][] = [
    ["figure", "snapshots", (title) => recorded(database.staff, { value: 7, source: source(title) })],
    [
      "event",
      "events",
      async (title) => accepted(await act(database.staff, (tx) => recordEvent(tx, CENTRAL, event({ source: source(title) }), NOW))),
    ],
    [
      "deadline",
      "deadlines",
      async (title) =>
        accepted(await act(database.staff, (tx) => announceDeadline(tx, CENTRAL, deadline({ chain: "own", source: source(title) }), NOW))),
    ],
  ];
  test.each(others)("moves the statement where the source carries another %s too", async (kind, feature, record) => {
    const title = `Shared with a ${kind}`;
    const id = await recorded(database.staff, { source: source(title) });
    const other = await record(title);
    const before = await shown(id);
    expect(await shown(other, feature)).toEqual(before);

    accepted(await correct(id, { source: source(`${title}, moved`) }));
    const after = await shown(id);
    expect(after?.source_title).toBe(`${title}, moved`);
    expect(after?.source_id).not.toBe(before?.source_id);
    expect(await shown(other, feature)).toEqual(before);
    expect(await versions(before?.source_id)).toHaveLength(1);
    expect([...(await versions(after?.source_id))]).toMatchObject([{ revision: 1, reason: "A reason", recorded_by: "country-admin" }]);
  });

  test("moves it to a source that already says this, where there is one", async () => {
    const there = await recorded(database.staff, { source: source("Already there") });
    const [a] = [
      await recorded(database.staff, { source: source("To leave") }),
      await recorded(database.staff, { source: source("To leave") }),
    ];
    accepted(await correct(a, { source: source("Already there") }));
    expect((await shown(a))?.source_id).toBe((await shown(there))?.source_id);
  });

  test("history shows each revision with the source as it stood then", async () => {
    const id = await recorded(database.staff, { source: source("First title") });
    accepted(await correct(id, { source: source("Second title") }));
    accepted(await correct(id, { value: 3, source: source("Second title") }, 2));
    accepted(await correct(id, { value: 3, source: source("Third title", { published_on: "2025-10-09" }) }, 3));
    const titles = (await revisionsOf(database.reader, id)).map(({ snapshot }) => [snapshot.revision, snapshot.source.title]);
    expect(titles).toEqual([
      [4, "Third title"],
      [3, "Second title"],
      [2, "Second title"],
      [1, "First title"],
    ]);
  });
});

describe("one source for what is the same", () => {
  const sourceIds = async (ids: string[]) => Promise.all(ids.map(async (id) => (await shown(id))?.source_id));

  test("equal fields are one source, one different field makes another", async () => {
    const full = { publisher: "P", speaker: "S", speaker_role: "R", published_on: "2025-10-01", url: "https://example.org" };
    const same = await sourceIds([
      await recorded(database.staff, { source: source("Fields", full) }),
      await recorded(database.staff, { source: source(" Fields ", full) }),
    ]);
    expect(new Set(same).size).toBe(1);
    for (const field of Object.keys(full)) {
      const [other] = await sourceIds([await recorded(database.staff, { source: source("Fields", { ...full, [field]: undefined }) })]);
      expect(same, field).not.toContain(other);
    }
  });

  test("what a source said before it was revised is not the same any more, and is made once", async () => {
    const id = await recorded(database.staff, { source: source("Said before") });
    accepted(await correct(id, { source: source("Said now") }));
    const later = [];
    for (const value of [1, 2, 3]) later.push(await recorded(database.staff, { value, source: source("Said before") }));
    const ids = await sourceIds(later);
    expect(new Set(ids).size).toBe(1);
    expect(ids).not.toContain((await shown(id))?.source_id);
    expect((await shown(later[0] ?? ""))?.source_title).toBe("Said before");
  });
});

describe("a statement that restates another", () => {
  const refused = async (work: Promise<unknown>, code: string) => {
    const before = await rowCounts(database.staff);
    expect(await work).toEqual({ ok: false, failure: { code: "invalid", fields: { restates: code } } });
    expect(await rowCounts(database.staff)).toEqual(before);
  };
  const record = (more: Record<string, unknown>) => act(database.staff, (tx) => recordSnapshot(tx, CENTRAL, figure(more), NOW, "restater"));

  test("cannot restate itself, nor in a circle of any length", async () => {
    await refused(record({ restates: "restater" }), "restates_in_a_circle");
    const a = await recorded(database.staff);
    await refused(correct(a, { restates: a }), "restates_in_a_circle");
    const b = await recorded(database.staff, { restates: a });
    await refused(correct(a, { restates: b }), "restates_in_a_circle");
    const c = await recorded(database.staff, { restates: b });
    await refused(correct(a, { restates: c }), "restates_in_a_circle");
  });

  test("cannot restate what is not there", async () => {
    await refused(record({ restates: "nobody" }), "no_such_statement");
  });

  test("cannot restate a statement of another series, nor leave the series of what it restates", async () => {
    const other = await recorded(database.staff, { country: "TJ" });
    await refused(record({ restates: other }), "other_series");
    const measure = await recorded(database.staff, { measure: "black_list" });
    await refused(record({ restates: measure }), "other_series");
    const id = await recorded(database.staff, { restates: await recorded(database.staff) });
    const [row] = await database.owner`select restates from derived.snapshots where statement_id = ${id}`;
    await refused(correct(id, { restates: row?.restates, measure: "black_list" }), "other_series");
  });
});

test("the derived rows stayed in step through all this", async () => {
  expect(await differences(database.owner)).toEqual([]);
});
