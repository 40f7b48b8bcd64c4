import { headers } from "next/headers";
import { cache } from "react";
import { type Database, pagesDb } from "@/db/client";
import { isLanguage, languageFor } from "@/lib/i18n/languages";
import { type Words, wordsFor } from "@/lib/i18n/words";
import { answerStatus } from "./answer";

/** The instant this request is answered for; one for the whole page. */
export const requestTime = cache(() => new Date());

/** The words of the address's language; where it names none of ours, of the language the browser asks for. */
export async function wordsOf(lang: string): Promise<Words> {
  return wordsFor(isLanguage(lang) ? lang : languageFor((await headers()).get("accept-language")));
}

/**
 * Reads from the record for a public page. When the database cannot answer, the page says so with
 * status 503, instead of being replaced by an error that needs script to be read.
 */
export async function fromRecord<T>(read: (db: Database) => Promise<T>): Promise<T | undefined> {
  try {
    return await read(pagesDb());
  } catch (error) {
    console.error("a public page could not read the record:", error instanceof Error ? (error.cause ?? error) : error);
    answerStatus(503);
    return undefined;
  }
}
