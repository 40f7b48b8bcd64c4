import type { ReactNode } from "react";
import { LANGUAGES, languages } from "@/lib/i18n/languages";
import type { Words } from "@/lib/i18n/words";

/** The pages that every page leads to, each with the text that names it. */
export const PAGES = [
  ["", "site.home"],
  ["/deadlines", "deadline.heading"],
  ["/days", "days.title"],
  ["/explore", "explore.title"],
  ["/method", "method.title"],
  ["/corrections", "corrections.title"],
  ["/data", "data.title"],
  ["/ledger", "ledger.title"],
] as const;

/** The product's sign: the time one is given, running. */
function HourglassSign() {
  return (
    <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
      <path className="glass" d="M8 4h16v4c0 5-5 6-5 8s5 3 5 8v4H8v-4c0-5 5-6 5-8s-5-3-5-8z" />
      <path className="sand" d="M11 26c1-4 3.5-4.5 5-6 1.5 1.5 4 2 5 6z" />
    </svg>
  );
}

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
          <HourglassSign />
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
        <nav aria-label={t("site.pages")}>
          <ul className="pages">
            {PAGES.map(([page, key]) => (
              <li key={page}>
                <a href={`/${language}${page}`} aria-current={page === path.split("?")[0] ? "page" : undefined}>
                  {t(key)}
                </a>
              </li>
            ))}
            <li>
              <a href="/staff">{t("site.staffDoor")}</a>
            </li>
          </ul>
        </nav>
        <p>{t("site.about")}</p>
      </footer>
    </>
  );
}
