import type { Words } from "@/lib/i18n/words";

/** The words for an address that names nothing, with the ways on. */
export function MissingPage({ words }: { words: Words }) {
  const { t, language } = words;
  return (
    <>
      <h1>{t("notFound.title")}</h1>
      <p>{t("notFound.text")}</p>
      <p>
        <a className="button" href={`/${language}`}>
          {t("site.home")}
        </a>
      </p>
    </>
  );
}

/** The words for a record that cannot be read right now. */
export function UnavailablePage({ words }: { words: Words }) {
  return (
    <>
      <h1>{words.t("unavailable.title")}</h1>
      <p>{words.t("unavailable.text")}</p>
    </>
  );
}
