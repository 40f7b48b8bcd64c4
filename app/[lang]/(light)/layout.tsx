import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { MissingPage } from "@/app/_components/missing-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { answerStatus } from "@/app/_server/answer";
import { wordsOf } from "@/app/_server/public-page";
import { isLanguage } from "@/lib/i18n/languages";
import "@/app/public.css";

// Every page is made for its request: what staff publish is there at the next one.
export const dynamic = "force-dynamic";

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

type Props = { children: ReactNode; params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { t } = await wordsOf((await params).lang);
  return { title: { default: t("site.name"), template: `%s · ${t("site.name")}` }, description: t("site.description") };
}

/** The document of every light public page: finished HTML, nothing of ours runs in the reader's browser. */
export default async function LightLayout({ children, params }: Props) {
  const { lang } = await params;
  const words = await wordsOf(lang);
  if (!isLanguage(lang)) answerStatus(404);
  return (
    <html lang={words.language}>
      <body>
        {isLanguage(lang) ? (
          children
        ) : (
          <PublicFrame words={words} path="">
            <MissingPage words={words} />
          </PublicFrame>
        )}
      </body>
    </html>
  );
}
