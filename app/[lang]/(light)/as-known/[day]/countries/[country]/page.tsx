import type { Metadata } from "next";
import { AskKnownOn } from "@/app/_components/ask-known-on";
import { CountryBody } from "@/app/_components/country-body";
import { MissingPage, UnavailablePage } from "@/app/_components/missing-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { VintageBand } from "@/app/_components/vintage-band";
import { answerStatus } from "@/app/_server/answer";
import { countryRecord } from "@/app/_server/country-record";
import { fromRecord, requestTime, wordsOf } from "@/app/_server/public-page";
import { countryFromAddress } from "@/lib/countries/rules";
import { momentOfVintage, pagePath, today, vintageFrom } from "@/lib/vintage";

type Props = {
  params: Promise<{ lang: string; day: string; country: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What the address asks for; undefined when it names no country, no day, or one to come. */
async function asked({ params, searchParams }: Props) {
  const { lang, day, country } = await params;
  const { recorded } = await searchParams;
  const words = await wordsOf(lang);
  const code = countryFromAddress(country);
  const vintage = Array.isArray(recorded) ? undefined : vintageFrom(day, recorded, requestTime());
  return { words, country, found: code && vintage ? { code, vintage } : undefined };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { words, found } = await asked(props);
  if (!found) return { title: words.t("notFound.title"), robots: "noindex" };
  const title = words.t("asKnown.title", { country: words.country(found.code), day: words.day(found.vintage.knownOn) });
  return { title, robots: "noindex" };
}

/** A country's page as of a past day, and with `recorded` as we had it written down at an instant. */
export default async function AsKnownPage(props: Props) {
  const { words, country, found } = await asked(props);
  const { t, language } = words;
  if (!found) {
    answerStatus(404);
    return (
      <PublicFrame words={words} path="">
        <MissingPage words={words} />
      </PublicFrame>
    );
  }
  const { code, vintage } = found;
  const record = await fromRecord((db) => countryRecord(db, code, vintage));
  return (
    <PublicFrame words={words} path={`/${pagePath(`countries/${country}`, vintage)}`}>
      <VintageBand vintage={vintage} present={`/${language}/countries/${country}`} words={words} />
      {record ? (
        <>
          <h1>{t("asKnown.title", { country: words.country(code), day: words.day(vintage.knownOn) })}</h1>
          <CountryBody {...record} at={momentOfVintage(vintage)} vintage={vintage} words={words} />
          <AskKnownOn country={country} vintage={vintage} today={today(requestTime()).knownOn} words={words} />
        </>
      ) : (
        <UnavailablePage words={words} />
      )}
    </PublicFrame>
  );
}
