import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ALL, concerns, countryCodes, countryFromAddress, isCountry, iso3 } from "@/lib/countries/rules";

/** Names that every plain object has: a lookup in one would find them. */
const PROTOTYPE_NAMES = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"];

test.each(["KG", "TJ", "UZ", "KZ", "AM", "AZ", "BY", "MD", "UA", "GE", "CN", "SS", "ALL"])("statements can be about %s", (code) => {
  expect(isCountry(code)).toBe(true);
  expect(countryCodes).toContain(code);
});

test.each(["RU", "XK", "XX", "SU", "UK", "kg", "Kg", "KGZ", "all", "", " KG", "KG ", "КG", ...PROTOTYPE_NAMES])(
  "statements cannot be about %j",
  (code) => {
    expect(isCountry(code)).toBe(false);
    expect(countryCodes).not.toContain(code);
  },
);

test("the codes begin with all nationalities and hold every country once, in order", () => {
  const [first, ...others] = countryCodes;
  expect(first).toBe(ALL);
  // ISO 3166-1 has 249 codes; Russia's is left out.
  expect(others).toHaveLength(248);
  expect(others).toEqual([...new Set(others)].sort());
});

describe("the country of an address", () => {
  test.each([
    ["kg", "KG"],
    ["tj", "TJ"],
    ["all", "ALL"],
    ["ss", "SS"],
  ])("%s is %s", (part, code) => {
    expect(countryFromAddress(part)).toBe(code);
  });

  // The last four are not these letters but become them, or seem to, in capitals.
  test.each(["KG", "Kg", "kG", "ALL", "ru", "xx", "kgz", "", "kg ", "k-g", "%6bg", ...PROTOTYPE_NAMES, "ß", "ﬁ", "ſe", "kɡ"])(
    "%j is none",
    (part) => {
      expect(countryFromAddress(part)).toBeUndefined();
    },
  );

  test("is one for no text but its code in small letters", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 4 }), fc.stringMatching(/^[a-zA-Z]{2,3}$/)), (part) => {
        const code = countryFromAddress(part);
        expect(code?.toLowerCase() ?? part).toBe(part);
        expect(code !== undefined).toBe(countryCodes.some((known) => known.toLowerCase() === part));
      }),
    );
  });
});

test.each([
  ["KG", "KGZ"],
  ["TJ", "TJK"],
  ["UZ", "UZB"],
  ["ALL", undefined],
])("the three letters of %s are %s", (code, three) => {
  expect(iso3(code)).toBe(three);
});

test.each([
  ["one named", { countries: ["KG"] }, "KG", true],
  ["another", { countries: ["KG"] }, "TJ", false],
  ["one of several", { countries: ["KG", "TJ"] }, "TJ", true],
  ["anyone, where all are named", { countries: ["ALL"] }, "TJ", true],
  ["the total, where all are named", { countries: ["ALL"] }, "ALL", true],
  ["the total, where one is named", { countries: ["KG"] }, "ALL", false],
  ["an exception", { countries: ["ALL"], exceptCountries: ["BY"] }, "BY", false],
  ["others than the exception", { countries: ["ALL"], exceptCountries: ["BY"] }, "KG", true],
  ["an exception that is named too", { countries: ["BY"], exceptCountries: ["BY"] }, "BY", false],
  ["nobody", { countries: [] }, "KG", false],
])("concerns %s", (_what, named, country, does) => {
  expect(concerns(named, country)).toBe(does);
});
