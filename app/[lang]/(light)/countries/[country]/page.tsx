import type { Metadata } from "next";
import { AskKnownOn } from "@/app/_components/ask-known-on";
import { CountryBody } from "@/app/_components/country-body";
import { EmbedSnippet } from "@/app/_components/embed-snippet";
import { MissingPage, UnavailablePage } from "@/app/_components/missing-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { TakeAlong } from "@/app/_components/take-along";
import { answerStatus } from "@/app/_server/answer";
import { BrowserModule } from "@/app/_server/browser-module";
import { countryRecord } from "@/app/_server/country-record";
import { embedCodes } from "@/app/_server/embed-codes";
import { missingMetadata, pageMetadata } from "@/app/_server/page-metadata";
import { fromRecord, requestTime, wordsOf } from "@/app/_server/public-page";
import { contactsShown } from "@/lib/contacts/read";
import { ALL, countryFromAddress } from "@/lib/countries/rules";
import { toldTo } from "@/lib/deadlines/message";
import { isLanguage } from "@/lib/i18n/languages";
import { today } from "@/lib/vintage";
import { originOf, readSettings } from "@/settings";

type Props = { params: Promise<{ lang: string; country: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lang, country } = await params;
  const words = await wordsOf(lang);
  const code = countryFromAddress(country);
  if (!code || !isLanguage(lang)) return missingMetadata(words);
  const name = words.country(code);
  return pageMetadata({
    words,
    path: `/countries/${country}`,
    title: code === ALL ? words.t("country.titleAll") : words.t("country.title", { country: name }),
    description: words.t("country.description", { country: name }),
    country: code,
  });
}

export default async function CountryPage({ params }: Props) {
  const { lang, country } = await params;
  const words = await wordsOf(lang);
  const code = countryFromAddress(country);
  if (!code) {
    answerStatus(404);
    return (
      <PublicFrame words={words} path="">
        <MissingPage words={words} />
      </PublicFrame>
    );
  }
  const now = requestTime();
  const vintage = today(now);
  const record = await fromRecord(async (db) => ({
    ...(await countryRecord(db, code, vintage)),
    contacts: await contactsShown(db, code, vintage.knownOn),
  }));
  return (
    <PublicFrame words={words} path={`/countries/${country}`}>
      {record ? (
        <>
          <p className="back">
            <a href={`/${words.language}`}>{words.t("site.home")}</a>
          </p>
          <h1>{words.country(code)}</h1>
          <CountryBody
            {...record}
            takeAlong={
              <>
                <TakeAlong
                  origin={originOf(readSettings())}
                  countries={[code]}
                  path={`countries/${country}`}
                  told={toldTo(code, record.deadlines, now)}
                  zone={record.facts?.zone}
                  now={now}
                  words={words}
                />
                <EmbedSnippet codes={embedCodes(code, words)} words={words} />
              </>
            }
            at={now}
            words={words}
          />
          <AskKnownOn country={country} vintage={vintage} today={vintage.knownOn} words={words} />
          <BrowserModule name="countdown" />
        </>
      ) : (
        <UnavailablePage words={words} />
      )}
    </PublicFrame>
  );
}
