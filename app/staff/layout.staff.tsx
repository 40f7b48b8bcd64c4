import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { UnavailablePage } from "@/app/_components/missing-page";
import { answerStatus } from "@/app/_server/answer";
import { session, staffWords } from "@/app/_server/session";
import { LANGUAGES, languages } from "@/lib/i18n/languages";
import { StaffNav } from "./_components/staff-nav";
import { changeLanguage } from "./actions";
import "@/app/public.css";
import "./staff.css";
import "./briefing.css";
import "./tables.css";

export const dynamic = "force-dynamic";

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await staffWords();
  return { title: { default: t("staff.title"), template: `%s · ${t("site.name")}` }, robots: "noindex" };
}

export default async function StaffLayout({ children }: { children: ReactNode }) {
  const words = await staffWords();
  const { t, language } = words;
  const found = await session().catch((error) => {
    console.error("a staff page could not be made:", error instanceof Error ? (error.cause ?? error) : error);
    answerStatus(503);
    return "unavailable" as const;
  });
  // Whoever is only half signed in sees nothing of the desk, and can leave.
  const half = found !== "unavailable" && found?.stage !== "whole" ? found?.person : undefined;
  const person = found !== "unavailable" && found?.stage === "whole" ? found.person : undefined;
  return (
    <html lang={language}>
      <body className="staff">
        <a className="skip" href="#content">
          {t("site.skip")}
        </a>
        <header className="site-head">
          <a className="site-name" href={person ? "/staff" : `/${language}`}>
            {t("site.name")}
          </a>
          {half && (
            <form method="post" action="/staff/sign-out">
              <button className="quiet" type="submit">
                {t("staff.signOut")}
              </button>
            </form>
          )}
          {person && (
            <details className="who">
              <summary>
                {t("staff.signedInAs", { name: person.name })} ({t(`staff.roles.${person.role}`)})
              </summary>
              <p>
                <a href="/staff/account">{t("account.title")}</a>
              </p>
              <form action={changeLanguage}>
                <label>
                  {t("staff.language")}{" "}
                  <select name="language" defaultValue={language}>
                    {languages.map((code) => (
                      <option key={code} value={code} lang={code}>
                        {LANGUAGES[code].name}
                      </option>
                    ))}
                  </select>
                </label>{" "}
                <button className="quiet" type="submit">
                  {t("staff.change")}
                </button>
              </form>
              <form method="post" action="/staff/sign-out">
                <button className="quiet" type="submit">
                  {t("staff.signOut")}
                </button>
              </form>
            </details>
          )}
        </header>
        {person && <StaffNav person={person} path={(await headers()).get("x-muhlat-path") ?? ""} words={words} />}
        <main id="content">{found === "unavailable" ? <UnavailablePage words={words} /> : children}</main>
      </body>
    </html>
  );
}
