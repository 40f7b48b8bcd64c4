import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordCountry } from "@/lib/countries/write";
import { announceDeadline } from "@/lib/deadlines/write";
import { recordEvent } from "@/lib/events/write";
import { act } from "@/lib/ledger/write";
import { correctSnapshot, recordSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { addPeople, CENTRAL, country, deadline, event, figure, NOW, recorded, rowCounts, source } from "../setup/record";

let database: FreshDatabase;
let id: string;
let revision = 1;
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL);
  id = await recorded(database.staff);
});
afterAll(() => database.close());

const verbs = {
  recordSnapshot: (sent: unknown) => act(database.staff, (tx) => recordSnapshot(tx, CENTRAL, sent, NOW)),
  correctSnapshot: async (sent: unknown) => {
    const change = { statementId: id, replacesRevision: revision, reason: "x" };
    const outcome = await act(database.staff, (tx) => correctSnapshot(tx, CENTRAL, change, sent, NOW));
    if (outcome.ok) revision += 1;
    return outcome;
  },
  announceDeadline: (sent: unknown) => act(database.staff, (tx) => announceDeadline(tx, CENTRAL, sent, NOW)),
  recordEvent: (sent: unknown) => act(database.staff, (tx) => recordEvent(tx, CENTRAL, sent, NOW)),
  recordCountry: (sent: unknown) => act(database.staff, (tx) => recordCountry(tx, CENTRAL, sent)),
};
type Verb = keyof typeof verbs;

const SNAPSHOT_SLIPS: [string, unknown][] = [
  ["country", figure({ country: "RU" })],
  ["country", figure({ country: undefined })],
  ["measure", figure({ measure: "gray list" })],
  ["as_of", figure({ as_of: "2025-02-30" })],
  ["as_of", figure({ as_of: "2027-01-01", source: { title: "x" } })],
  ["as_of", figure({ as_of: "2025-11-01", source: source("x", { published_on: "2025-10-01" }) })],
  ["value", figure({ value: -1 })],
  ["value", figure({ value: 1.5 })],
  ["value", figure({ value: "many" })],
  ["value", figure({ value: undefined })],
  ["qualifier", figure({ qualifier: undefined })],
  ["qualifier", figure({ qualifier: "roughly" })],
  ["high", figure({ value: undefined, qualifier: "between", low: 10, high: 10 })],
  ["low", figure({ low: 10 })],
  ["missing_reason", figure({ answer: "missing", value: undefined, qualifier: undefined })],
  ["value", figure({ answer: "unchanged", qualifier: undefined })],
  ["children_share", figure({ children_share: 1.2 })],
  ["period_start", figure({ period_start: "2025-01-01" })],
  ["period_start", figure({ measure: "left", period_start: "2025-12-01" })],
  ["source.title", figure({ source: source(" ") })],
  ["source.url", figure({ source: source("x", { url: "javascript:alert(1)" }) })],
  ["source.published_on", figure({ source: source("x", { published_on: "2027-01" }) })],
  ["restates", figure({ restates: "nobody" })],
  ["note", figure({ note: "a\u0000b" })],
  ["wording", figure({ wording: "\ud800" })],
];

const slips: [Verb, string, unknown][] = [
  ...SNAPSHOT_SLIPS.flatMap(([field, sent]): [Verb, string, unknown][] => [
    ["recordSnapshot", field, sent],
    ["correctSnapshot", field, sent],
  ]),
  ["announceDeadline", "chain", deadline({ chain: "My chain" })],
  ["announceDeadline", "countries", deadline({ countries: [] })],
  ["announceDeadline", "countries.1", deadline({ countries: ["KG", "RU"] })],
  ["announceDeadline", "measure", deadline({ measure: "left" })],
  ["announceDeadline", "falls_on", deadline({ falls_on: "2026-09" })],
  ["announceDeadline", "zone", deadline({ zone: "Europe/Nowhere" })],
  ["announceDeadline", "basis", deadline({ basis: {} })],
  ["announceDeadline", "replaces", deadline({ replaces: "nobody" })],
  ["recordEvent", "happened_on", event({ happened_on: "yesterday" })],
  ["recordEvent", "kind", event({ kind: "rumour" })],
  ["recordEvent", "measures", event({ kind: "break" })],
  ["recordEvent", "what", event({ what: {} })],
  ["recordEvent", "source.title", event({ source: {} })],
  ["recordCountry", "country", country({ country: "RU" })],
  ["recordCountry", "zone", country({ zone: "Bishkek" })],
  ["recordCountry", "remittances_share_of_gdp", country({ remittances_share_of_gdp: 24 })],
];

test.each(slips)("%s refuses a slip in %s and stores nothing", async (verb, field, sent) => {
  const before = await rowCounts(database.staff);
  const outcome = await verbs[verb](sent);
  expect(outcome).toMatchObject({ ok: false, failure: { code: "invalid", fields: { [field]: expect.any(String) } } });
  expect(await rowCounts(database.staff)).toEqual(before);
});

test.each([undefined, null, "", "  ", 7, "a\u0000b", "x".repeat(1001)])(
  "a change for the reason %j is refused and stores nothing",
  async (reason) => {
    const before = await rowCounts(database.staff);
    const change = { statementId: id, replacesRevision: 1, reason };
    const invalid = { ok: false, failure: { code: "invalid", fields: { reason: expect.any(String) } } };
    expect(await act(database.staff, (tx) => withdrawSnapshot(tx, CENTRAL, change))).toEqual(invalid);
    expect(await act(database.staff, (tx) => correctSnapshot(tx, CENTRAL, change, figure(), NOW))).toEqual(invalid);
    expect(await rowCounts(database.staff)).toEqual(before);
  },
);

test("a change of a statement that is not there is refused and stores nothing", async () => {
  const before = await rowCounts(database.staff);
  const change = { statementId: "nobody", replacesRevision: 1, reason: "x" };
  const missing = { ok: false, failure: { code: "not_found" } };
  expect(await act(database.staff, (tx) => withdrawSnapshot(tx, CENTRAL, change))).toEqual(missing);
  expect(await act(database.staff, (tx) => correctSnapshot(tx, CENTRAL, change, figure(), NOW))).toEqual(missing);
  expect(await rowCounts(database.staff)).toEqual(before);
});

describe("whatever is sent", () => {
  const odd = fc.oneof(
    fc.constantFrom<unknown>(
      undefined,
      null,
      "",
      " ",
      0,
      -1,
      1.5,
      1e300,
      Number.NaN,
      true,
      [],
      {},
      ["KG"],
      "KG",
      "ALL",
      "\u0000",
      "\ud800",
    ),
    fc.constantFrom<unknown>(
      "0001",
      "2025",
      "2025-10",
      "2025-01-01/2025-10-01",
      "9999-12-31",
      "2025/9999",
      "between",
      "missing",
      "unchanged",
    ),
    fc.constantFrom<unknown>("1000000000", "1 000", "30%", "break", "law", "left", "Europe/Moscow", "https://example.org", { en: "x" }),
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.anything({ maxDepth: 1 }),
  );
  const whole: Record<Verb, object> = {
    recordSnapshot: figure(),
    correctSnapshot: figure(),
    announceDeadline: deadline(),
    recordEvent: event(),
    recordCountry: country({ country: "KZ" }),
  };
  /** A form with a few of its fields, those of the source included, replaced by something odd. */
  const spoilt = (form: object) =>
    fc
      .tuple(
        fc.dictionary(fc.constantFrom(...Object.keys(form), "low", "high", "restates", "replaces", "note", "children_share"), odd, {
          maxKeys: 3,
        }),
        fc.dictionary(fc.constantFrom("title", "published_on", "url", "speaker"), odd, { maxKeys: 1 }),
      )
      .map(([fields, inSource]) => ({ ...form, source: { ...source(), ...inSource }, ...fields }));

  test.each(Object.keys(verbs) as Verb[])("%s answers, never throws, and stores nothing that it refused", async (verb) => {
    const answered = { taken: 0, refused: 0 };
    for (const sent of fc.sample(fc.oneof({ weight: 9, arbitrary: spoilt(whole[verb]) }, { weight: 1, arbitrary: odd }), {
      numRuns: 60,
      seed: 7,
    })) {
      const before = await rowCounts(database.staff);
      const outcome = await verbs[verb](sent).catch((error) => {
        throw new Error(`thrown for ${fc.stringify(sent)}`, { cause: error });
      });
      answered[outcome.ok ? "taken" : "refused"] += 1;
      if (!outcome.ok) expect(await rowCounts(database.staff), fc.stringify(sent)).toEqual(before);
    }
    expect(answered.taken).toBeGreaterThan(0);
    expect(answered.refused).toBeGreaterThan(10);
  });
});
