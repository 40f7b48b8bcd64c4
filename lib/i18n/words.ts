import { ALL } from "../countries/rules";
import type { Age, Moment } from "../moments/rules";
import type { Figure } from "../snapshots/rules";
import { countryName } from "./country-names";
import { formatDay, formatDayShort, formatInstant, formatMoment, formatMonthShort } from "./dates";
import { isLanguage, type Language, languages } from "./languages";
import { formatDecimal, formatNumber, formatShare, formatThreshold, formatWorkedOut } from "./numbers";
import { type Translator, translator } from "./translator";

/** Everything a page needs to speak one language: its texts, and numbers, dates and names in it. */
export type Words = {
  language: Language;
  t: Translator;
  number: (value: number) => string;
  /** A number that was worked out, rounded as such. */
  workedOut: (value: number) => string;
  /** A number with at most one digit behind the point. */
  decimal: (value: number) => string;
  share: (share: number) => string;
  /** A number of days with at most one digit behind the point: `20.5 days`. */
  days: (days: number) => string;
  day: (iso: string) => string;
  moment: (moment: Pick<Moment, "text">) => string;
  instant: (instant: Date) => string;
  /** A month, and a day, as short as the foot of a chart wants them. */
  monthShort: (instant: Date) => string;
  dayShort: (instant: Date) => string;
  country: (code: string) => string;
  figure: (figure: Figure) => string;
  age: (age: Age) => string;
};

const made = new Map<Language, Words>();

/** The words of a language; made once. */
export function wordsFor(language: Language): Words {
  const found = made.get(language);
  if (found) return found;
  const t = translator(language);
  const number = (value: number) => formatNumber(language, value);
  const words: Words = {
    language,
    t,
    number,
    workedOut: (value) => formatWorkedOut(language, value),
    decimal: (value) => formatDecimal(language, value),
    share: (share) => formatShare(language, share),
    days: (days) => t("reading.days", { count: Math.round(days * 10) / 10, days: formatDecimal(language, days) }),
    day: (iso) => formatDay(language, iso),
    moment: (moment) => formatMoment(language, moment),
    instant: (instant) => formatInstant(language, instant),
    monthShort: (instant) => formatMonthShort(language, instant),
    dayShort: (instant) => formatDayShort(language, instant),
    country: (code) => (code === ALL ? t("home.all") : countryName(language, code)),
    figure: (figure) => {
      if (figure.qualifier === "between") return t("figure.between", { low: number(figure.low), high: number(figure.high) });
      const threshold = figure.qualifier === "more_than" || figure.qualifier === "less_than";
      return t(`figure.${figure.qualifier}`, { value: threshold ? formatThreshold(language, figure.value) : number(figure.value) });
    },
    age: ({ unit, count }) => (count === 0 ? t("age.today") : t(`age.${unit}`, { count })),
  };
  made.set(language, words);
  return words;
}

/** A text that staff gave in some languages: in the reader's where it exists, else in another, which is then named. */
export function textIn(texts: Partial<Record<Language, string>>, language: Language): { text: string; language: Language } | undefined {
  const order: Language[] = [language, "ru", "en", ...languages];
  const found = order.find((l) => texts[l]);
  const text = found && texts[found];
  return text && isLanguage(found) ? { text, language: found } : undefined;
}
