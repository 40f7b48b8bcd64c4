import { DeadlineCard } from "@/app/_components/deadline-card";
import { Embedded, EmbeddedMissing, EmbeddedUnavailable } from "@/app/_components/embedded";
import { BrowserModule } from "@/app/_server/browser-module";
import { countryDeadlines } from "@/app/_server/country-record";
import { embeddedCountry, type Query } from "@/app/_server/embedded-country";
import { requestTime, wordsOf } from "@/app/_server/public-page";
import { chainsFor } from "@/lib/deadlines/rules";

type Props = { params: Promise<{ lang: string }>; searchParams: Query };

/** The deadline of a country in another site's frame: `/ky/embed/countdown?country=kg`. */
export default async function EmbeddedCountdown({ params, searchParams }: Props) {
  const words = await wordsOf((await params).lang);
  const record = await embeddedCountry(searchParams, countryDeadlines);
  if (record === "missing") return <EmbeddedMissing words={words} />;
  if (record === "unavailable") return <EmbeddedUnavailable words={words} />;
  const { t } = words;
  const now = requestTime();
  const [nearest] = chainsFor(record.deadlines, record.code, now);
  const source = nearest && (
    <>
      {t("figure.source")}: <span lang="">{nearest.standing.source.title}</span>
    </>
  );
  return (
    <Embedded title={words.country(record.code)} path={`/countries/${record.code.toLowerCase()}`} source={source} words={words}>
      {nearest ? (
        <DeadlineCard chain={nearest} now={now} zone={record.facts?.zone} extent="moments" heading="h2" words={words} />
      ) : (
        <p className="nothing">{t("deadline.none")}</p>
      )}
      <BrowserModule name="countdown" />
    </Embedded>
  );
}
