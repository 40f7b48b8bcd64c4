import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { recordCountry } from "@/lib/countries/write";
import { announceDeadline } from "@/lib/deadlines/write";
import { act } from "@/lib/ledger/write";
import { done, type Outcome } from "@/lib/outcome";
import { correctSnapshot, type Recorded, recordSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import {
  accepted,
  addPeople,
  CENTRAL,
  country,
  deadline,
  differences,
  figure,
  NOW,
  RECORDER,
  recorded,
  refusalOf,
  rowCounts,
  source,
} from "../setup/record";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL, RECORDER);
});
afterAll(() => database.close());

const change = (statementId: string, replacesRevision: number) => ({ statementId, replacesRevision, reason: "A reason" });
const correct = (tx: Database, id: string, replaces: number, value: number) =>
  correctSnapshot(tx, CENTRAL, change(id, replaces), figure({ value }), NOW);
/** Until somebody waits here for what somebody else has begun to write. */
const untilSomebodyWaits = () =>
  expect
    .poll(
      async () =>
        (await database.owner`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`).length,
      {
        timeout: 15_000,
      },
    )
    .toBeGreaterThan(0);

const raw = (id: string, revision: number) => sql`
  insert into record.snapshots (statement_id, revision, state, reason, recorded_by, published_by, recorded_at, country, measure, as_of, as_of_from,
    as_of_to, value, qualifier, source_id)
  select statement_id, ${revision}, state, 'x', recorded_by, published_by, '2001-01-01', country, measure, as_of, as_of_from, as_of_to, 1, 'about',
    source_id
  from record.snapshots where statement_id = ${id} and revision = 1`;

describe("a change written against a revision that is not the newest", () => {
  test.each([0, 1, 3, -1, 1.5, Number.NaN])("is a conflict and stores nothing: %d", async (replaces) => {
    const id = await recorded(database.staff, { source: source(`Stale ${replaces}`) });
    accepted(await act(database.staff, (tx) => correct(tx, id, 1, 2000)));
    const before = await rowCounts(database.staff);
    const conflict = { ok: false, failure: { code: "conflict", current: 2 } };
    expect(await act(database.staff, (tx) => correct(tx, id, replaces, 3000))).toEqual(conflict);
    expect(await act(database.staff, (tx) => withdrawSnapshot(tx, CENTRAL, change(id, replaces)))).toEqual(conflict);
    expect(await rowCounts(database.staff)).toEqual(before);
  });

  test("leaves the source as it was, too", async () => {
    const id = await recorded(database.staff, { source: source("Kept") });
    const before = await rowCounts(database.staff);
    const sent = figure({ source: source("Changed") });
    expect(await act(database.staff, (tx) => correctSnapshot(tx, CENTRAL, change(id, 7), sent, NOW))).toMatchObject({ ok: false });
    expect(await rowCounts(database.staff)).toEqual(before);
  });

  test("a name that is taken is a conflict", async () => {
    const named = () => act(database.staff, (tx) => recordSnapshot(tx, CENTRAL, figure(), NOW, "a-name"));
    expect(await named()).toMatchObject({ ok: true });
    // The database alone knows of it: by which revision is not told.
    expect(await named()).toEqual({ ok: false, failure: { code: "conflict", current: -1 } });
    const listed = () => act(database.staff, (tx) => recordCountry(tx, CENTRAL, country()));
    expect(await listed()).toMatchObject({ ok: true });
    expect(await listed()).toEqual({ ok: false, failure: { code: "conflict", current: 1 } });
  });
});

describe("at the same time", () => {
  test("of many corrections of one revision exactly one is taken, the others are conflicts", async () => {
    const id = await recorded(database.staff);
    const outcomes = await Promise.all([11, 12, 13, 14, 15, 16].map((value) => act(database.staff, (tx) => correct(tx, id, 1, value))));
    const [taken, ...more] = outcomes.flatMap((outcome, index) => (outcome.ok ? [11 + index] : []));
    expect(more).toEqual([]);
    for (const outcome of outcomes.filter((one) => !one.ok))
      expect(outcome).toEqual({ ok: false, failure: { code: "conflict", current: 2 } });
    const [row] = await database.owner`select revision, value::int from derived.snapshots where statement_id = ${id}`;
    expect(row).toEqual({ revision: 2, value: taken });
  });

  test("a correction that waits for something written beside the application is a conflict", async () => {
    const id = await recorded(database.staff);
    let waiting: Promise<Outcome<Recorded>> | undefined;
    await database.staff.transaction(async (tx) => {
      await tx.execute(raw(id, 2));
      waiting = act(database.staff, (other) => correct(other, id, 1, 5));
      await untilSomebodyWaits();
    });
    expect(await waiting).toEqual({ ok: false, failure: { code: "conflict", current: -1 } });
  });

  test("so is a revision that the database refuses for its number", async () => {
    const id = await recorded(database.staff);
    const outcome = await act(database.staff, async (tx) => {
      await tx.execute(raw(id, 1));
      return done("never");
    });
    expect(outcome).toEqual({ ok: false, failure: { code: "conflict", current: -1 } });
  });

  test("two figures of one new source share it", async () => {
    const ids = await Promise.all([1, 2, 3, 4].map((value) => recorded(database.staff, { value, source: source("New to all") })));
    const rows = await database.owner`select distinct source_id from record.snapshots where statement_id = any(${ids})`;
    expect(rows).toHaveLength(1);
  });

  test("two statements cannot come to restate each other", async () => {
    const [a = "", b = ""] = [await recorded(database.staff), await recorded(database.staff)];
    const outcomes = await Promise.all(
      [
        [a, b],
        [b, a],
      ].map(([id = "", restates]) => act(database.staff, (tx) => correctSnapshot(tx, CENTRAL, change(id, 1), figure({ restates }), NOW))),
    );
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    expect(outcomes).toContainEqual({ ok: false, failure: { code: "invalid", fields: { restates: "restates_in_a_circle" } } });
  });

  test("a deadline is replaced once", async () => {
    const first = accepted(await act(database.staff, (tx) => announceDeadline(tx, CENTRAL, deadline(), NOW)));
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => act(database.staff, (tx) => announceDeadline(tx, CENTRAL, deadline({ replaces: first }), NOW))),
    );
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
  });
});

describe("the database itself", () => {
  test.each([0, 1, 3, 100])("refuses revision %d after the first", async (revision) => {
    const id = await recorded(database.staff);
    const refused = database.staff.execute(raw(id, revision));
    await expect(refused).rejects.toMatchObject({ cause: { code: "23505", constraint_name: "revision_follows" } });
  });

  test("refuses a statement that does not begin with revision 1", async () => {
    const refused = database.owner`
      insert into record.countries (statement_id, revision, state, reason, recorded_by, published_by, recorded_at, zone)
      values ('KZ', 2, 'published', 'x', 'central', 'central', now(), 'Asia/Almaty')`;
    await expect(refused).rejects.toMatchObject({ code: "23505", constraint_name: "revision_follows" });
  });

  test("stamps the instant whatever is sent, each revision later than the one before", async () => {
    const id = await recorded(database.staff);
    await database.staff.execute(raw(id, 2));
    const [row] = await database.owner`
      select bool_and(recorded_at > now() - interval '1 minute') as stamped,
        (array_agg(recorded_at order by revision))[2] > (array_agg(recorded_at order by revision))[1] as later
      from record.snapshots where statement_id = ${id}`;
    expect(row).toEqual({ stamped: true, later: true });
  });

  test("refuses a later revision without a reason, and people that are not there", async () => {
    const id = await recorded(database.staff, { source: source("Bare") });
    const insert = (reason: string | null, person: string) => database.owner`
      insert into record.sources (statement_id, revision, state, reason, recorded_by, published_by, recorded_at, title)
      select source_id, 2, 'published', ${reason}, ${person}, 'central', now(), 'x' from record.snapshots where statement_id = ${id}`;
    expect(await refusalOf(insert("  ", "central"))).toBe("23514");
    expect(await refusalOf(insert("x", "nobody"))).toBe("23503");
    expect(await refusalOf(insert(null, "central"))).toBe("23514");
  });

  test("kept the derived rows in step through all this", async () => {
    expect(await differences(database.owner)).toEqual([]);
  });
});
