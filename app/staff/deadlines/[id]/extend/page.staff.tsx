import type { Metadata } from "next";
import { staffWords } from "@/app/_server/session";
import { AnnounceInChain } from "../announce";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("deadlines.extendTitle") };
}

export default async function ExtendDeadlinePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <AnnounceInChain id={id} as="extend" />;
}
