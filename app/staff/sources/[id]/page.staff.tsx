import type { Metadata } from "next";
import { refresh } from "next/cache";
import { StoredCopy } from "@/app/_components/stored-copy";
import { answerStatus } from "@/app/_server/answer";
import { staffDb } from "@/app/_server/database";
import { type FormState, freshForm, keepingTyped } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { sentCopy } from "@/app/_server/sent-copy";
import { personOrSentForm, signedIn, staffWords } from "@/app/_server/session";
import { contentsOf } from "@/app/_server/two-steps";
import { copyOf } from "@/lib/copies/read";
import { attachCopy, showCopy } from "@/lib/copies/write";
import { actOnce } from "@/lib/ledger/once";
import { countriesOfSource, sourceRevisions, statementsOfSource } from "@/lib/sources/read";
import { namesOf } from "@/lib/staff/read";
import { may } from "@/lib/staff/rules";
import { MissingThing } from "../../_components/missing-thing";
import { AttachCopyForm } from "../../_forms/attach-copy-form";
import { DecisionForm } from "../../_forms/decision-form";
import { SourceHistory } from "./source-history";
import { Statements } from "./statements";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

/** How many statements of each kind are listed. */
const LISTED = 100;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("sources.title") };
}

/** What is said after a change, by the word that the address then has. */
const SAVED = { attached: "copies.attached", shown: "copies.shown", hidden: "copies.hidden" } as const;
const isSaved = (word: unknown): word is keyof typeof SAVED => typeof word === "string" && Object.hasOwn(SAVED, word);

const at = (sourceId: string, saved: string, revision: number) => `/staff/sources/${sourceId}?saved=${saved}&revision=${revision}`;

async function attach(sourceId: string, previous: FormState, form: FormData): Promise<FormState> {
  "use server";
  const state = await keepingTyped(previous, form, async (typed) => {
    const person = await signedIn();
    if (!person) return { code: "signed_out" };
    const sent = await sentCopy(form, "copy", typed, person);
    if (!sent.ok) return sent.failure;
    const change = { sourceId, replacesRevision: Number(typed.replaces_revision), reason: typed.reason };
    const body = ["attach", sourceId, sent.value, contentsOf(typed)];
    const attached = await actOnce(staffDb(), person, typed.send_key, body, (tx) => attachCopy(tx, person, change, sent.value));
    return attached.ok ? { saved: at(sourceId, "attached", attached.value) } : attached.failure;
  });
  if (state.failure?.code === "conflict") refresh();
  return state;
}

async function show(sourceId: string, shown: boolean, previous: FormState, form: FormData): Promise<FormState> {
  "use server";
  const state = await keepingTyped(previous, form, async (typed) => {
    const person = await signedIn();
    if (!person) return { code: "signed_out" };
    const change = { sourceId, replacesRevision: Number(typed.replaces_revision), reason: typed.reason };
    const body = ["show", sourceId, shown, contentsOf(typed)];
    const changed = await actOnce(staffDb(), person, typed.send_key, body, (tx) => showCopy(tx, person, change, shown));
    return changed.ok ? { saved: at(sourceId, shown ? "shown" : "hidden", changed.value) } : changed.failure;
  });
  if (state.failure?.code === "conflict") refresh();
  return state;
}

/** One source for staff: what rests on it, its history, and its stored copy. */
export default async function SourcePage({ params, searchParams }: Props) {
  const { id } = await params;
  const person = await personOrSentForm(`/staff/sources/${encodeURIComponent(id)}`);
  const { saved, revision } = await searchParams;
  const words = await staffWords();
  const { t } = words;
  const db = staffDb();
  const revisions = /^[A-Za-z0-9-]{1,100}$/.test(id) ? await sourceRevisions(db, id) : [];
  const newest = revisions[0];
  if (!newest) {
    answerStatus(404);
    return <MissingThing words={words} />;
  }
  const countries = await countriesOfSource(db, id);
  const copy = newest.copyId ? await copyOf(db, newest.copyId) : undefined;
  const names = await namesOf(db, [
    ...revisions.flatMap((r) => [r.recordedBy, r.publishedBy, r.tokenId]),
    ...(copy ? [copy.storedBy] : []),
  ]);
  const open = newest.state === "published";
  const mayAttach = open && (!person || may(person, "correct", countries) === "yes");
  const mayShow = open && copy !== undefined && (!person || may(person, "announce", countries) === "yes");
  const labels = labelsOf(words, ["copies", "record", "refusals", "errors", "draft"]);
  return (
    <>
      <p className="back">
        <a href="/staff">{t("desk.title")}</a>
      </p>
      <h1>
        {t("sources.title")}: <span lang="">{newest.title}</span>
      </h1>
      {isSaved(saved) && (
        <p className="good" role="status">
          {t(SAVED[saved])}
        </p>
      )}
      {!open && <p className="band">{t("sources.withdrawn")}</p>}
      <h2>{t("copies.title")}</h2>
      {person && copy && (
        <>
          <StoredCopy copy={copy} address={`/staff/sources/${id}/copy`} words={words} />
          <p>
            {t(newest.copyPublic ? "copies.public" : "copies.staffOnly")}{" "}
            {t("copies.by", { name: names.get(copy.storedBy) ?? t("record.starter") })}.
          </p>
        </>
      )}
      {!copy && <p className="nothing">{t("copies.none")}</p>}
      {!mayAttach && !mayShow && open && <p className="band">{t("copies.notYours")}</p>}
      {mayShow && (
        <>
          <h3>{t(newest.copyPublic ? "copies.stop" : "copies.allow")}</h3>
          {/* The keys come from the address, which a form sent without script keeps: a new form after each change. */}
          <DecisionForm
            key={`show ${revision}`}
            action={show.bind(null, id, !newest.copyPublic)}
            initial={freshForm()}
            labels={labels}
            version={newest.revision}
            id="show"
            reason={t("copies.reason")}
            reasonHint={t("copies.reasonHint")}
            submit={t(newest.copyPublic ? "copies.stopSubmit" : "copies.allowSubmit")}
          />
        </>
      )}
      {mayAttach && (
        <>
          <h3>{t(copy ? "copies.sendAnother" : "copies.send")}</h3>
          <AttachCopyForm
            key={`attach ${revision}`}
            action={attach.bind(null, id)}
            initial={freshForm()}
            labels={labels}
            person={person?.personId ?? ""}
            sourceId={id}
            revision={newest.revision}
          />
        </>
      )}
      {person && (
        <>
          <h2>{t("sources.statements")}</h2>
          <Statements statements={await statementsOfSource(db, id, LISTED)} listed={LISTED} words={words} />
          <h2>{t("sources.history")}</h2>
          <SourceHistory revisions={revisions} names={names} words={words} />
        </>
      )}
    </>
  );
}
