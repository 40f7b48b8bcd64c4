import { countryFromAddress } from "@/lib/countries/rules";
import { isLanguage } from "@/lib/i18n/languages";
import { type Words, wordsFor } from "@/lib/i18n/words";
import { sentence, wordsAsked } from "./copy-answer";

/** What a file's address asks for: `kg.ics?lang=ky`. English where it names no language. */
export type Asked = { country: string; code: string; ending: string; words: Words };

/** Reads the address of a file to take along; undefined where it names no country or language of ours, or another ending. */
export function askedOf(request: Request, file: string, endings: readonly string[]): Asked | undefined {
  const [code = "", ending = "", ...more] = file.split(".");
  const country = countryFromAddress(code);
  const language = new URL(request.url).searchParams.get("lang") || "en";
  if (!country || more.length > 0 || !endings.includes(ending) || !isLanguage(language)) return undefined;
  return { country, code, ending, words: wordsFor(language) };
}

/** A file that follows from the record and the language alone; whoever keeps it asks each time whether it is still so. */
export function fileAnswer(body: string, contentType: string, name?: string): Response {
  return new Response(body, {
    headers: {
      "Content-Type": `${contentType}; charset=utf-8`,
      "Cache-Control": "public, max-age=0, must-revalidate",
      // Readers of feeds and calendars run on pages of others too.
      "Access-Control-Allow-Origin": "*",
      ...(name ? { "Content-Disposition": `inline; filename="${name}"` } : {}),
    },
  });
}

/** The answer where there is no such file, in plain words. */
export function noFile(request: Request, text: "calendar.missing" | "feed.missing"): Response {
  const language = new URL(request.url).searchParams.get("lang") ?? "";
  const words = isLanguage(language) ? wordsFor(language) : wordsAsked(request);
  return sentence(404, words.t(text));
}
