import type { Metadata } from "next";
import { PICTURE } from "@/app/_components/drawn-picture";
import type { Language } from "@/lib/i18n/languages";
import { languages } from "@/lib/i18n/languages";
import type { Words } from "@/lib/i18n/words";
import { originOf, readSettings } from "@/settings";

/** The languages as chat programs name them. */
const LOCALE: Record<Language, string> = { ky: "ky_KG", tg: "tg_TJ", uz: "uz_UZ", ru: "ru_RU", en: "en_GB" };

/** Where a country's share picture is; with a chain, the one about that deadline. */
export function picturePath(country: string, language: Language, chain?: string): string {
  const about = chain === undefined ? "" : `&deadline=${encodeURIComponent(chain)}`;
  return `/og/${country.toLowerCase()}.png?lang=${language}${about}`;
}

type Shared = {
  words: Words;
  /** Whose picture goes along: ISO 3166-1 alpha-2, or ALL. */
  country: string;
  /** The obligation that the page is about, where it is about one. */
  chain?: string | undefined;
  /** The page's address behind the language. */
  path: string;
  title: NonNullable<Metadata["title"]>;
  description: string;
};

/** What a chat shows of a page whose address is sent there (Open Graph, and what Twitter calls a card); addresses are absolute. */
export function shareMetadata({ words, country, chain, path, title, description }: Shared): Pick<Metadata, "openGraph" | "twitter"> {
  const { language, t } = words;
  const origin = originOf(readSettings());
  const alt = t("picture.alternative", { country: words.country(country) });
  const image = { url: `${origin}${picturePath(country, language, chain)}`, ...PICTURE, type: "image/png", alt };
  return {
    openGraph: {
      title,
      description,
      url: `${origin}/${language}${path}`,
      type: "website",
      siteName: t("site.name"),
      locale: LOCALE[language],
      alternateLocale: languages.filter((l) => l !== language).map((l) => LOCALE[l]),
      images: [image],
    },
    twitter: { card: "summary_large_image", title, description, images: [image] },
  };
}
