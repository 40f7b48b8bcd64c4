import type { Messages } from "../i18n/translator";
import { type Count, LIMIT, type Share, type Stay, type Verdict, type Year } from "./rules";

/**
 * The words in which a count is told, sent along with the page, as browsers lack three of the five languages.
 * `day` holds `{d}`, `{m}`, `{y}`; `months` stand for `{m}`; `days` holds `{days}` for each plural category.
 */
export type StayWords = {
  language: string;
  day: string;
  months: readonly string[];
  days: Partial<Record<Intl.LDMLPluralRule, string>>;
  said: Messages["days"]["said"];
};

type Key = keyof StayWords["said"];

/** Puts values into the places of a pattern that bear their names. */
export const fill = (pattern: string, values: Record<string, string | number>): string =>
  pattern.replace(/\{(\w+)\}/g, (_place, name: string) => String(values[name] ?? ""));

/** How one language says a day, a number of days, and the sentences around them. */
export type Voice = {
  day: (iso: string) => string;
  days: (count: number) => string;
  say: (key: Key, values?: Record<string, string | number>) => string;
};

/** The voice that speaks by these words. */
export function voiceOf(words: StayWords): Voice {
  // Where the browser does not know the language it answers for another, and all forms are alike; the oldest know none.
  const plural = Intl.PluralRules && new Intl.PluralRules(words.language);
  return {
    day: (iso) => {
      const [y = "", m, d] = iso.split("-");
      return fill(words.day, { y, m: words.months[Number(m) - 1] ?? "", d: Number(d) });
    },
    days: (count) => fill(words.days[plural?.select(count) ?? "many"] ?? words.days.other ?? "", { days: count }),
    say: (key, values = {}) => fill(words.said[key], values),
  };
}

/** A verdict in words: how it stands, the day, what to know with it; `sign` is the state's in the visual language. */
export type Told = { sign: "ahead" | "last_days" | "today" | "passed"; head: string; state: string; notes: string[]; lastDay?: string };

/** Days left from which on the last day is near, as with deadlines. */
const NEAR = 7;

const firstOfYear = (year: number) => `${year}-01-01`;

/** A verdict in words; `lastDay` is there where it is still to come, so that it can go into a calendar. */
export function verdictInWords(verdict: Verdict, today: string, open: boolean, voice: Voice): Told {
  const { day, days, say } = voice;
  const newYear = (lastDay: string) => {
    const year = Number(lastDay.slice(0, 4));
    return year > Number(today.slice(0, 4)) ? [say("newYear", { day: day(firstOfYear(year)) })] : [];
  };
  const supposed = (from: string) => (open ? [] : [say("supposed", { day: day(from) })]);
  switch (verdict.kind) {
    case "passed":
      return {
        sign: "passed",
        head: say("passedHead", { day: day(verdict.lastDay) }),
        state: say("passed", { year: verdict.year, days: days(verdict.over) }),
        notes: verdict.unbroken ? [say("unbroken"), say("ask")] : [say("ask")],
      };
    case "will_pass":
      return {
        sign: "passed",
        head: say("willPassHead", { day: day(verdict.lastDay) }),
        state: say("willPass", { year: verdict.year, days: days(verdict.over) }),
        notes: newYear(verdict.lastDay),
        lastDay: verdict.lastDay >= today ? verdict.lastDay : undefined,
      };
    case "inside":
      return {
        sign: verdict.toGo > NEAR ? "ahead" : verdict.toGo > 0 ? "last_days" : "today",
        head: say("lastDay", { day: day(verdict.lastDay) }),
        state: verdict.toGo === 0 ? say("todayIsLast") : say("toGo", { days: days(verdict.toGo) }),
        notes: [...newYear(verdict.lastDay), ...supposed(verdict.from)],
        lastDay: verdict.lastDay,
      };
    case "planned":
      return {
        sign: "ahead",
        head: say("lastDay", { day: day(verdict.lastDay) }),
        state: say("planned"),
        notes: [...newYear(verdict.lastDay), say("supposed", { day: day(verdict.from) })],
        lastDay: verdict.lastDay,
      };
    case "no_days":
      return {
        sign: "passed",
        head: say("noDaysHead", { day: day(verdict.from) }),
        state: say("usedUp", { year: verdict.year }),
        notes: [say("newYear", { day: day(firstOfYear(verdict.year + 1)) })],
      };
    case "away":
      return {
        sign: verdict.left > NEAR ? "ahead" : "last_days",
        head: say("awayHead"),
        state: say("away", { year: verdict.year, days: days(verdict.left) }),
        notes: [say("ifToday", { today: day(verdict.from), day: day(verdict.lastDay) }), ...newYear(verdict.lastDay)],
      };
    case "used_up":
      return {
        sign: "passed",
        head: say("awayHead"),
        state: say("usedUp", { year: verdict.year }),
        notes: [say("newYear", { day: day(firstOfYear(verdict.year + 1)) })],
      };
  }
}

/**
 * The first year of which it is told what is left: this one, as nothing of an earlier one can be used any more.
 * None where the limit was passed and one has stayed on, as it is not known whether a new year helps then.
 */
export const leftToldFrom = (verdict: Verdict, today: string): number =>
  verdict.kind === "passed" && verdict.unbroken ? Number.POSITIVE_INFINITY : Number(today.slice(0, 4));

/** A calendar year in words: what is used, planned, over, and what is left where `leftToo`. */
export function yearInWords({ used, planned, left, over }: Year, { days, say }: Voice, leftToo: boolean): string {
  const parts = [say("used", { days: days(used), limit: LIMIT })];
  if (planned > 0) parts.push(say("plannedDays", { days: days(planned) }));
  if (over > 0) parts.push(say("over", { days: days(over) }));
  else if (leftToo) parts.push(say("left", { days: days(left) }));
  return parts.join(" ");
}

/** What one stay adds, in words. */
export function shareInWords({ arrived, left }: Stay, { days, shared }: Share, voice: Voice): string {
  const to = left === null ? voice.say("stillThere") : voice.day(left);
  const told = voice.say("share", { from: voice.day(arrived), to, days: voice.days(days) });
  return shared > 0 ? `${told} ${voice.say("shared", { days: voice.days(shared) })}` : told;
}

/** The year in which the rule was told; how days of earlier ones were counted is not known to us. */
const RULE_TOLD = 2025;

/** Whether a count speaks of years of which no source says how their days were counted. */
export const beforeRule = ({ years }: Pick<Count, "years">): boolean => years.some(({ year }) => year < RULE_TOLD);
