import type { ReactNode } from "react";
import type { Words } from "@/lib/i18n/words";

/** What stands in another site's frame: whose it is on top, where it comes from and the way to all of it below. */
export function Embedded({
  title,
  path,
  source,
  words,
  children,
}: {
  title: string;
  path: string;
  source?: ReactNode;
  words: Words;
  children: ReactNode;
}) {
  const { t, language } = words;
  return (
    <main>
      <h1>{title}</h1>
      {children}
      <footer className="origin">
        {source && <p className="source">{source}</p>}
        <p>
          <a href={`/${language}${path}`} target="_blank" rel="noopener">
            {t("embed.more")}
          </a>
        </p>
      </footer>
    </main>
  );
}

/** The words for a frame whose address names nothing. */
export function EmbeddedMissing({ words }: { words: Words }) {
  return (
    <Embedded title={words.t("notFound.title")} path="" words={words}>
      <p>{words.t("embed.missing")}</p>
    </Embedded>
  );
}

/** The words for a frame while the record cannot be read. */
export function EmbeddedUnavailable({ words }: { words: Words }) {
  return (
    <Embedded title={words.t("unavailable.title")} path="" words={words}>
      <p>{words.t("unavailable.text")}</p>
    </Embedded>
  );
}
