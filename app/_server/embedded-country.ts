import type { Database } from "@/db/client";
import { countryFromAddress } from "@/lib/countries/rules";
import { today, type Vintage } from "@/lib/vintage";
import { answerStatus } from "./answer";
import { fromRecord, requestTime } from "./public-page";

/** The query of an address, as the framework hands it on: a name given twice is a list. */
export type Query = Promise<Record<string, string | string[] | undefined>>;

/**
 * What an embed shows of the country that its query names; or why there is nothing, with the status that says so.
 * @param read what of the record is wanted
 */
export async function embeddedCountry<T>(
  query: Query,
  read: (db: Database, code: string, vintage: Vintage) => Promise<T>,
): Promise<T | "missing" | "unavailable"> {
  const { country } = await query;
  const code = typeof country === "string" ? countryFromAddress(country) : undefined;
  if (!code) {
    answerStatus(404);
    return "missing";
  }
  return (await fromRecord((db) => read(db, code, today(requestTime())))) ?? "unavailable";
}
