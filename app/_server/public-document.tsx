import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { MissingPage } from "@/app/_components/missing-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { isLanguage } from "@/lib/i18n/languages";
import { originOf, readSettings } from "@/settings";
import { answerStatus } from "./answer";
import { BrowserModule } from "./browser-module";
import { wordsOf } from "./public-page";
import "@/app/public.css";

export const publicViewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

type Props = { children: ReactNode; params: Promise<{ lang: string }> };

/** What holds for every public page; title and description where a page gives none. */
export async function publicMetadata({ params }: Props): Promise<Metadata> {
  const { t, language } = await wordsOf((await params).lang);
  return {
    metadataBase: new URL(originOf(readSettings())),
    title: { default: t("site.name"), template: `%s · ${t("site.name")}` },
    description: t("site.description"),
    manifest: `/manifest.webmanifest?lang=${language}`,
    icons: { icon: { url: "/icon.svg", type: "image/svg+xml" }, apple: "/icons/apple-touch-icon.png" },
  };
}

/**
 * The document around every public page, finished as it is sent: nothing of the framework need run in the reader's
 * browser. An address in no language of ours is told so.
 */
export async function PublicDocument({ children, params }: Props) {
  const { lang } = await params;
  const words = await wordsOf(lang);
  if (!isLanguage(lang)) answerStatus(404);
  return (
    <html lang={words.language} data-light>
      <body>
        {isLanguage(lang) ? (
          children
        ) : (
          <PublicFrame words={words} path="">
            <MissingPage words={words} />
          </PublicFrame>
        )}
        <BrowserModule name="offline" />
      </body>
    </html>
  );
}
