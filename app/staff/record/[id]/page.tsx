import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { MissingPage } from "@/app/_components/missing-page";
import { answerStatus } from "@/app/_server/answer";
import { staffDb } from "@/app/_server/database";
import { type FormState, freshForm, keepingTyped, nested, type Theirs } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { requestTime } from "@/app/_server/public-page";
import { recordChoices, typedOf } from "@/app/_server/record-choices";
import { requirePerson, signedIn, staffWords } from "@/app/_server/session";
import { listedCountries } from "@/lib/countries/read";
import { act } from "@/lib/ledger/write";
import { revisionsOf } from "@/lib/snapshots/read";
import { correctSnapshot } from "@/lib/snapshots/write";
import { namesOf } from "@/lib/staff/read";
import { may } from "@/lib/staff/rules";
import { today } from "@/lib/vintage";
import { RecordForm } from "../../_forms/record-form";
import { Revisions } from "./revisions";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("record.correctTitle") };
}

/** The version that came first, for the second of two editors. */
async function theirsOf(statementId: string): Promise<Theirs | undefined> {
  const [newest] = await revisionsOf(staffDb(), statementId);
  if (!newest) return undefined;
  const names = await namesOf(staffDb(), [newest.recordedBy]);
  const { t } = await staffWords();
  const { revision } = newest.snapshot;
  const lead = t("conflict.lead", { name: names.get(newest.recordedBy) ?? t("record.starter"), number: revision });
  return { revision, typed: typedOf(newest.snapshot), lead };
}

async function correct(statementId: string, restates: string | null, previous: FormState, form: FormData): Promise<FormState> {
  "use server";
  const state = await keepingTyped(previous, form, async (typed) => {
    const person = await signedIn();
    if (!person) return { code: "signed_out" };
    const change = { statementId, replacesRevision: Number(typed.replaces_revision), reason: typed.reason };
    const corrected = await act(staffDb(), (tx) => correctSnapshot(tx, person, change, { ...nested(typed), restates }, new Date()));
    if (!corrected.ok) return corrected.failure;
    const { value } = corrected;
    redirect(`/staff/record/${statementId}?saved=${value.state}${value.state === "published" ? `&revision=${value.revision}` : ""}`);
  });
  return state.failure?.code === "conflict" ? { ...state, theirs: await theirsOf(statementId) } : state;
}

/** One statement for staff: its history, and the form that corrects it. */
export default async function CorrectPage({ params, searchParams }: Props) {
  const { id } = await params;
  const person = await requirePerson(`/staff/record/${encodeURIComponent(id)}`);
  const { saved, revision } = await searchParams;
  const words = await staffWords();
  const { t } = words;
  const revisions = /^[A-Za-z0-9-]{1,100}$/.test(id) ? await revisionsOf(staffDb(), id) : [];
  const newest = revisions[0];
  if (!newest) {
    answerStatus(404);
    return <MissingPage words={words} />;
  }
  const { snapshot } = newest;
  const names = await namesOf(
    staffDb(),
    revisions.flatMap((r) => [r.recordedBy, r.publishedBy]),
  );
  const listed = (await listedCountries(staffDb(), today(requestTime()))).map((c) => c.code);
  return (
    <>
      <p className="back">
        <a href="/staff">{t("desk.title")}</a>
      </p>
      <h1>
        {words.country(snapshot.country)}, {t(`measures.${snapshot.measure}`)}
      </h1>
      {saved !== undefined && (
        <p className="good" role="status">
          {saved === "waiting" ? t("record.savedWaiting") : t("record.saved")}{" "}
          <a href={`/${words.language}/countries/${snapshot.country.toLowerCase()}`}>{t("record.seePublic")}</a> ·{" "}
          <a href="/staff/record">{t("record.another")}</a>
        </p>
      )}
      <h2>{t("record.history")}</h2>
      <Revisions revisions={revisions} names={names} words={words} />
      <h2>{t("record.correctTitle")}</h2>
      {may(person, "record", [snapshot.country]) === "no" ? (
        <p className="band">{t("record.notYours")}</p>
      ) : (
        // A new form after each saved correction; the key comes from the address, which a form sent without script keeps, so
        // that React finds its state again.
        <RecordForm
          key={String(revision)}
          action={correct.bind(null, id, snapshot.restates)}
          initial={freshForm(typedOf(snapshot))}
          labels={labelsOf(words, ["record", "refusals", "errors", "conflict"])}
          choices={recordChoices(person, listed, words)}
          correcting={{ revision: snapshot.revision }}
        />
      )}
    </>
  );
}
