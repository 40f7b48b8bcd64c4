import { lastMoments, whomInWords } from "@/lib/deadlines/in-words";
import { type Chain, type DeadlineState, lastDay, stateOf, type Texts } from "@/lib/deadlines/rules";
import { LANGUAGES } from "@/lib/i18n/languages";
import { textIn, type Words } from "@/lib/i18n/words";
import { type Card, DrawnDeadline, type Piece } from "./drawn-deadline";

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
    case "cancelled":
      return t(`deadline.${state.state}`);
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

/** What a deadline's card says in one language. */
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
  const facts: Card["facts"] = [
    {
      name: t("deadline.lastMoment"),
      lines: [
        ...lastMoments(standing, zone, words),
        standing.dayCounts ? t("deadline.dayCounts") : t("deadline.dayDoesNotCount", { day: day(standing.fallsOn) }),
      ].map((text) => [{ text }]),
    },
    {
      name: t("deadline.binds"),
      lines: [[{ text: binds }, ...(standing.scopeAsReported ? [{ text: `(${t("deadline.asReported")})`, aside: true }] : [])]],
    },
    { name: t("deadline.consequence"), lines: [given(standing.consequence, words)] },
    { name: t("deadline.afterwards"), lines: [given(standing.afterwards, words)] },
    { name: t("deadline.basis"), lines: [[...given(standing.basis, words), ...link]] },
    { name: t("figure.source"), lines: [[{ text: title, language: "en" }, ...published]] },
    { name: t("deadline.before"), lines: before.map((d) => [{ text: t("deadline.replaced", { day: day(lastDay(d)) }) }]) },
  ];
  return {
    state: state.state,
    sign: SIGN[state.state],
    ends: standing.endsAt.toISOString(),
    day: day(lastDay(standing)),
    stateInWords: stateInWords(state, words),
    noLater: state.state === "passed" || state.state === "cancelled" ? t("deadline.noLater") : null,
    facts: facts.filter(({ lines }) => lines.some((pieces) => pieces.length > 0)),
  };
}

/** One obligation: the deadline that stands, with its state, and those it replaced. `zone` is where the visitor's capital is. */
export function DeadlineCard({ chain, now, zone, words }: { chain: Chain; now: Date; zone?: string; words: Words }) {
  return <DrawnDeadline card={cardOf(chain, now, zone, words)} />;
}
