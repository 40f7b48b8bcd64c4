import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { staffDb } from "@/app/_server/database";
import { type FormState, freshForm, keepingTyped, nested } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { requestTime } from "@/app/_server/public-page";
import { recordChoices } from "@/app/_server/record-choices";
import { requirePerson, signedIn, staffWords } from "@/app/_server/session";
import { listedCountries } from "@/lib/countries/read";
import { act } from "@/lib/ledger/write";
import { recordSnapshot } from "@/lib/snapshots/write";
import { WHO_MAY } from "@/lib/staff/rules";
import { today } from "@/lib/vintage";
import { RecordForm } from "../_forms/record-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("record.title") };
}

async function record(previous: FormState, form: FormData): Promise<FormState> {
  "use server";
  return keepingTyped(previous, form, async (typed) => {
    const person = await signedIn();
    if (!person) return { code: "signed_out" };
    const recorded = await act(staffDb(), (tx) => recordSnapshot(tx, person, nested(typed), new Date()));
    if (!recorded.ok) return recorded.failure;
    redirect(
      recorded.value.state === "published" ? `/staff/record/${recorded.value.statementId}?saved=published` : "/staff/record?saved=waiting",
    );
  });
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function RecordPage({ searchParams }: Props) {
  const person = await requirePerson("/staff/record");
  const { saved } = await searchParams;
  const words = await staffWords();
  const { t } = words;
  const listed = (await listedCountries(staffDb(), today(requestTime()))).map((c) => c.code);
  return (
    <>
      <p className="back">
        <a href="/staff">{t("desk.title")}</a>
      </p>
      <h1>{t("record.title")}</h1>
      {saved === "waiting" && (
        <p className="good" role="status">
          {t("record.savedWaiting")}
        </p>
      )}
      <p className="lead">{WHO_MAY[person.role].record === "yes" ? t("record.lead") : t("record.leadSubmits")}</p>
      <RecordForm
        action={record}
        initial={freshForm()}
        labels={labelsOf(words, ["record", "refusals", "errors"])}
        choices={recordChoices(person, listed, words)}
      />
    </>
  );
}
