import type { CountryTest, DeadlineTest } from "@/app/_server/back-test-record";
import { whomInWords } from "@/lib/deadlines/in-words";
import { lastDay } from "@/lib/deadlines/rules";
import type { Words } from "@/lib/i18n/words";
import { type BackTest, FEW_OUTCOMES, faredOf, type Verdict, verdictOf } from "@/lib/trends/rules/back-test";
import { pagePath } from "@/lib/vintage";
import { BackTestPicture, daysOf } from "./back-test-picture";
import { aboutWhen } from "./figure";

const SIGN: Record<Verdict, string> = { inside: "✓", outside: "✕", undecided: "?" };

/** The figure that came; undefined where there is none. */
const cameOf = ({ outcome }: BackTest) => ("none" in outcome ? undefined : outcome);

/** What came, with the way to who said it; or why nothing did. */
function Came({ test, words }: { test: BackTest; words: Words }) {
  const { t, language } = words;
  if ("none" in test.outcome) return <>{t(`backTest.noOutcome.${test.outcome.none}`)}</>;
  const { statementId, answer } = test.outcome;
  return (
    <>
      {t("backTest.came")}: <a href={`/${language}/snapshots/${statementId}`}>{words.figure(answer.figure)}</a>,{" "}
      {aboutWhen(test.outcome, words)}
    </>
  );
}

/** How all projections fared together, and how little or how much that says. */
function Summary({ tests, words }: { tests: readonly BackTest[]; words: Words }) {
  const { t, number } = words;
  const { made, told, inside, outcomes, share } = faredOf(tests);
  if (made === 0) return <p className="nothing">{t("backTest.noneMade")}</p>;
  return (
    <>
      <dl className="facts">
        <div>
          <dt>{t("backTest.made")}</dt>
          <dd>{number(made)}</dd>
        </div>
        <div>
          <dt>{t("backTest.told")}</dt>
          <dd>{number(told)}</dd>
        </div>
        {share !== undefined && (
          <div>
            <dt>{t("backTest.inside")}</dt>
            <dd>
              <strong>{t("backTest.insideOf", { inside: number(inside), told: number(told), share: words.share(share) })}</strong>
            </dd>
          </div>
        )}
      </dl>
      {share === undefined && <p>{t("backTest.nothingTold")}</p>}
      {share !== undefined && share < 0.5 && <p>{t("backTest.bad")}</p>}
      {share !== undefined && outcomes < FEW_OUTCOMES && <p>{t("backTest.few", { outcomes })}</p>}
    </>
  );
}

/** What could have been projected for one country, and what came: as a picture and as a table. */
function Tried({ id, of: { country, test }, words }: { id: string; of: CountryTest; words: Words }) {
  const { t, language, workedOut } = words;
  const outcome = cameOf(test);
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>
        <a href={`/${language}/countries/${country.toLowerCase()}`}>{words.country(country)}</a>
      </h3>
      <p>
        <Came test={test} words={words} />
      </p>
      <BackTestPicture country={country} trials={test.trials} outcome={outcome} words={words} />
      <table className="series">
        <caption>{t("backTest.caption", { country: words.country(country) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("backTest.when")}</th>
            <th scope="col">{t("backTest.projected")}</th>
            <th scope="col">{t("backTest.band")}</th>
            {outcome && <th scope="col">{t("backTest.came")}</th>}
          </tr>
        </thead>
        <tbody>
          {test.trials.map((trial) => {
            const { value, low, high } = trial.projection;
            const verdict = outcome && verdictOf(trial.projection, outcome);
            return (
              <tr key={trial.firstDay}>
                <th scope="row">
                  <a href={`/${language}/${pagePath(`countries/${country.toLowerCase()}`, { knownOn: trial.firstDay })}`}>
                    {daysOf(trial, words)}
                  </a>
                </th>
                <td>
                  {workedOut(value)} {t("figure.people")}
                </td>
                <td>{t("reading.range.between", { low: workedOut(low), high: workedOut(high) })}</td>
                {outcome && verdict && (
                  <td>
                    {words.figure(outcome.answer.figure)}: <span aria-hidden="true">{SIGN[verdict]}</span>{" "}
                    {t(`backTest.verdicts.${verdict}`)}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Why nothing could be projected; that no figure was known is said only where that held to the end. */
function whyNot({ refusals }: BackTest, { t }: Words): string[] {
  const rules = refusals.flatMap((code) => (code === "no_figure" ? [] : [t(`reading.refused.${code}`)]));
  if (rules.length > 0) return rules;
  return [refusals.length > 0 ? t("backTest.noFigure") : t("backTest.neverKnown")];
}

/** The countries for which nothing could be projected, those together for which the same is to be said. */
function Untried({ countries, words }: { countries: readonly CountryTest[]; words: Words }) {
  const groups = new Map<string, CountryTest[]>();
  for (const one of countries) {
    const key = JSON.stringify([whyNot(one.test, words), cameOf(one.test)?.statementId ?? one.test.outcome]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return (
    <ul className="plain">
      {[...groups.values()].map((group) => {
        const [first] = group;
        return (
          first && (
            <li key={first.country}>
              <strong>{group.map(({ country }) => words.country(country)).join(", ")}</strong>
              {whyNot(first.test, words).map((why) => (
                <span className="line" key={why}>
                  {why}
                </span>
              ))}
              <span className="line">
                <Came test={first.test} words={words} />
              </span>
            </li>
          )
        );
      })}
    </ul>
  );
}

/** One past deadline: what became of it, and what could have been projected to it. */
function Tested({ deadline, replacements, countries, words }: DeadlineTest & { words: Words }) {
  const { t, language } = words;
  const id = deadline.statementId;
  const tried = countries.filter(({ test }) => test.trials.length > 0);
  const untried = countries.filter(({ test }) => test.trials.length === 0);
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t("backTest.deadline", { day: words.day(lastDay(deadline)), measure: t(`measures.${deadline.measure}`) })}</h2>
      <p>
        {whomInWords(deadline, words)} · <a href={`/${language}/deadlines/${deadline.chain}`}>{t("deadline.all")}</a>
      </p>
      {replacements.map((later) => {
        const told = later.cancelled ? t("deadline.cancelled") : t("deadline.extended", { day: words.day(lastDay(later)) });
        const whom = whomInWords(later, words);
        return <p key={later.statementId}>{whom === whomInWords(deadline, words) ? told : `${told} (${whom})`}</p>;
      })}
      {tried.map((of) => (
        <Tried key={of.country} id={`${id}-${of.country.toLowerCase()}`} of={of} words={words} />
      ))}
      {untried.length > 0 && (
        <>
          <h3>{t("backTest.others")}</h3>
          <Untried countries={untried} words={words} />
        </>
      )}
    </section>
  );
}

/** How every projection that could have been made to a past deadline fared, the latest deadline first. */
export function BackTestBody({ tests, words }: { tests: readonly DeadlineTest[]; words: Words }) {
  const { t, language } = words;
  return (
    <>
      <p className="back">
        <a href={`/${language}/method#backTest`}>{t("method.title")}</a>
      </p>
      <h1>{t("backTest.title")}</h1>
      <p className="lead">{t("backTest.lead")}</p>
      {tests.length === 0 ? (
        <p className="nothing">{t("backTest.noDeadline")}</p>
      ) : (
        <Summary tests={tests.flatMap(({ countries }) => countries.map(({ test }) => test))} words={words} />
      )}
      <p className="explained">{t("backTest.how")}</p>
      {tests.map((test) => (
        <Tested key={test.deadline.statementId} {...test} words={words} />
      ))}
    </>
  );
}
