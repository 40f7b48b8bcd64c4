import type { Correction, OtherCorrection, Said } from "../corrections/read";
import { ALL, concerns } from "../countries/rules";
import { whomInWords } from "../deadlines/in-words";
import { type Deadline, groupByChain, lastDay } from "../deadlines/rules";
import { textIn, type Words } from "../i18n/words";
import { isFlow } from "../measures/rules";
import { type FigureSnapshot, hasFigure, type Snapshot } from "../snapshots/rules";
import { deadlineLines, type Line } from "./deadline-lines";
import type { Entry, Feed } from "./feed";
import { fitLine } from "./text";

/** The most entries that a feed has. */
export const MOST_ENTRIES = 50;

export type News = {
  /** Whose news, or ALL for every country's. */
  country: string;
  zone: string | undefined;
  origin: string;
  deadlines: readonly Deadline[];
  times: ReadonlyMap<string, { first: Date; last: Date }>;
  /** With the instant at which each was first recorded. */
  figures: readonly { snapshot: Snapshot; first: Date }[];
  corrections: readonly Correction[];
  otherCorrections: readonly OtherCorrection[];
};

/** A name for ever (RFC 4151): the same wherever the entry stands, in every language. */
const tag = ({ origin }: News, ...parts: (string | number)[]) =>
  `tag:${new URL(origin).hostname},2026:${parts.map((part) => encodeURIComponent(part)).join("/")}`;

const page = (news: News, words: Words, path: string) => `${news.origin}/${words.language}/${path}`;
const countryPage = (news: News, words: Words) => page(news, words, `countries/${news.country.toLowerCase()}`);

function deadlineEntry(news: News, deadline: Deadline, chain: readonly Deadline[], words: Words): Entry[] {
  const times = news.times.get(deadline.statementId);
  if (!times) return [];
  const event = deadline.cancelled ? "cancelled" : deadline.replaces === null ? "announced" : "extended";
  const replaced = chain.filter((d) => d.statementId === deadline.replaces);
  const next = chain.find((d) => d.replaces === deadline.statementId);
  const nextTimes = next && news.times.get(next.statementId);
  return [
    {
      id: tag(news, "deadlines", deadline.statementId),
      url: countryPage(news, words),
      title: words.t(`feed.${event}`, { day: words.day(lastDay(deadline)), whom: whomInWords(deadline, words) }),
      lines: [
        ...deadlineLines(deadline, { replaced, next }, news.zone, words),
        { text: `${words.t("figure.source")}:` },
        { text: deadline.source.title, language: "" },
      ],
      author: deadline.source.title,
      published: times.first,
      // What comes after it is news of it as well: its own entry says so from then on.
      updated: nextTimes && nextTimes.last > times.last ? nextTimes.last : times.last,
    },
  ];
}

function about(snapshot: FigureSnapshot, { t, moment, day }: Words): string {
  const told = moment(snapshot.asOf);
  if (!isFlow(snapshot.measure)) return t("figure.asOf", { moment: told });
  return snapshot.periodStart
    ? t("figure.period", { start: day(snapshot.periodStart), moment: told })
    : t("figure.periodUnknown", { moment: told });
}

function figureEntry(news: News, snapshot: FigureSnapshot, first: Date, words: Words): Entry {
  const { t } = words;
  const { source, answer } = snapshot;
  const figure = words.figure(answer.figure);
  const name = { country: words.country(snapshot.country), measure: t(`measures.${snapshot.measure}`) };
  const said = (key: "figure.saidBy" | "figure.source" | "figure.note", text: string | null): Line[] =>
    text ? [{ text: `${t(key)}:` }, { text, language: "" }] : [];
  return {
    id: tag(news, "snapshots", snapshot.statementId),
    url: page(news, words, `snapshots/${encodeURIComponent(snapshot.statementId)}`),
    title: t("feed.figure", { ...name, figure }),
    lines: [
      { text: `${name.country}, ${name.measure}: ${figure} ${t("figure.people")}, ${about(snapshot, words)}` },
      { text: t(`explained.${snapshot.measure}`) },
      ...(answer.wording ? [{ text: t("figure.inWords", { wording: answer.wording }) }] : []),
      ...said("figure.saidBy", [source.speaker, source.speakerRole].filter(Boolean).join(", ")),
      ...said("figure.source", source.title),
      ...said("figure.note", snapshot.note),
    ],
    author: source.speaker ?? source.publisher ?? source.title,
    published: first,
    updated: snapshot.recordedAt,
  };
}

function saidInWords({ answer, asOf, withdrawn, rank }: Said, words: Words): string {
  const { t, moment } = words;
  if (withdrawn) return t("corrections.withdrawn");
  const ranked = { preferred: t("corrections.ranks.preferred"), normal: "", deprecated: t("corrections.ranks.deprecated") }[rank];
  const told =
    answer.kind === "figure"
      ? words.figure(answer.figure)
      : answer.kind === "missing"
        ? t(`missing.${answer.reason}`)
        : t("figure.askedAgain", { moment: moment(asOf) });
  return [told, moment(asOf), ranked].filter(Boolean).join(", ");
}

type Changed = { feature: string; statementId: string; revision: number; at: Date; reason: string };

/** A correction is the record's own word; whoever said the figure said it once. */
function correctionEntry(news: News, changed: Changed, url: string, what: string, lines: Line[], words: Words): Entry {
  const { feature, statementId, revision, at, reason } = changed;
  return {
    id: tag(news, feature, statementId, revision),
    url,
    title: words.t("feed.correction", { what }),
    lines: [...lines, { text: `${words.t("snapshot.reason")}:` }, { text: reason, language: "" }],
    author: "Muhlat",
    published: at,
    updated: at,
  };
}

const change = (before: string, after: string, { t }: Words): Line => ({
  text: before === after ? after : t("corrections.change", { before, after }),
});

function figureCorrection(news: News, correction: Correction, words: Words): Entry {
  const { before, after } = correction;
  const what = `${words.country(after.country)}, ${words.t(`measures.${after.measure}`)}`;
  const url = page(news, words, `snapshots/${encodeURIComponent(correction.statementId)}`);
  const lines = [
    change(saidInWords(before, words), saidInWords(after, words), words),
    { text: `${words.t("figure.source")}:` },
    { text: correction.sourceTitle, language: "" },
  ];
  return correctionEntry(news, { feature: "snapshots", ...correction }, url, what, lines, words);
}

function otherCorrection(news: News, correction: OtherCorrection, words: Words): Entry {
  const { t, moment, language } = words;
  const { before, after, feature } = correction;
  const told = moment({ text: before.when });
  const text = textIn(after.text, language);
  const what = feature === "deadlines" ? t("corrections.deadline") : t("corrections.event");
  const lines = [
    ...(text ? [{ text: text.text, ...(text.language === language ? {} : { language: text.language }) }] : []),
    change(told, after.withdrawn ? t("corrections.withdrawn") : moment({ text: after.when }), words),
  ];
  return correctionEntry(news, correction, countryPage(news, words), `${what}, ${told}`, lines, words);
}

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
