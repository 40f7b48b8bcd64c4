import type { ComponentProps } from "react";
import { lastMoments, whomInWords } from "@/lib/deadlines/in-words";
import { type Chain, type DeadlineState, lastDay, stateOf, type Texts, turnsAt } from "@/lib/deadlines/rules";
import { LANGUAGES } from "@/lib/i18n/languages";
import { textIn, type Words } from "@/lib/i18n/words";
import { type Card, DrawnDeadline, type Piece, type Ticking } from "./drawn-deadline";

/** A sign beside the words of a state, so that it is not told by colour alone. */
export const SIGN: Record<DeadlineState["state"], string> = {
  ahead: "○",
  last_days: "◐",
  today: "●",
  passed: "✕",
  extended: "→",
  cancelled: "—",
};

/** Where a deadline stands, in words: the countdown. */
export function stateInWords(state: DeadlineState, { t, day }: Words): string {
  switch (state.state) {
    case "ahead":
    case "last_days":
      return t(`deadline.${state.state}`, { count: state.daysLeft });
    case "passed":
      return t("deadline.passed", { count: state.daysAgo });
    case "extended":
      return t("deadline.extended", { day: day(state.to) });
    case "today":
      return t("deadline.today", { hours: state.hoursLeft });
    case "cancelled":
      return t("deadline.cancelled");
  }
}

function given(texts: Texts, words: Words): Piece[] {
  const found = textIn(texts, words.language);
  if (!found) return [];
  if (found.language === words.language) return [{ text: found.text }];
  const told = words.t("site.otherLanguage", { language: LANGUAGES[found.language].name });
  return [
    { text: found.text, language: found.language },
    { text: `(${told})`, aside: true },
  ];
}

/** What a deadline's card says in one language. `zone` is where the visitor's capital is. */
export function cardOf(chain: Chain, now: Date, zone: string | undefined, words: Words): Card {
  const { t, day } = words;
  const { standing } = chain;
  const state = stateOf(standing, [standing], now);
  const measure = t(`measures.${standing.measure}`).toLocaleLowerCase(words.language);
  const binds = `${whomInWords(standing, words)} · ${t("deadline.list", { measure })}`;
  const link: Piece[] = standing.basisUrl ? [{ text: new URL(standing.basisUrl).host, link: standing.basisUrl }] : [];
  const { title, publishedOn } = standing.source;
  const published: Piece[] = publishedOn ? [{ text: `· ${t("figure.published", { moment: words.moment({ text: publishedOn }) })}` }] : [];
  // What was cancelled did not become this deadline, and a cancellation has its day already.
  const before = chain.replaced.filter((d) => stateOf(d, [standing, ...chain.replaced], now).state !== "cancelled");
  const [last] = before;
  const facts: Card["facts"] = [
    {
      name: t("deadline.binds"),
      lines: [[{ text: binds }, ...(standing.scopeAsReported ? [{ text: `(${t("deadline.asReported")})`, aside: true }] : [])]],
    },
    { name: t("deadline.consequence"), lines: [given(standing.consequence, words)] },
    { name: t("deadline.afterwards"), lines: [given(standing.afterwards, words)] },
    { name: t("deadline.basis"), lines: [[...given(standing.basis, words), ...link]] },
    { name: t("figure.source"), lines: [[{ text: title, language: "en" }, ...published]] },
    {
      name: t("deadline.before"),
      lines: before.map((d) => [{ text: `${t("deadline.replaced", { day: day(lastDay(d)) })} ·` }, ...given(d.basis, words)]),
    },
  ];
  const counts = standing.dayCounts ? t("deadline.dayCounts") : t("deadline.dayDoesNotCount", { day: day(standing.fallsOn) });
  const over = state.state === "passed" || state.state === "cancelled";
  return {
    id: `deadline-${chain.chain}`,
    state: state.state,
    sign: SIGN[state.state],
    ends: standing.endsAt.toISOString(),
    day: day(lastDay(standing)),
    stateInWords: stateInWords(state, words),
    extended: last && !standing.cancelled ? t("deadline.extendedFrom", { day: day(lastDay(last)) }) : null,
    noLater: over ? t("deadline.noLater") : null,
    // Whether the day itself counts is of use to nobody once it is over, and on a phone it costs two lines of the first screen.
    moments: [...lastMoments(standing, zone, words), ...(over ? [] : [counts])],
    facts: facts.filter(({ lines }) => lines.some((pieces) => pieces.length > 0)),
  };
}

/** What a card needs to go on counting where scripts run. */
export function tickingOf(chain: Chain, now: Date, zone: string | undefined, words: Words): Ticking {
  const { t, instant } = words;
  const { standing } = chain;
  const ahead = !standing.cancelled && standing.endsAt > now;
  return {
    counted: t("deadline.counted", { instant: instant(now) }),
    turns: turnsAt(standing, now)?.toISOString() ?? null,
    dayUnit: t("deadline.dayUnit"),
    milestones: {
      86400: t("deadline.milestones.day"),
      3600: t("deadline.milestones.hour"),
      600: t("deadline.milestones.tenMinutes"),
      60: t("deadline.milestones.minute"),
      0: t("deadline.counted", { instant: instant(standing.endsAt) }),
    },
    after: ahead ? cardOf(chain, standing.endsAt, zone, words) : null,
  };
}

type Props = {
  chain: Chain;
  now: Date;
  /** Where the visitor's capital is. */
  zone?: string | undefined;
  /** The page is of now, so that the card may go on counting; false where it shows a past day. */
  live?: boolean;
  words: Words;
} & Pick<ComponentProps<typeof DrawnDeadline>, "extent" | "heading">;

/** One obligation: the deadline that stands, with its state, and those it replaced. */
export function DeadlineCard({ chain, now, zone, live = true, extent, heading, words }: Props) {
  const ticking = live ? tickingOf(chain, now, zone, words) : undefined;
  return <DrawnDeadline card={cardOf(chain, now, zone, words)} ticking={ticking} extent={extent} heading={heading} />;
}
