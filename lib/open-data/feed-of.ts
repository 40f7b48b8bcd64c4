import { ALL, concerns } from "../countries/rules";
import { groupByChain } from "../deadlines/rules";
import type { Words } from "../i18n/words";
import { hasFigure } from "../snapshots/rules";
import { figureCorrection, otherCorrection } from "./correction-entries";
import { deadlineEntry, figureEntry } from "./entries";
import type { Feed } from "./feed";
import { countryPage, type News, tag } from "./news";
import { fitLine } from "./text";

/** The most entries that a feed has. */
export const MOST_ENTRIES = 50;

/** What a country's record took up and changed, newest first: deadlines, figures, corrections. No clock is asked. */
export function feedOf(news: News, words: Words): Feed {
  const { origin, country } = news;
  const code = country.toLowerCase();
  const file = (ending: string) => `${origin}/feed/${code}.${ending}?lang=${words.language}`;
  const chains = [...groupByChain(news.deadlines).values()];
  const entries = [
    ...chains.flatMap((chain) =>
      chain.filter((d) => country === ALL || concerns(d, country)).flatMap((d) => deadlineEntry(news, d, chain, words)),
    ),
    ...news.figures.flatMap(({ snapshot, first }) => (hasFigure(snapshot) ? [figureEntry(news, snapshot, first, words)] : [])),
    ...news.corrections.map((correction) => figureCorrection(news, correction, words)),
    ...news.otherCorrections.map((correction) => otherCorrection(news, correction, words)),
  ];
  entries.sort((a, b) => b.updated.getTime() - a.updated.getTime() || (a.id < b.id ? -1 : 1));
  return {
    id: tag(news, "feed", code, words.language),
    title: fitLine(words.t("feed.title", { country: words.country(country) })),
    language: words.language,
    home: countryPage(news, words),
    atom: file("atom"),
    json: file("json"),
    entries: entries.slice(0, MOST_ENTRIES),
  };
}
