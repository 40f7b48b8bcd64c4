import type { Correction, OtherCorrection, Said } from "../corrections/read";
import { changeInWords } from "../history/in-words";
import { textIn, type Words } from "../i18n/words";
import type { Line } from "./deadline-lines";
import type { Entry } from "./feed";
import { countryPage, type News, page, tag } from "./news";

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

/** A figure that was corrected, ranked otherwise or withdrawn. */
export function figureCorrection(news: News, correction: Correction, words: Words): Entry {
  const { before, after } = correction;
  const what = `${words.country(after.country)}, ${words.t(`measures.${after.measure}`)}`;
  const url = page(news, words, `snapshots/${encodeURIComponent(correction.statementId)}`);
  const lines = [
    change(saidInWords(before, words), saidInWords(after, words), words),
    ...correction.changed.map((changed) => ({ text: changeInWords(changed, words) })),
    { text: `${words.t("figure.source")}:` },
    { text: correction.sourceTitle, language: "" },
  ];
  return correctionEntry(news, { feature: "snapshots", ...correction }, url, what, lines, words);
}

/** A deadline or an event that was corrected or withdrawn. */
export function otherCorrection(news: News, correction: OtherCorrection, words: Words): Entry {
  const { t, moment, language } = words;
  const { before, after, feature } = correction;
  const told = moment({ text: before.when });
  const text = textIn(after.text, language);
  const what = feature === "deadlines" ? t("corrections.deadline") : t("corrections.event");
  const lines = [
    ...(text ? [{ text: text.text, ...(text.language === language ? {} : { language: text.language }) }] : []),
    change(told, after.withdrawn ? t("corrections.withdrawn") : moment({ text: after.when }), words),
    ...correction.changed.map((changed) => ({ text: changeInWords(changed, words) })),
  ];
  return correctionEntry(news, correction, countryPage(news, words), `${what}, ${told}`, lines, words);
}
