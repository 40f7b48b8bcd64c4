import type { Words } from "@/lib/i18n/words";
import type { Measure } from "@/lib/measures/rules";
import { isFlow } from "@/lib/measures/rules";
import { ageOf } from "@/lib/moments/rules";
import { type FigureSnapshot, newestFigure, type Snapshot, type Source } from "@/lib/snapshots/rules";
import { pagePath, type Vintage } from "@/lib/vintage";

/** Who said it and where it was read. Speakers, offices and titles stand as the source writes them. */
export function SourceLine({ source, words }: { source: Source; words: Words }) {
  const { t } = words;
  const who = [source.speaker, source.speakerRole].filter(Boolean).join(", ");
  return (
    <>
      {who && (
        <span className="line">
          {t("figure.saidBy")}: <span lang="">{who}</span>
        </span>
      )}
      <span className="line">
        {t("figure.source")}:{" "}
        {source.url ? (
          <a href={source.url} rel="noreferrer" lang="">
            {source.title}
          </a>
        ) : (
          <>
            <span lang="">{source.title}</span> <small className="aside">({t("figure.noAddress")})</small>
          </>
        )}
        {source.publishedOn && <>, {t("figure.published", { moment: words.moment({ text: source.publishedOn }) })}</>}
      </span>
    </>
  );
}

/** The span a figure is about: a moment for a stock, a period for a flow. */
export function aboutWhen(snapshot: Pick<Snapshot, "measure" | "asOf" | "periodStart">, words: Words): string {
  const moment = words.moment(snapshot.asOf);
  if (!isFlow(snapshot.measure)) return words.t("figure.asOf", { moment });
  return snapshot.periodStart
    ? words.t("figure.period", { start: words.day(snapshot.periodStart), moment })
    : words.t("figure.periodUnknown", { moment });
}

function FigureDetails({ snapshot, vintage, words }: { snapshot: FigureSnapshot; vintage: Vintage | undefined; words: Words }) {
  const { t } = words;
  const { wording, childrenShare } = snapshot.answer;
  return (
    <div className="details">
      {childrenShare !== null && <span className="line">{t("figure.children", { share: words.share(childrenShare) })}</span>}
      {wording && <span className="line">{t("figure.inWords", { wording })}</span>}
      <SourceLine source={snapshot.source} words={words} />
      {snapshot.note && (
        <span className="line">
          {t("figure.note")}: <span lang="">{snapshot.note}</span>
        </span>
      )}
      <a className="line" href={`/${words.language}/${pagePath(`snapshots/${snapshot.statementId}`, vintage)}`}>
        {t("figure.details")}
      </a>
    </div>
  );
}

/**
 * The newest figure of one count with its age, or the words that nothing is known.
 * @param registryOpened day since which counts of this registry are looked for
 * @param vintage the past day that the page shows
 */
export function NewestFigure({
  measure,
  series,
  registryOpened,
  now,
  vintage,
  words,
}: {
  measure: Measure;
  series: readonly Snapshot[];
  registryOpened: string | undefined;
  now: Date;
  vintage: Vintage | undefined;
  words: Words;
}) {
  const { t } = words;
  const newest = newestFigure(series);
  const asked = series.filter((s) => s.answer.kind !== "figure" && (!newest || s.asOf.from > newest.figure.asOf.from));
  return (
    <>
      {newest ? (
        <div className="newest">
          <p className="number">
            <strong>{words.figure(newest.figure.answer.figure)}</strong> {t("figure.people")}
          </p>
          <p className="when">
            {aboutWhen(newest.figure, words)} · <span className="age">{words.age(ageOf(newest.figure.asOf, now))}</span>
          </p>
          <FigureDetails snapshot={newest.figure} vintage={vintage} words={words} />
          {newest.rivals.length > 0 && (
            <div className="rivals">
              <p>{t("figure.others")}:</p>
              <ul>
                {newest.rivals.map((rival) => (
                  <li key={rival.statementId}>
                    <a href={`/${words.language}/${pagePath(`snapshots/${rival.statementId}`, vintage)}`}>
                      {words.figure(rival.answer.figure)}
                    </a>{" "}
                    ({aboutWhen(rival, words)})
                  </li>
                ))}
              </ul>
            </div>
          )}
        </div>
      ) : (
        <p className="nothing">{registryOpened ? t("figure.nothing", { day: words.day(registryOpened) }) : t("figure.nothingAtAll")}</p>
      )}
      {asked.map((s) => (
        <p className="asked" key={s.statementId}>
          {s.answer.kind === "missing"
            ? t("figure.missing", { moment: words.moment(s.asOf), reason: t(`missing.${s.answer.reason}`) })
            : t("figure.askedAgain", { moment: words.moment(s.asOf) })}
        </p>
      ))}
      <p className="explained">{t(`explained.${measure}`)}</p>
    </>
  );
}
