import type { Whom, whatChanges } from "@/lib/deadlines/rules";
import type { Words } from "@/lib/i18n/words";

/** Citizens of whom, as part of a sentence. */
export function citizens({ countries, exceptCountries }: Whom, { t, country, language }: Words): string {
  const list = (codes: string[]) => new Intl.ListFormat(language, { type: "conjunction" }).format(codes.map(country));
  if (!countries.includes("ALL")) return t("deadlines.citizens", { countries: list(countries) });
  return exceptCountries.length === 0 ? t("deadlines.everybody") : t("deadlines.everybodyExcept", { countries: list(exceptCountries) });
}

/** What will change for whom, a sentence for each who are concerned alike. */
export function changesInWords(changes: ReturnType<typeof whatChanges>, words: Words): string[] {
  const { t, day } = words;
  if (changes.length === 0) return [t("deadlines.changes.textOnly")];
  return changes.map((change) => {
    const told = { whom: citizens(change.whom, words), day: day(change.day) };
    if (change.code === "moves") return t("deadlines.changes.moves", { ...told, from: day(change.from) });
    if (change.code === "other_list") {
      const measure = t(`measures.${change.measure}`).toLocaleLowerCase(words.language);
      return t("deadlines.changes.otherList", { ...told, measure });
    }
    return t(`deadlines.changes.${change.code}`, told);
  });
}
