import { ALL } from "../countries/rules";
import { formatTime } from "../i18n/dates";
import type { Words } from "../i18n/words";
import { dayIn, MOSCOW, startOfDay } from "../moments/rules";
import { cityOf, lastMinute } from "./in-words";
import { type Chain, type Deadline, lastDay, stateOf, type Texts } from "./rules";

/** The most characters that a message may have for a text of staff to be put into it: five SMS in Cyrillic, sent as one. */
const ROOM = 335;

const WHOM = {
  gray_list: { one: "message.grayOne", all: "message.grayAll", most: "message.grayMost" },
  black_list: { one: "message.blackOne", all: "message.blackAll", most: "message.blackMost" },
} as const satisfies Record<Deadline["measure"], object>;

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

function whom(deadline: Deadline, country: string, { t, country: name }: Words): string {
  const said = WHOM[deadline.measure];
  if (country !== ALL) return t(said.one, { country: name(country) });
  return deadline.exceptCountries.length > 0 ? t(said.most) : t(said.all);
}

/** Where the deadline stands, counted in no days: a message is read long after it was sent. */
function standing({ standing, replaced }: Chain, now: Date, words: Words): string | undefined {
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
 * @param country whose citizens are told, or ALL
 * @param zone where their capital is
 * @param address of the page that tells everything
 */
export function messageOf(chain: Chain, country: string, zone: string | undefined, now: Date, address: string, words: Words): string {
  const { t, language } = words;
  const { state } = stateOf(chain.standing, [chain.standing], now);
  const told = [
    t("message.deadline", { moment: moment(chain.standing, zone, words) }),
    [whom(chain.standing, country, words), standing(chain, now, words)].filter(Boolean).join(" "),
  ].map((line) => plain(line, language));
  const sentence = (texts: Texts) => plain(texts[language] ?? "", language).replace(/[.\s]+$/, "");
  const { consequence, afterwards } = chain.standing;
  const what = [
    state === "passed" && sentence(afterwards) && `${sentence(afterwards)}.`,
    state !== "cancelled" && sentence(consequence) && t("message.consequence", { text: sentence(consequence) }),
  ];
  const fits = what.find((line) => line && [...told, line, address].join("\n").length <= ROOM);
  return [...told, ...(fits ? [fits] : []), address].join("\n");
}
