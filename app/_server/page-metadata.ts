import type { Metadata } from "next";
import { ALL } from "@/lib/countries/rules";
import { languages } from "@/lib/i18n/languages";
import type { Words } from "@/lib/i18n/words";
import { FEED_KINDS } from "@/lib/open-data/feed-kinds";
import { originOf, readSettings } from "@/settings";
import { shareMetadata } from "./share-metadata";

type Page = {
  words: Words;
  /** The address behind the language: `/countries/kg`. */
  path: string;
  title: NonNullable<Metadata["title"]>;
  description: string;
  /** Whose share picture goes along, ISO 3166-1 alpha-2; that of all nationalities where none is named. */
  country?: string;
  /** The obligation that the page is about, for the picture too. */
  chain?: string;
};

/** What a public page says of itself to search engines and chats: its one address, the same page in the other languages, its picture. */
export function pageMetadata({ words, path, title, description, country = ALL, chain }: Page): Metadata {
  const origin = originOf(readSettings());
  const inEach = languages.map((language) => [language, `${origin}/${language}${path}`] as const);
  return {
    title,
    description,
    alternates: {
      canonical: `${origin}/${words.language}${path}`,
      // Who asks for none of the five is led to one by the bare address.
      languages: Object.fromEntries(path === "" ? [...inEach, ["x-default", `${origin}/`]] : inEach),
      // Readers of feeds find them by the page's own address.
      types: Object.fromEntries(
        FEED_KINDS.map(({ ending, type }) => [type, `${origin}/feed/${country.toLowerCase()}.${ending}?lang=${words.language}`]),
      ),
    },
    ...shareMetadata({ words, country, chain, path, title, description }),
  };
}

/** For an address that names nothing. */
export const missingMetadata = (words: Words): Metadata => ({ title: words.t("notFound.title"), robots: "noindex" });
