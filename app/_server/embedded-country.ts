import { countryFromAddress } from "@/lib/countries/rules";
import { today } from "@/lib/vintage";
import { answerStatus } from "./answer";
import { type CountryRecord, countryRecord } from "./country-record";
import { fromRecord, requestTime } from "./public-page";

/** The query of an address, as the framework hands it on: a name given twice is a list. */
export type Query = Promise<Record<string, string | string[] | undefined>>;

/** The record of the country that an embed's query names; or why there is none, with the status that says so. */
export async function embeddedCountry(query: Query): Promise<CountryRecord | "missing" | "unavailable"> {
  const { country } = await query;
  const code = typeof country === "string" ? countryFromAddress(country) : undefined;
  if (!code) {
    answerStatus(404);
    return "missing";
  }
  return (await fromRecord((db) => countryRecord(db, code, today(requestTime())))) ?? "unavailable";
}
