import { dayPattern } from "@/lib/i18n/dates";
import { MESSAGES } from "@/lib/i18n/translator";
import type { Words } from "@/lib/i18n/words";
import type { StayWords } from "@/lib/stays/wording";

/** What the browser needs to tell a count in the page's language; a number for each plural category that one of the five has. */
export function stayWords({ language, t }: Words): StayWords {
  const days = (count: number) => t("reading.days", { count, days: "{days}" });
  return {
    language,
    ...dayPattern(language),
    days: { one: days(1), few: days(2), many: days(5), other: days(1.5) },
    said: MESSAGES[language].days.said,
  };
}
