import { type Chain, type Deadline, type DeadlineState, lastDay, stateOf } from "@/lib/deadlines/rules";
import type { Words } from "@/lib/i18n/words";
import { dayIn, MOSCOW } from "@/lib/moments/rules";
import type { FigureSnapshot } from "@/lib/snapshots/rules";
import { stateInWords } from "./deadline-card";
import { aboutWhen } from "./figure";

/** What a share picture says in one language; every text stays true when the picture is seen years later. */
export type Picture = {
  name: string;
  country: string;
  /** How the deadline stands; `none` where none is known. */
  state: DeadlineState["state"] | "none";
  /** What the date is: a deadline, one that has passed, one that was moved. */
  heading: string;
  date: string | null;
  /** Said smaller, as of the day on which the picture was drawn. */
  lines: string[];
};

/** The deadline that was moved to a later day by the one that stands. */
function extendedFrom({ standing, replaced }: Chain): Deadline | undefined {
  return replaced.find((d) => d.statementId === standing.replaces && !d.cancelled && d.endsAt < standing.endsAt);
}

function deadlineInWords(chain: Chain, now: Date, words: Words): Omit<Picture, "name" | "country"> {
  const { t } = words;
  const { standing } = chain;
  const state = stateOf(standing, [standing], now);
  const today = words.day(dayIn(MOSCOW, now));
  const told = { state: stateInWords(state, words), day: today };
  const date = words.day(lastDay(standing));
  switch (state.state) {
    case "cancelled":
      return { state: "cancelled", heading: t("deadline.cancelled"), date, lines: [t("figure.asOf", { moment: today })] };
    case "today":
      // The hours left would be wrong within the hour.
      return { state: "today", heading: t("picture.lastDay"), date, lines: [t("figure.asOf", { moment: today })] };
    case "passed":
      return { state: "passed", heading: t("picture.passed"), date, lines: [t("picture.passedAsOf", told)] };
    default: {
      const asOf = t("picture.asOf", told);
      const earlier = extendedFrom(chain);
      if (!earlier) return { state: state.state, heading: t("picture.deadline"), date, lines: [asOf] };
      const before = t("picture.before", { day: words.day(lastDay(earlier)) });
      return { state: "extended", heading: t("picture.extended"), date, lines: [asOf, before] };
    }
  }
}

/**
 * What the picture of a country says: its deadline, and the newest figure of its gray list.
 * @param chain the obligation it is about; undefined where none binds the country
 * @param newest the figure in front of that list
 */
export function pictureOf(code: string, chain: Chain | undefined, newest: FigureSnapshot | undefined, now: Date, words: Words): Picture {
  const { t } = words;
  const counted =
    newest && `${t("measures.gray_list")}: ${words.figure(newest.answer.figure)} ${t("figure.people")}, ${aboutWhen(newest, words)}`;
  const deadline = chain
    ? deadlineInWords(chain, now, words)
    : {
        state: "none" as const,
        heading: t("picture.none"),
        date: null,
        lines: [t("picture.noneAsOf", { day: words.day(dayIn(MOSCOW, now)) })],
      };
  return { name: t("site.name"), country: words.country(code), ...deadline, lines: [...deadline.lines, ...(counted ? [counted] : [])] };
}
