import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listedCountries } from "@/lib/countries/read";
import { recordCountry } from "@/lib/countries/write";
import { knownDeadlines } from "@/lib/deadlines/read";
import { announceDeadline } from "@/lib/deadlines/write";
import { knownEvents } from "@/lib/events/read";
import { recordEvent } from "@/lib/events/write";
import { act } from "@/lib/ledger/write";
import { revisionsOf, snapshotsOfCountry } from "@/lib/snapshots/read";
import { correctSnapshot, recordSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { today } from "@/lib/vintage";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import {
  accepted,
  addPeople,
  CENTRAL,
  COUNTRY_ADMIN,
  country,
  deadline,
  differences,
  event,
  figure,
  NOW,
  recorded,
  source,
} from "../setup/record";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL, COUNTRY_ADMIN);
});
afterAll(() => database.close());

const VINTAGE = today(NOW);
const current = async (id: string, of = "KG") =>
  (await snapshotsOfCountry(database.reader, of, VINTAGE)).find((one) => one.statementId === id);

describe("recordSnapshot", () => {
  test("stores a figure with everything around it", async () => {
    const sent = figure({
      country: "TJ",
      measure: "left",
      period_start: "2025-01-01",
      as_of: "2025-09",
      value: "84 086",
      qualifier: "more_than",
      wording: "more than 84,086",
      children_share: "30%",
      note: "On the registry",
      source: source("Briefing", {
        publisher: "Azattyk",
        speaker: "A. B.",
        speaker_role: "Minister",
        published_on: "2025-10-02",
        url: "https://example.org/1",
      }),
    });
    const made = accepted(await act(database.staff, (tx) => recordSnapshot(tx, CENTRAL, sent, NOW)));
    expect(made).toEqual({ statementId: expect.stringMatching(/^[a-z2-7]{16}$/), state: "published", revision: 1 });
    expect(await current(made.statementId, "TJ")).toMatchObject({
      revision: 1,
      measure: "left",
      periodStart: "2025-01-01",
      asOf: { text: "2025-09", from: new Date("2025-08-31T21:00:00Z"), to: new Date("2025-09-30T21:00:00Z") },
      answer: { kind: "figure", figure: { qualifier: "more_than", value: 84_086 }, wording: "more than 84,086", childrenShare: 0.3 },
      note: "On the registry",
      rank: "normal",
      restates: null,
      knownFrom: new Date("2025-10-02T21:00:00Z"),
      source: {
        title: "Briefing",
        publisher: "Azattyk",
        speaker: "A. B.",
        speakerRole: "Minister",
        publishedOn: "2025-10-02",
        url: "https://example.org/1",
      },
    });
  });

  test.each([
    ["a span of figures", { value: undefined, qualifier: "between", low: 10, high: 20 }, { qualifier: "between", low: 10, high: 20 }],
    ["zero", { value: 0, qualifier: "exact" }, { qualifier: "exact", value: 0 }],
    ["the greatest figure", { value: 1_000_000_000 }, { qualifier: "about", value: 1_000_000_000 }],
  ])("stores %s", async (_, more, stored) => {
    expect((await current(await recorded(database.staff, more)))?.answer).toMatchObject({ kind: "figure", figure: stored });
  });

  test.each([
    [
      { answer: "missing", missing_reason: "declined", value: undefined, qualifier: undefined },
      { kind: "missing", reason: "declined" },
    ],
    [{ answer: "unchanged", value: undefined, qualifier: undefined }, { kind: "unchanged" }],
  ])("stores an answer without a figure: %j", async (more, stored) => {
    expect((await current(await recorded(database.staff, more)))?.answer).toEqual(stored);
  });

  test("counts as known from its recording where the source gives no day", async () => {
    const before = new Date();
    const id = await recorded(database.staff, { source: { title: "Undated" } });
    const [row] = await database.owner<{ known_from: Date }[]>`select known_from from derived.snapshots where statement_id = ${id}`;
    expect(row?.known_from.getTime()).toBeGreaterThanOrEqual(before.getTime() - 1000);
    expect(row?.known_from.getTime()).toBeLessThanOrEqual(Date.now() + 1000);
  });
});

describe("who and when", () => {
  test("recorder, publisher, instant and reason are kept for every revision", async () => {
    const id = await recorded(database.staff);
    const change = { statementId: id, replacesRevision: 1, reason: " A slip of the pen " };
    accepted(await act(database.staff, (tx) => correctSnapshot(tx, COUNTRY_ADMIN, change, figure({ value: 2000 }), NOW)));
    accepted(await act(database.staff, (tx) => withdrawSnapshot(tx, CENTRAL, { ...change, replacesRevision: 2, reason: "Not said" })));
    const rows = await database.owner`
      select revision, state, reason, recorded_by, published_by, value::int, recorded_at between now() - interval '1 minute' and now() as just_now
      from record.snapshots where statement_id = ${id} order by revision`;
    const one = { published_by: "central", recorded_by: "central", just_now: true };
    expect([...rows]).toEqual([
      { ...one, revision: 1, state: "published", reason: null, value: 1000 },
      {
        ...one,
        revision: 2,
        state: "published",
        reason: "A slip of the pen",
        value: 2000,
        recorded_by: "country-admin",
        published_by: "country-admin",
      },
      { ...one, revision: 3, state: "withdrawn", reason: "Not said", value: 2000 },
    ]);
    const instants =
      await database.owner`select recorded_at::text as at from record.snapshots where statement_id = ${id} order by revision`;
    expect(instants.map((row) => row.at)).toEqual(instants.map((row) => row.at).sort());
    expect(new Set(instants.map((row) => row.at)).size).toBe(3);
    expect((await revisionsOf(database.reader, id)).map((one) => [one.snapshot.revision, one.state, one.recordedBy])).toEqual([
      [3, "withdrawn", "central"],
      [2, "published", "country-admin"],
      [1, "published", "central"],
    ]);
  });
});

describe("correctSnapshot and withdrawSnapshot", () => {
  test("a correction shows at once, the earlier wording stays", async () => {
    const id = await recorded(database.staff);
    const sent = figure({ value: 1200, qualifier: "exact", note: "Read again" });
    const corrected = await act(database.staff, (tx) =>
      correctSnapshot(tx, CENTRAL, { statementId: id, replacesRevision: 1, reason: "Misread" }, sent, NOW),
    );
    expect(corrected).toEqual({ ok: true, value: { statementId: id, state: "published", revision: 2 } });
    expect(await current(id)).toMatchObject({ revision: 2, note: "Read again", answer: { figure: { qualifier: "exact", value: 1200 } } });
    expect((await revisionsOf(database.reader, id)).at(-1)?.snapshot).toMatchObject({ revision: 1, answer: { figure: { value: 1000 } } });
  });

  test("one that changes nothing is refused and leaves nothing, until it changes something: the figure, the note or the source", async () => {
    const id = await recorded(database.staff);
    const correct = (more: Record<string, unknown>, replacesRevision: number) =>
      act(database.staff, (tx) => correctSnapshot(tx, CENTRAL, { statementId: id, replacesRevision, reason: "x" }, figure(more), NOW));
    const refused = { ok: false, failure: { code: "invalid", fields: { statement: "nothing_changed" } } };
    expect(await correct({}, 1)).toEqual(refused);
    expect(await revisionsOf(database.reader, id)).toHaveLength(1);
    for (const [index, more] of [
      { value: 1001 },
      { note: "Read again" },
      { source: { title: "Another", published_on: "2025-10-01" } },
    ].entries()) {
      expect(await correct(more, index + 1)).toMatchObject({ ok: true });
      expect(await correct(more, index + 2)).toEqual(refused);
    }
  });

  test("a correction may move a figure to another country and measure", async () => {
    const id = await recorded(database.staff);
    const change = { statementId: id, replacesRevision: 1, reason: "Wrong country" };
    accepted(await act(database.staff, (tx) => correctSnapshot(tx, CENTRAL, change, figure({ country: "UZ", measure: "present" }), NOW)));
    expect(await current(id)).toBeUndefined();
    expect(await current(id, "UZ")).toMatchObject({ measure: "present", revision: 2 });
  });

  test("a withdrawn statement answers only history, and what it had restated stands again", async () => {
    const restated = await recorded(database.staff, { source: source("First") });
    const id = await recorded(database.staff, { restates: restated, source: source("Second") });
    expect([await current(restated), (await current(id))?.restates]).toEqual([undefined, restated]);
    accepted(
      await act(database.staff, (tx) => withdrawSnapshot(tx, CENTRAL, { statementId: id, replacesRevision: 1, reason: "Never said" })),
    );
    expect(await current(id)).toBeUndefined();
    expect((await current(restated))?.statementId).toBe(restated);
    expect((await revisionsOf(database.reader, id)).map((one) => one.state)).toEqual(["withdrawn", "published"]);
  });
});

describe("the other verbs", () => {
  test("recordCountry lists a country", async () => {
    expect(await act(database.staff, (tx) => recordCountry(tx, CENTRAL, country()))).toEqual({ ok: true, value: "KG" });
    expect(await act(database.staff, (tx) => recordCountry(tx, CENTRAL, country({ country: "ALL", union_member: null })))).toMatchObject({
      ok: true,
    });
    expect((await listedCountries(database.reader, VINTAGE)).slice(0, 2)).toEqual([
      { code: "ALL", unionMember: null, zone: "Asia/Bishkek", remittancesShareOfGdp: 0.24 },
      { code: "KG", unionMember: true, zone: "Asia/Bishkek", remittancesShareOfGdp: 0.24 },
    ]);
  });

  test("announceDeadline stores what was sent; one that replaces another stays in its chain", async () => {
    const first = accepted(await act(database.staff, (tx) => announceDeadline(tx, CENTRAL, deadline(), NOW)));
    const sent = deadline({ replaces: first, falls_on: "2026-12-31", day_counts: false, except_countries: ["BY"], countries: ["ALL"] });
    const second = accepted(await act(database.staff, (tx) => announceDeadline(tx, CENTRAL, sent, NOW)));
    expect(await knownDeadlines(database.reader, VINTAGE)).toMatchObject([
      { statementId: first, chain: "stay", replaces: null, fallsOn: "2026-09-10", endsAt: new Date("2026-09-10T21:00:00Z") },
      { statementId: second, chain: "stay", replaces: first, exceptCountries: ["BY"], endsAt: new Date("2026-12-30T21:00:00Z") },
    ]);
    const rival = await act(database.staff, (tx) => announceDeadline(tx, CENTRAL, deadline({ replaces: first }), NOW));
    expect(rival).toEqual({ ok: false, failure: { code: "invalid", fields: { replaces: "already_replaced" } } });
    const strange = await act(database.staff, (tx) => announceDeadline(tx, CENTRAL, deadline({ chain: "other", replaces: second }), NOW));
    expect(strange).toEqual({ ok: false, failure: { code: "invalid", fields: { replaces: "no_such_statement" } } });
  });

  test("recordEvent stores what was sent", async () => {
    const sent = event({ kind: "break", measures: ["gray_list"], happened_on: "2025-02-05" });
    const id = accepted(await act(database.staff, (tx) => recordEvent(tx, CENTRAL, sent, NOW)));
    expect(await knownEvents(database.reader, VINTAGE)).toMatchObject([
      {
        statementId: id,
        kind: "break",
        measures: ["gray_list"],
        countries: ["KG"],
        what: { en: "A meeting" },
        happenedOn: { text: "2025-02-05" },
      },
    ]);
  });

  test("nothing of all this left a derived row behind", async () => {
    expect(await differences(database.owner)).toEqual([]);
  });
});
