import type { Words } from "@/lib/i18n/words";

type Props = { words: Words; onwards?: { href: string; label: string } };

/** The words for an address that names nothing, with the way on: to the first page, where none is given. */
export function MissingPage({ words, onwards }: Props) {
  const { t, language } = words;
  const { href, label } = onwards ?? { href: `/${language}`, label: t("site.home") };
  return (
    <>
      <h1>{t("notFound.title")}</h1>
      <p>{t("notFound.text")}</p>
      <p>
        <a className="button" href={href}>
          {label}
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
