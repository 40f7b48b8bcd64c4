import type { Metadata } from "next";
import { UnavailablePage } from "@/app/_components/missing-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { Lines } from "@/app/_components/reading";
import {
  flowInWords,
  type Line,
  neededInWords,
  newEntriesInWords,
  paceInWords,
  perThousandInWords,
  projectionInWords,
} from "@/app/_components/reading-in-words";
import { Section } from "@/app/_components/section";
import { EXAMPLE, type MethodExamples, methodExamples } from "@/app/_server/method-examples";
import { pageMetadata } from "@/app/_server/page-metadata";
import { fromRecord, requestTime, wordsOf } from "@/app/_server/public-page";
import type { Words } from "@/lib/i18n/words";
import { measureCodes } from "@/lib/measures/rules";
import { QUALIFIERS } from "@/lib/snapshots/rules";
import { boundsOf } from "@/lib/trends/rules/bounds";
import { today } from "@/lib/vintage";

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const words = await wordsOf((await params).lang);
  const { t } = words;
  return pageMetadata({ words, path: "/method", title: t("method.title"), description: t("method.description") });
}

type Rule = {
  name:
    | "bounds"
    | "dates"
    | "times"
    | "rivals"
    | "breaks"
    | "pace"
    | "needed"
    | "projection"
    | "flows"
    | "newEntries"
    | "perThousand"
    | "index"
    | "backTest";
  example?: Line[];
};

/** One figure of each way of putting it that has two bounds. */
function boundsExamples(examples: MethodExamples, { t, number, figure }: Words): Line[] {
  return QUALIFIERS.flatMap((qualifier) => {
    const found = examples.bounds.find((s) => s.answer.figure.qualifier === qualifier);
    const { low, high } = found ? boundsOf(found.answer.figure) : { low: null, high: null };
    if (!found || low === null || high === null || low === high) return [];
    return [{ text: t("method.boundsExample", { figure: figure(found.answer.figure), low: number(low), high: number(high) }) }];
  });
}

/** The projections to the example's deadline beside what came, where something did. */
function backTestExamples({ tested }: MethodExamples, { t, day, figure, workedOut }: Words): Line[] {
  const outcome = tested && !("none" in tested.outcome) ? figure(tested.outcome.answer.figure) : undefined;
  if (!tested || outcome === undefined) return [];
  return tested.trials.map(({ firstDay, projection: { value, low, high } }) => ({
    text: t("method.backTestExample", {
      day: day(firstDay),
      value: workedOut(value),
      low: workedOut(low),
      high: workedOut(high),
      outcome,
    }),
  }));
}

/** Every rule with its example from the record, in the order in which they build on each other. */
function rulesWith(examples: MethodExamples, words: Words): Rule[] {
  const { t, workedOut } = words;
  const { pace, needed, projection, flow, entries, index } = examples;
  const day = examples.day && words.day(examples.day);
  const share = perThousandInWords(examples.trend, examples.presents, words);
  const points = index?.points.map((p) => workedOut(p.index)).join(", ");
  return [
    { name: "dates" },
    { name: "times" },
    { name: "bounds", example: boundsExamples(examples, words) },
    { name: "rivals" },
    { name: "breaks" },
    { name: "pace", example: pace ? [paceInWords(pace, words)] : [] },
    { name: "needed", example: needed && day ? [neededInWords(needed, day, words)] : [] },
    { name: "projection", example: projectionInWords(projection, day, words) },
    { name: "flows", example: flow ? [flowInWords(flow, words)] : [] },
    { name: "newEntries", example: entries ? [newEntriesInWords(entries, words)] : [] },
    { name: "perThousand", example: share ? [share] : [] },
    {
      name: "index",
      example: index && points ? [{ text: t("method.indexExample", { base: words.figure(index.base.answer.figure), points }) }] : [],
    },
    { name: "backTest", example: backTestExamples(examples, words) },
  ];
}

const CHECKS = [
  "method.checkJump",
  "method.checkLists",
  "method.checkRange",
  "method.checkFlows",
  "method.checkPresent",
  "method.checkTime",
  "method.checkTwice",
  "method.checkOther",
] as const;

/** What is counted, what the words around a figure mean, and every rule with its example worked out from the record. */
export default async function MethodPage({ params }: Props) {
  const words = await wordsOf((await params).lang);
  const { t, language } = words;
  const vintage = today(requestTime());
  const examples = await fromRecord((db) => methodExamples(db, vintage));
  const where = `/${language}/as-known/${EXAMPLE.day}/countries/${EXAMPLE.country.toLowerCase()}`;
  return (
    <PublicFrame words={words} path="/method">
      {examples ? (
        <>
          <h1>{t("method.title")}</h1>
          <p className="lead">{t("method.lead")}</p>
          <Section id="counted" title={t("method.counted")}>
            <p>{t("method.stockAndFlow")}</p>
            <dl className="facts">
              {measureCodes.map((measure) => (
                <div key={measure}>
                  <dt>{t(`measures.${measure}`)}</dt>
                  <dd>{t(`explained.${measure}`)}</dd>
                </div>
              ))}
            </dl>
          </Section>
          <Section id="qualifiers" title={t("method.qualifiers")}>
            <p>{t("method.qualifiersText")}</p>
          </Section>
          <p className="band">
            {t("method.example")}{" "}
            <a href={where}>{t("method.exampleDay", { country: words.country(EXAMPLE.country), day: words.day(EXAMPLE.day) })}</a>
          </p>
          {rulesWith(examples, words).map(({ name, example }) => (
            <Section id={name} key={name} title={t(`method.${name}`)}>
              <p>{t(`method.${name}Text`)}</p>
              {example &&
                (example.length > 0 ? <Lines lines={example} words={words} /> : <p className="explained">{t("method.noExample")}</p>)}
              {name === "backTest" && (
                <p>
                  <a className="tap" href={`/${language}/back-test`}>
                    {t("backTest.all")}
                  </a>
                </p>
              )}
            </Section>
          ))}
          <Section id="checks" title={t("method.checks")}>
            <p>{t("method.checksText")}</p>
            <ul>
              {CHECKS.map((check) => (
                <li key={check}>{t(check)}</li>
              ))}
            </ul>
          </Section>
        </>
      ) : (
        <UnavailablePage words={words} />
      )}
    </PublicFrame>
  );
}
