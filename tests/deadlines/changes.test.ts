import { describe, expect, test } from "vitest";
import { bindsTwice, type Deadline, share, whatChanges, withMember } from "@/lib/deadlines/rules";
import { april, deadline, september } from "./deadlines";

describe("one chain binds nobody twice", () => {
  const forKyrgyz = deadline("kg", "2026-12-31", { replaces: "september", countries: ["KG"] });
  const extended = [april, september, forKyrgyz];

  test.each([
    ["the first extension", [april], september, false],
    ["a second for the same", [april, september], deadline("rival", "2026-01-31", { replaces: "april" }), true],
    ["a second for some of them", extended, deadline("rival", "2026-01-31", { replaces: "september", countries: ["TJ", "KG"] }), true],
    ["a second for others", extended, deadline("tj", "2026-01-31", { replaces: "september", countries: ["TJ"] }), false],
    ["a second for all but them", extended, deadline("rest", "2026-01-31", { replaces: "september", exceptCountries: ["KG"] }), false],
    ["a second for all", extended, deadline("rest", "2026-01-31", { replaces: "september" }), true],
    ["a correction of its text", extended, { ...forKyrgyz, basis: { en: "Law" } }, false],
    [
      "a correction that takes in another's country",
      [...extended, deadline("tj", "2026-01-31", { replaces: "september", countries: ["TJ"] })],
      { ...forKyrgyz, countries: ["KG", "TJ"] },
      true,
    ],
    ["a correction of what was replaced", extended, { ...april, fallsOn: "2025-05-01" }, false],
  ])("%s", (_what, chain, next, twice) => {
    expect(bindsTwice(chain, next)).toBe(twice);
  });

  test.each([
    [["ALL"], [], ["KG"], true],
    [["ALL"], ["KG"], ["KG"], false],
    [["KG", "TJ"], [], ["TJ"], true],
    [["KG"], [], ["TJ"], false],
    [["KG"], [], ["ALL"], true],
  ])("%s but %s shares a country with %s: %s", (countries, exceptCountries, others, shares) => {
    expect(share({ countries, exceptCountries }, { countries: others, exceptCountries: [] })).toBe(shares);
  });
});

describe("what changes for whom", () => {
  const all = { countries: ["ALL"], exceptCountries: [] };
  const named = (...countries: string[]) => ({ countries, exceptCountries: [] });
  const but = (...exceptCountries: string[]) => ({ countries: ["ALL"], exceptCountries });
  const later = (told: Partial<Deadline> = {}) => deadline("later", "2026-12-31", { replaces: "september", ...told });
  const two = deadline("two", "2025-09-10", { countries: ["KG", "UZ"] });
  const [KG, UZ] = [["KG"], ["KG", "UZ"]];

  test.each<[string, Deadline[], Deadline[], object[]]>([
    ["a new deadline", [], [two], [{ code: "new", day: "2025-09-10", whom: named("KG", "UZ") }]],
    [
      "a new one for all but one",
      [],
      [deadline("d", "2025-09-10", { exceptCountries: ["BY"] })],
      [{ code: "new", day: "2025-09-10", whom: but("BY") }],
    ],
    [
      "an extension",
      [two],
      [two, later({ replaces: "two", countries: UZ })],
      [{ code: "moves", from: "2025-09-10", day: "2026-12-31", whom: named("KG", "UZ") }],
    ],
    [
      "an extension for some",
      [two],
      [two, later({ replaces: "two", countries: KG })],
      [
        { code: "moves", from: "2025-09-10", day: "2026-12-31", whom: named("KG") },
        { code: "stays", day: "2025-09-10", whom: named("UZ") },
      ],
    ],
    [
      "an extension that binds more",
      [two],
      [two, later({ replaces: "two", countries: ["KG", "TJ", "UZ"] })],
      [
        { code: "moves", from: "2025-09-10", day: "2026-12-31", whom: named("KG", "UZ") },
        { code: "new", day: "2026-12-31", whom: named("TJ") },
      ],
    ],
    [
      "a cancellation for some of all",
      [september],
      [september, later({ cancelled: true, countries: KG })],
      [
        { code: "ends", day: "2025-09-10", whom: named("KG") },
        { code: "stays", day: "2025-09-10", whom: but("KG") },
      ],
    ],
    [
      "a withdrawn cancellation",
      [two, later({ replaces: "two", cancelled: true, countries: UZ })],
      [two],
      [{ code: "again", day: "2025-09-10", whom: named("KG", "UZ") }],
    ],
    ["a withdrawn deadline", [two], [], [{ code: "ends", day: "2025-09-10", whom: named("KG", "UZ") }]],
    ["a withdrawn cancellation of nothing else", [later({ cancelled: true })], [], []],
    ["a correction of the text", [april, september], withMember([april, september], { ...september, basis: { en: "Law" } }), []],
    ["a correction of one that was replaced", [april, september], withMember([april, september], { ...april, measure: "black_list" }), []],
    [
      "a correction that leaves one out",
      [two],
      [{ ...two, countries: KG }],
      [
        { code: "ends", day: "2025-09-10", whom: named("UZ") },
        { code: "stays", day: "2025-09-10", whom: named("KG") },
      ],
    ],
    [
      "another list",
      [september],
      [{ ...september, measure: "black_list" }],
      [{ code: "other_list", day: "2025-09-10", measure: "black_list", whom: all }],
    ],
    [
      "another zone",
      [september],
      [deadline("september", "2025-09-10", { zone: "Asia/Bishkek" })],
      [{ code: "other_zone", day: "2025-09-10", whom: all }],
    ],
    [
      "the day itself no longer counting",
      [september],
      [deadline("september", "2025-09-10", { dayCounts: false })],
      [{ code: "moves", from: "2025-09-10", day: "2025-09-09", whom: all }],
    ],
  ])("%s", (_what, before, after, changes) => {
    expect(whatChanges(before, after)).toEqual(changes);
  });
});
