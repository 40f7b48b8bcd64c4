import { concerns } from "../countries/rules";
import { whomInWords } from "../deadlines/in-words";
import { type Deadline, lastDay } from "../deadlines/rules";
import type { Words } from "../i18n/words";
import { isFlow } from "../measures/rules";
import type { FigureSnapshot } from "../snapshots/rules";
import { deadlineLines, type Line } from "./deadline-lines";
import type { Entry } from "./feed";
import { countryPage, type News, page, tag } from "./news";

/** A deadline that was announced, extended or cancelled; none where the record has no time of it. */
export function deadlineEntry(news: News, deadline: Deadline, chain: readonly Deadline[], words: Words): Entry[] {
  const times = news.times.get(deadline.statementId);
  if (!times) return [];
  const event = deadline.cancelled ? "cancelled" : deadline.replaces === null ? "announced" : "extended";
  const replaced = chain.filter((d) => d.statementId === deadline.replaces);
  // What replaces it for some leaves it standing for the others.
  const next = chain.find((d) => d.replaces === deadline.statementId && concerns(d, news.country));
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

/** A figure as it now stands. */
export function figureEntry(news: News, snapshot: FigureSnapshot, first: Date, words: Words): Entry {
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
