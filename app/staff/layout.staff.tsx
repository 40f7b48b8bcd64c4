import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { UnavailablePage } from "@/app/_components/missing-page";
import { answerStatus } from "@/app/_server/answer";
import { signedIn, staffWords } from "@/app/_server/session";
import { LANGUAGES, languages } from "@/lib/i18n/languages";
import { StaffNav } from "./_components/staff-nav";
import { changeLanguage, signOut } from "./actions";
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
  const person = await signedIn().catch((error) => {
    console.error("a staff page could not be made:", error instanceof Error ? (error.cause ?? error) : error);
    answerStatus(503);
    return "unavailable" as const;
  });
  return (
    <html lang={language}>
      <body className="staff">
        <a className="skip" href="#content">
          {t("site.skip")}
        </a>
        <header className="site-head">
          <a className="site-name" href={person && person !== "unavailable" ? "/staff" : `/${language}`}>
            {t("site.name")}
          </a>
          {person && person !== "unavailable" && (
            <details className="who">
              <summary>
                {t("staff.signedInAs", { name: person.name })} ({t(`staff.roles.${person.role}`)})
              </summary>
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
              <form action={signOut}>
                <button className="quiet" type="submit">
                  {t("staff.signOut")}
                </button>
              </form>
            </details>
          )}
        </header>
        {person && person !== "unavailable" && (
          <StaffNav person={person} path={(await headers()).get("x-muhlat-path") ?? ""} words={words} />
        )}
        <main id="content">{person === "unavailable" ? <UnavailablePage words={words} /> : children}</main>
      </body>
    </html>
  );
}
