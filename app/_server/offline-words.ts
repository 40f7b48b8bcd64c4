import { languages } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";

/** An instant of each month whose year, day and time can be told apart in every language. */
const month = (number: number) => new Date(`3000-${String(number).padStart(2, "0")}-17T11:44:00+03:00`);

/** What the offline worker says in each language; the dates are those of the pages, with places for day, year and time. */
export function offlineWords() {
  const of = languages.map((language) => {
    const { t, instant } = wordsFor(language);
    const months = Array.from({ length: 12 }, (_, index) =>
      instant(month(index + 1))
        .replace("3000", "{year}")
        .replace("17", "{day}")
        .replace("11:44", "{time}"),
    );
    return [
      language,
      {
        copy: t("offline.copy", { instant: "{instant}" }),
        title: t("offline.title"),
        text: t("offline.text"),
        kept: t("offline.kept"),
        nothingKept: t("offline.nothingKept"),
        months,
      },
    ] as const;
  });
  return Object.fromEntries(of);
}
