import { describe, expect, test } from "vitest";
import { inOrder, isShown, SPOKEN, shownUntil } from "@/lib/contacts/rules";
import { ownLanguageName } from "@/lib/i18n/language-names";
import { languages } from "@/lib/i18n/languages";

describe("how long the public sees a contact", () => {
  test.each([
    ["2026-03-01", 1, "2026-03-01"],
    ["2026-03-01", 2, "2026-03-02"],
    ["2026-02-20", 10, "2026-03-01"],
    ["2024-02-20", 10, "2024-02-29"],
    ["2025-12-31", 180, "2026-06-28"],
  ])("confirmed on %s for %i days: until %s", (confirmedOn, hideAfterDays, last) => {
    expect(shownUntil({ confirmedOn, hideAfterDays })).toBe(last);
    expect(isShown({ confirmedOn, hideAfterDays }, last)).toBe(true);
    expect(isShown({ confirmedOn, hideAfterDays }, confirmedOn)).toBe(true);
    const next = new Date(Date.parse(last) + 86_400_000).toISOString().slice(0, 10);
    expect(isShown({ confirmedOn, hideAfterDays }, next)).toBe(false);
  });
});

test("a country's own contacts come before those for everybody, and embassies first", () => {
  const of = (statementId: string, country: string, kind: "embassy" | "consulate" | "hotline" | "other") => ({
    statementId,
    country,
    kind,
  });
  const own = [of("d", "KG", "embassy"), of("b", "KG", "consulate"), of("c", "KG", "hotline"), of("e", "KG", "hotline")];
  const forAll = [of("a", "ALL", "embassy"), of("f", "ALL", "other")];
  const shuffled = [forAll[1], own[3], own[1], forAll[0], own[2], own[0]].filter((one) => one !== undefined);
  expect(inOrder(shuffled)).toEqual([...own, ...forAll]);
});

test("every language that may be spoken has a name in itself, ours first", () => {
  expect([...SPOKEN.slice(0, 5)].sort()).toEqual([...languages].sort());
  expect(new Set(SPOKEN).size).toBe(SPOKEN.length);
  for (const code of SPOKEN) expect(ownLanguageName(code), code).not.toMatch(new RegExp(`^${code}$`, "i"));
  expect(ownLanguageName("az")).toBe("Azərbaycan");
  expect(ownLanguageName("ky")).toBe("Кыргызча");
});
