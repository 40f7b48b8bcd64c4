import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { EmbeddedMissing } from "@/app/_components/embedded";
import { answerStatus } from "@/app/_server/answer";
import { wordsOf } from "@/app/_server/public-page";
import { isLanguage } from "@/lib/i18n/languages";
import "@/app/embed.css";

// Made to stand in other sites' frames; finished as they are sent.
export const dynamic = "force-dynamic";

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

type Props = { children: ReactNode; params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { t } = await wordsOf((await params).lang);
  return { title: t("site.name"), robots: "noindex" };
}

export default async function EmbedLayout({ children, params }: Props) {
  const { lang } = await params;
  const words = await wordsOf(lang);
  if (!isLanguage(lang)) answerStatus(404);
  return (
    <html lang={words.language} data-light>
      <head>
        {/* A link inside a frame leads out of it: no page of ours but these can be framed. */}
        <base target="_blank" />
      </head>
      <body>{isLanguage(lang) ? children : <EmbeddedMissing words={words} />}</body>
    </html>
  );
}
