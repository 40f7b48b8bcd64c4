import { dayIn, MOSCOW, type Moment, momentOf } from "../moments/rules";
import type { Language } from "./languages";

// The platform's Kyrgyz, Uzbek and Tajik dates are abbreviations or stubs, so all five are written here.
type Words = {
  /** Month names as they stand alone with a year. */
  months: readonly string[];
  /** Month names as they stand behind a day. */
  withDay: readonly string[];
  day: (days: string, month: string, year: string) => string;
  month: (month: string, year: string) => string;
  year: (year: string) => string;
};

const RU_GENITIVE = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"];
const RU = ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"];
const EN = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const KY = ["январы", "февралы", "марты", "апрели", "майы", "июну", "июлу", "августу", "сентябры", "октябры", "ноябры", "декабры"];
const UZ = ["yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avgust", "sentabr", "oktabr", "noyabr", "dekabr"];
const TG = ["январи", "феврали", "марти", "апрели", "майи", "июни", "июли", "августи", "сентябри", "октябри", "ноябри", "декабри"];

const WORDS: Record<Language, Words> = {
  en: { months: EN, withDay: EN, day: (d, m, y) => `${d} ${m} ${y}`, month: (m, y) => `${m} ${y}`, year: (y) => y },
  ru: { months: RU, withDay: RU_GENITIVE, day: (d, m, y) => `${d} ${m} ${y}`, month: (m, y) => `${m} ${y}`, year: (y) => `${y} год` },
  ky: { months: KY, withDay: KY, day: (d, m, y) => `${y}-жылдын ${d}-${m}`, month: (m, y) => `${y}-жылдын ${m}`, year: (y) => `${y}-жыл` },
  uz: { months: UZ, withDay: UZ, day: (d, m, y) => `${y}-yil ${d}-${m}`, month: (m, y) => `${y}-yil ${m}`, year: (y) => `${y}-yil` },
  tg: { months: TG, withDay: TG, day: (d, m, y) => `${d} ${m} ${y}`, month: (m, y) => `${m} ${y}`, year: (y) => `соли ${y}` },
};

const split = (iso: string) => {
  const [year = "", month = "", day = ""] = iso.split("-");
  return { year, month: Number(month) - 1, day: String(Number(day)) };
};

/** A calendar day, `2025-09-10`, in words: `10 September 2025`. */
export function formatDay(language: Language, iso: string): string {
  const { year, month, day } = split(iso);
  const words = WORDS[language];
  return words.day(day, words.withDay[month] ?? "", year);
}

/** How a calendar day is put together, for where this table cannot come along: `{d} {m} {y}`, and the months for `{m}`. */
export function dayPattern(language: Language): { day: string; months: readonly string[] } {
  return { day: WORDS[language].day("{d}", "{m}", "{y}"), months: WORDS[language].withDay };
}

function formatPart(language: Language, iso: string): string {
  const words = WORDS[language];
  if (iso.includes("T")) return formatInstant(language, momentOf(iso).from);
  if (iso.length === 4) return words.year(iso);
  if (iso.length === 7) {
    const { year, month } = split(iso);
    return words.month(words.months[month] ?? "", year);
  }
  return formatDay(language, iso);
}

/** A moment at the precision its source gave, in words; a span of days in one month is drawn together: `1–5 July 2025`. */
export function formatMoment(language: Language, moment: Pick<Moment, "text">): string {
  const [first = "", last] = moment.text.split("/");
  if (last === undefined) return formatPart(language, first);
  if (first.length === 10 && last.length === 10 && first.slice(0, 7) === last.slice(0, 7)) {
    const { year, month, day } = split(last);
    return WORDS[language].day(`${split(first).day}–${day}`, WORDS[language].withDay[month] ?? "", year);
  }
  return `${formatPart(language, first)} – ${formatPart(language, last)}`;
}

/** Hours and minutes of an instant in a zone: `23:59`. */
export function formatTime(instant: Date, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(instant);
}

const MOSCOW_IN: Record<Language, string> = { en: "Moscow", ru: "Москва", ky: "Москва", uz: "Moskva", tg: "Москва" };

/** An instant in words, with the zone it is told in: `10 September 2025, 23:59 (Moscow)`. */
export function formatInstant(language: Language, instant: Date): string {
  return `${formatDay(language, dayIn(MOSCOW, instant))}, ${formatTime(instant, MOSCOW)} (${MOSCOW_IN[language]})`;
}

/** A month for the foot of a chart, as short as it goes: `Jul 2025`, elsewhere `07.2025`. */
export function formatMonthShort(language: Language, instant: Date): string {
  const { year, month } = split(dayIn(MOSCOW, instant));
  return language === "en" ? `${EN[month]?.slice(0, 3)} ${year}` : `${String(month + 1).padStart(2, "0")}.${year}`;
}

/** A day for the foot of a chart: `5 Jul`, elsewhere `05.07`. */
export function formatDayShort(language: Language, instant: Date): string {
  const { month, day } = split(dayIn(MOSCOW, instant));
  return language === "en" ? `${day} ${EN[month]?.slice(0, 3)}` : `${day.padStart(2, "0")}.${String(month + 1).padStart(2, "0")}`;
}
