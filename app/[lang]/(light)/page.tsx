import type { Metadata } from "next";
import { DeadlineCard } from "@/app/_components/deadline-card";
import { UnavailablePage } from "@/app/_components/missing-page";
import { NoDeadline } from "@/app/_components/no-deadline";
import { PublicFrame } from "@/app/_components/public-frame";
import { BrowserModule } from "@/app/_server/browser-module";
import { missingMetadata, pageMetadata } from "@/app/_server/page-metadata";
import { fromRecord, requestTime, wordsOf } from "@/app/_server/public-page";
import { listedCountries } from "@/lib/countries/read";
import { ALL } from "@/lib/countries/rules";
import { knownDeadlines } from "@/lib/deadlines/read";
import { chainsFor } from "@/lib/deadlines/rules";
import { latestOf } from "@/lib/explore/read";
import { isLanguage } from "@/lib/i18n/languages";
import { LISTS } from "@/lib/measures/rules";
import { ageOf } from "@/lib/moments/rules";
import { today } from "@/lib/vintage";

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lang } = await params;
  const words = await wordsOf(lang);
  const { t } = words;
  if (!isLanguage(lang)) return missingMetadata(words);
  return pageMetadata({
    words,
    path: "",
    title: { absolute: `${t("home.title")} · ${t("site.name")}` },
    description: t("site.description"),
  });
}

export default async function HomePage({ params }: Props) {
  const words = await wordsOf((await params).lang);
  const { t, language } = words;
  const now = requestTime();
  const vintage = today(now);
  const record = await fromRecord(async (db) => ({
    countries: await listedCountries(db, vintage),
    deadlines: await knownDeadlines(db, vintage),
    latest: {
      gray_list: await latestOf(db, "gray_list", vintage),
      black_list: await latestOf(db, "black_list", vintage),
    },
  }));
  if (!record)
    return (
      <PublicFrame words={words} path="">
        <UnavailablePage words={words} />
      </PublicFrame>
    );

  const [nearest] = chainsFor(record.deadlines, ALL, now);
  const listed = record.countries
    .filter((c) => c.code !== ALL)
    .sort((a, b) => words.country(a.code).localeCompare(words.country(b.code), language));
  const newest = (country: string, measure: (typeof LISTS)[number]) => record.latest[measure].get(country)?.newest;
  return (
    <PublicFrame words={words} path="">
      <h1>{t("home.title")}</h1>
      {nearest ? (
        <section aria-labelledby="everybody">
          <h2 id="everybody" className="heard">
            {t("home.deadlineForAll")}
          </h2>
          <DeadlineCard chain={nearest} now={now} extent="state" words={words} />
        </section>
      ) : (
        <NoDeadline text={t("deadlinePages.none")} at={now} words={words} />
      )}
      <section aria-labelledby="choose">
        <h2 id="choose">{t("home.choose")}</h2>
        <ul className="choices">
          {listed.map(({ code }) => (
            <li key={code}>
              <a href={`/${language}/countries/${code.toLowerCase()}`}>{words.country(code)}</a>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="lists">
        <h2 id="lists">{t("home.lists")}</h2>
        {LISTS.map((measure) => (
          <p className="explained" key={measure}>
            {t(`measures.${measure}`)}: {t(`explained.${measure}`)}
          </p>
        ))}
        <table className="overview">
          <thead>
            <tr>
              <th scope="col">{t("home.country")}</th>
              {LISTS.map((measure) => (
                <th scope="col" key={measure}>
                  {t(`measures.${measure}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...record.countries.filter((c) => c.code === ALL), ...listed].map(({ code }) => (
              <tr key={code}>
                <th scope="row">
                  <a href={`/${language}/countries/${code.toLowerCase()}`}>{words.country(code)}</a>
                </th>
                {LISTS.map((measure) => {
                  const figure = newest(code, measure);
                  return (
                    <td key={measure}>
                      {figure ? (
                        <>
                          {words.figure(figure.answer.figure)} <small className="age">{words.age(ageOf(figure.asOf, now))}</small>
                        </>
                      ) : (
                        <span className="nothing">{t("figure.nothingShort")}</span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <BrowserModule name="countdown" />
    </PublicFrame>
  );
}
