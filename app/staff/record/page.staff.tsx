import type { Metadata } from "next";
import { staffDb } from "@/app/_server/database";
import { freshForm } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { requestTime } from "@/app/_server/public-page";
import { recordChoices } from "@/app/_server/record-choices";
import { personOrSentForm, staffWords } from "@/app/_server/session";
import { listedCountries } from "@/lib/countries/read";
import { isMeasure } from "@/lib/measures/rules";
import { MOST_FIGURES } from "@/lib/snapshots/write";
import { WHO_MAY } from "@/lib/staff/rules";
import { today } from "@/lib/vintage";
import { BriefingForm } from "../_forms/briefing-form";
import { lookAtBriefing, saveBriefing } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("briefing.title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What the desk already knows when it leads here: a series, and that it was asked about in vain or without change. */
function begunWith(params: Record<string, string | string[] | undefined>, inquiry: string): Record<string, string> {
  const begun: Record<string, string> = {};
  const { country, measure, answer, day } = params;
  if (typeof country === "string" && /^[A-Z]{2,3}$/.test(country)) begun["figures.0.country"] = country;
  if (typeof measure === "string" && isMeasure(measure)) begun["figures.0.measure"] = measure;
  if (typeof answer === "string" && /^(unchanged|missing:[a-z_]{1,20})$/.test(answer)) {
    begun["figures.0.answer"] = answer;
    begun["source.title"] = inquiry;
  }
  if (typeof day === "string" && /^\d{4}-\d{2}-\d{2}$/.test(day)) begun["figures.0.as_of"] = day;
  return begun;
}

/** A briefing: one source, and the figures it gave. */
export default async function RecordPage({ searchParams }: Props) {
  const person = await personOrSentForm("/staff/record");
  const words = await staffWords();
  const { t } = words;
  const listed = (await listedCountries(staffDb(), today(requestTime()))).map((c) => c.code);
  return (
    <>
      <h1>{t("briefing.title")}</h1>
      <p className="lead">{person && WHO_MAY[person.role].record === "yes" ? t("briefing.lead") : t("briefing.leadSubmits")}</p>
      <BriefingForm
        action={saveBriefing}
        lookAt={lookAtBriefing}
        initial={freshForm(begunWith(await searchParams, t("desk.inquiry", { name: person?.name ?? "" })))}
        labels={labelsOf(words, ["briefing", "record", "refusals", "errors", "draft", "figure", "copies"])}
        choices={recordChoices(person, listed, words)}
        language={words.language}
        person={person?.personId ?? ""}
        most={MOST_FIGURES}
      />
    </>
  );
}
