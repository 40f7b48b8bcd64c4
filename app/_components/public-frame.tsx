import type { ReactNode } from "react";
import { LANGUAGES, languages } from "@/lib/i18n/languages";
import type { Words } from "@/lib/i18n/words";

/** What stands around every public page. `path` is the address behind the language, for the switch that stays on the page. */
export function PublicFrame({ words, path, children }: { words: Words; path: string; children: ReactNode }) {
  const { t, language } = words;
  return (
    <>
      <a className="skip" href="#content">
        {t("site.skip")}
      </a>
      <header className="site-head">
        <a className="site-name" href={`/${language}`}>
          {t("site.name")}
        </a>
        <nav aria-label={t("site.languages")}>
          <ul className="languages">
            {languages.map((code) => (
              <li key={code}>
                <a href={`/${code}${path}`} hrefLang={code} lang={code} aria-current={code === language ? "true" : undefined}>
                  {LANGUAGES[code].name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main id="content">{children}</main>
      <footer className="site-foot">
        <p>{t("site.about")}</p>
        <p>
          <a href={`/${language}/days`}>{t("days.title")}</a>
          {" · "}
          <a href={`/${language}/method`}>{t("method.title")}</a>
          {" · "}
          <a href={`/${language}/corrections`}>{t("corrections.title")}</a>
          {" · "}
          <a href="/staff">{t("site.staffDoor")}</a>
        </p>
      </footer>
    </>
  );
}
