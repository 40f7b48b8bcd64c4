import { ALL } from "../countries/rules";
import { formatTime } from "../i18n/dates";
import type { Words } from "../i18n/words";
import { dayIn, MOSCOW, startOfDay } from "../moments/rules";
import { cityOf, lastMinute } from "./in-words";
import { type Chain, chainsFor, type Deadline, lastDay, standingChains, stateOf, type Texts, type Whom } from "./rules";

/** The most characters that a message may have for a text of staff to be put into it: five SMS in Cyrillic, sent as one. */
const ROOM = 335;

const WHOM = {
  gray_list: { one: "message.grayOne", all: "message.grayAll", most: "message.grayMost" },
  black_list: { one: "message.blackOne", all: "message.blackAll", most: "message.blackMost" },
} as const satisfies Record<Deadline["measure"], object>;

/** A deadline with those who are told of it. */
export type Told = Chain & { whom: Whom };

/** The deadline to tell a country's citizens of, the nearest that stands for them; for ALL, those whom it stands for among all. */
export function toldTo(country: string, deadlines: readonly Deadline[], now: Date): Told | undefined {
  if (country === ALL) return standingChains(deadlines, now).find(({ whom }) => whom.countries.includes(ALL));
  const [chain] = chainsFor(deadlines, country, now);
  return chain && { ...chain, whom: { countries: [country], exceptCountries: [] } };
}

const SIGNS: [RegExp, string][] = [
  [/[“”„«»]/g, '"'],
  [/[‘’]/g, "'"],
  [/[‐-―−]/g, "-"],
  [/…/g, "..."],
  [/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, " "],
];

/** A text without signs that a short message has no room for: in English one of them doubles its length. */
function plain(text: string, language: string): string {
  const written = SIGNS.reduce((told, [sign, instead]) => told.replace(sign, instead), text).trim();
  return language === "en" ? written.normalize("NFD").replace(/\p{M}/gu, "") : written;
}

function moment(deadline: Deadline, zone: string | undefined, words: Words): string {
  const at = lastMinute(deadline);
  const day = dayIn(MOSCOW, at);
  const inMoscow = words.t("message.inMoscow", { day: words.day(day), time: formatTime(at, MOSCOW) });
  if (!zone || zone === MOSCOW) return inMoscow;
  const there = dayIn(zone, at);
  // The year and the month were just said; which day it is there must be.
  const otherDay = there === day ? "" : `${words.dayShort(startOfDay(there, MOSCOW))}, `;
  return `${inMoscow} (${cityOf(zone, words) ?? zone}: ${otherDay}${formatTime(at, zone)})`;
}

function whomTold({ standing, whom }: Told, { t, country }: Words): string {
  const said = WHOM[standing.measure];
  if (!whom.countries.includes(ALL)) return t(said.one, { country: whom.countries.map(country).join(", ") });
  return whom.exceptCountries.length > 0 ? t(said.most) : t(said.all);
}

/** Where the deadline stands, counted in no days: a message is read long after it was sent. */
function fate({ standing, replaced }: Told, now: Date, words: Words): string | undefined {
  const { t, day } = words;
  const { state } = stateOf(standing, [standing], now);
  if (state === "cancelled") return t("message.cancelled");
  if (state === "passed") return t("message.passed", { day: day(dayIn(MOSCOW, now)) });
  const [before] = replaced.filter((d) => stateOf(d, [standing, ...replaced], now).state === "extended");
  return before && t("message.extended", { day: day(lastDay(before)) });
}

/**
 * A deadline as a short text to pass on: the moment, whom it binds, what became of it, what follows, the
 * address; each on a line. A text of staff stands in it where it exists in the language and there is room.
 * @param zone where the capital of those it is sent to is
 * @param address of the page that tells everything
 */
export function messageOf(told: Told, zone: string | undefined, now: Date, address: string, words: Words): string {
  const { t, language } = words;
  const { state } = stateOf(told.standing, [told.standing], now);
  const first = [
    t("message.deadline", { moment: moment(told.standing, zone, words) }),
    [whomTold(told, words), fate(told, now, words)].filter(Boolean).join(" "),
  ].map((line) => plain(line, language));
  const sentence = (texts: Texts) => plain(texts[language] ?? "", language).replace(/[.\s]+$/, "");
  const { consequence, afterwards } = told.standing;
  const what = [
    state === "passed" && sentence(afterwards) && `${sentence(afterwards)}.`,
    state !== "cancelled" && sentence(consequence) && t("message.consequence", { text: sentence(consequence) }),
  ];
  const fits = what.find((line) => line && [...first, line, address].join("\n").length <= ROOM);
  return [...first, ...(fits ? [fits] : []), address].join("\n");
}
