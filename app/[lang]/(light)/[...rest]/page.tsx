import type { Metadata } from "next";
import { MissingPage } from "@/app/_components/missing-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { answerStatus } from "@/app/_server/answer";
import { wordsOf } from "@/app/_server/public-page";

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { t } = await wordsOf((await params).lang);
  return { title: t("notFound.title"), robots: "noindex" };
}

/** Every address that names nothing. */
export default async function RestPage({ params }: Props) {
  const words = await wordsOf((await params).lang);
  answerStatus(404);
  return (
    <PublicFrame words={words} path="">
      <MissingPage words={words} />
    </PublicFrame>
  );
}
