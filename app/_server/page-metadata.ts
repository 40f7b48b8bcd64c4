import type { Metadata } from "next";
import { languages } from "@/lib/i18n/languages";
import type { Words } from "@/lib/i18n/words";
import { originOf, readSettings } from "@/settings";

type Page = {
  words: Words;
  /** The address behind the language: `/countries/kg`. */
  path: string;
  title: NonNullable<Metadata["title"]>;
  description: string;
};

/** What a public page says of itself to search engines: its one address, and the same page in the other languages. */
export function pageMetadata({ words, path, title, description }: Page): Metadata {
  const origin = originOf(readSettings());
  const inEach = languages.map((language) => [language, `${origin}/${language}${path}`] as const);
  return {
    title,
    description,
    alternates: {
      canonical: `${origin}/${words.language}${path}`,
      // Who asks for none of the five is led to one by the bare address.
      languages: Object.fromEntries(path === "" ? [...inEach, ["x-default", `${origin}/`]] : inEach),
    },
  };
}

/** For an address that names nothing. */
export const missingMetadata = (words: Words): Metadata => ({ title: words.t("notFound.title"), robots: "noindex" });
