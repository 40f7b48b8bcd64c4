import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countryCodes } from "@/lib/countries/rules";
import {
  AXES,
  boundsOfView,
  FACETS,
  lastingView,
  MOST_COUNTRIES,
  ORDERS,
  PARAMETERS,
  parametersOf,
  queryOf,
  READINGS,
  SCALES,
  SHOWN,
  START,
  type View,
  viewFrom,
} from "@/lib/explore/rules/view";
import { measureCodes } from "@/lib/measures/rules";

const NOW = new Date("2026-11-25T09:00:00Z");
const asked = (query: string) => {
  const parameters = new URLSearchParams(query);
  return viewFrom(Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)])), NOW);
};

const day = fc.integer({ min: 0, max: 700 }).map((n) => new Date(Date.UTC(2024, 11, 1 + n)).toISOString().slice(0, 10));
const view: fc.Arbitrary<View> = fc.record({
  countries: fc.uniqueArray(fc.constantFrom(...countryCodes), { maxLength: MOST_COUNTRIES }),
  measure: fc.constantFrom(...measureCodes),
  from: fc.option(fc.constantFrom("2024", "2025-02", "2025-02-05"), { nil: undefined }),
  to: fc.option(fc.constantFrom("2026", "2026-01", "2026-01-30"), { nil: undefined }),
  reading: fc.constantFrom(...READINGS),
  at: fc.option(day, { nil: undefined }),
  scale: fc.constantFrom(...SCALES),
  facet: fc.constantFrom(...FACETS),
  axis: fc.constantFrom(...AXES),
  vintage: fc.option(
    fc.record(
      { knownOn: day, recordedAt: fc.date({ min: new Date("2025-01-01"), max: NOW, noInvalidDate: true }) },
      { requiredKeys: ["knownOn"] },
    ),
    { nil: undefined },
  ),
  show: fc.constantFrom(...SHOWN),
  order: fc.constantFrom(...ORDERS),
  find: fc.string({ maxLength: 40 }).map((text) => text.trim()),
});

describe("an explore address", () => {
  test("says its view again, whatever it is", () => {
    fc.assert(
      fc.property(view, (said) => {
        expect(asked(queryOf(said).slice(1))).toEqual({ view: said, notUnderstood: [] });
      }),
    );
  });

  test("is empty for what is usual, and has each parameter once, in one order", () => {
    expect(queryOf(START)).toBe("");
    fc.assert(
      fc.property(view, (said) => {
        const names = parametersOf(said).map(([name]) => name);
        expect(names).toEqual(PARAMETERS.filter((name) => names.includes(name)));
      }),
    );
  });

  test("may be anything a stranger sends: it is told or understood, and what is understood has an address", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("kg", "2025-07", "log", "each", "", "latest", "%00", "kg,kg,,tj"));
    const query = fc.dictionary(
      fc.oneof(fc.constantFrom<string>(...PARAMETERS), fc.string()),
      fc.oneof(text, fc.array(text, { maxLength: 4 })),
    );
    fc.assert(
      fc.property(query, (sent) => {
        const { view: understood, notUnderstood } = viewFrom(sent, NOW);
        expect(notUnderstood.every(({ parameter, said }) => PARAMETERS.includes(parameter) && said.length <= 60)).toBe(true);
        expect(asked(queryOf(understood).slice(1))).toEqual({ view: understood, notUnderstood: [] });
      }),
    );
  });

  test("names countries once each, in its own order, with commas or one by one", () => {
    expect(asked("c=tj,kg&c=kg&c=all").view.countries).toEqual(["TJ", "KG", "ALL"]);
    expect(asked(`c=${countryCodes.map((code) => code.toLowerCase()).join(",")}`).view.countries).toHaveLength(MOST_COUNTRIES);
    expect(asked(`c=${countryCodes.map((code) => code.toLowerCase()).join(",")}`).notUnderstood[0]?.parameter).toBe("c");
  });

  test.each([
    ["c=xx", "c"],
    ["c=ru", "c"],
    ["c=KG", "c"],
    ["m=lists", "m"],
    ["m=gray_list&m=black_list", "m"],
    ["from=2025-02/2025-03", "from"],
    ["from=2025-07-26T00:00Z", "from"],
    ["to=soon", "to"],
    ["from=2025-08&to=2025-07", "to"],
    ["v=share", "v"],
    ["at=2025-02-30", "at"],
    ["at=2025-07", "at"],
    ["scale=Log", "scale"],
    ["known=2999-01-01", "known"],
    ["known=2025-07-26&recorded=2999-01-01T00:00:00Z", "recorded"],
    ["recorded=0000-01-01T00:00:00Z", "recorded"],
    ["known=2025-07-26&recorded=-271821-04-20T00:00:00Z", "recorded"],
    ["sort=size", "sort"],
  ])("%s is told", (query, parameter) => {
    const { notUnderstood } = asked(query);
    expect(notUnderstood.map((part) => part.parameter)).toEqual([parameter]);
  });

  test("pins our record on today where it names no day", () => {
    expect(asked("recorded=2026-01-01T00:00:00Z").view.vintage).toEqual({
      knownOn: "2026-11-25",
      recordedAt: new Date("2026-01-01T00:00:00Z"),
    });
  });

  test("bounds its time with both ends included, in Moscow's days", () => {
    expect(boundsOfView({ from: "2025-02", to: "2025-02-05" })).toEqual({
      from: new Date("2025-01-31T21:00:00Z"),
      to: new Date("2025-02-05T21:00:00Z"),
    });
    expect(boundsOfView(START)).toEqual({ from: undefined, to: undefined });
  });
});

test("a lasting view names its countries, pins both days, and is read from its own address as it is", () => {
  const now = new Date("2026-03-01T09:30:00.123Z");
  const { view } = viewFrom({ v: "per_1000", sort: "age", find: "kyr" }, now);
  const lasting = lastingView(view, ["KG", "ALL"], { knownOn: "2026-03-01", recordedAt: now });
  expect(lasting).toMatchObject({ countries: ["KG", "ALL"], vintage: { knownOn: "2026-03-01", recordedAt: now }, order: "name", find: "" });
  const asked = new URLSearchParams(queryOf(lasting));
  expect(viewFrom(Object.fromEntries(asked), now)).toEqual({ view: lasting, notUnderstood: [] });
});
