import type { Metadata } from "next";
import { answerStatus } from "@/app/_server/answer";
import { staffDb } from "@/app/_server/database";
import { withDatesWritten } from "@/app/_server/dates-typed";
import { freshForm } from "@/app/_server/form";
import { enteredBy } from "@/app/_server/history-words";
import { labelsOf } from "@/app/_server/labels";
import { requestTime } from "@/app/_server/public-page";
import { recordChoices, typedOf } from "@/app/_server/record-choices";
import { personOrSentForm, staffWords } from "@/app/_server/session";
import { listedCountries } from "@/lib/countries/read";
import type { Words } from "@/lib/i18n/words";
import { openAbout, type Submission } from "@/lib/review/read";
import { mayDecide } from "@/lib/review/rules";
import type { SignedIn } from "@/lib/sign-in/rules";
import { revisionsOf } from "@/lib/snapshots/read";
import { RANKS } from "@/lib/snapshots/rules";
import { namesOf, peopleWhoMay } from "@/lib/staff/read";
import { may } from "@/lib/staff/rules";
import { today } from "@/lib/vintage";
import { MissingThing } from "../../_components/missing-thing";
import { DecisionForm } from "../../_forms/decision-form";
import { RecordForm } from "../../_forms/record-form";
import { correct, rank, withdraw } from "./actions";
import { Revisions } from "./revisions";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("record.correctTitle") };
}

/** Why a statement cannot be changed by this person now, and who can. */
async function Locked({ person, country, words }: { person: SignedIn | undefined; country: string; words: Words }) {
  const { t } = words;
  const able = await peopleWhoMay(staffDb(), "record", [country], person?.personId);
  const names = able.map(({ name }) => name).join(", ");
  return (
    <p className="band">
      {t("record.notYours")} {able.length > 0 ? t("record.askThem", { names }) : t("record.askNobody")}
    </p>
  );
}

/** A change of this statement that waits for a second person: whose it is, and who decides. */
async function WaitingChange({ open, person, words }: { open: Submission; person: SignedIn | undefined; words: Words }) {
  const { t } = words;
  const names = await namesOf(staffDb(), [open.submittedBy, open.tokenId]);
  const deciders = await peopleWhoMay(staffDb(), "publish", open.countries, open.submittedBy);
  const mine = person && (mayDecide(person, open) || open.submittedBy === person.personId);
  return (
    <p className="band">
      {t("record.changeWaits", {
        name: enteredBy(names, { personId: open.submittedBy, tokenId: open.tokenId }, words),
        when: words.instant(open.submittedAt),
      })}{" "}
      {deciders.length > 0 && t("record.decides", { names: deciders.map(({ name }) => name).join(", ") })}{" "}
      {mine && <a href={`/staff/review/${open.submissionId}`}>{t("record.lookAtIt")}</a>}
    </p>
  );
}

/** One statement for staff: its history, and the forms that correct, rank and withdraw it. */
export default async function CorrectPage({ params, searchParams }: Props) {
  const { id } = await params;
  const person = await personOrSentForm(`/staff/record/${encodeURIComponent(id)}`);
  const { saved, revision } = await searchParams;
  const words = await staffWords();
  const { t } = words;
  const revisions = person && /^[A-Za-z0-9-]{1,100}$/.test(id) ? await revisionsOf(staffDb(), id) : [];
  const newest = revisions[0];
  if (person && !newest) {
    answerStatus(404);
    return <MissingThing words={words} />;
  }
  const labels = labelsOf(words, ["record", "refusals", "errors", "conflict", "draft", "copies"]);
  const listed = (await listedCountries(staffDb(), today(requestTime()))).map((c) => c.code);
  const form = (typed: Record<string, string>, at: number) => (
    // A new form after each saved correction; the key comes from the address, which a form sent without script keeps, so
    // that React finds its state again.
    <RecordForm
      key={String(revision)}
      action={correct.bind(null, id, newest?.snapshot.restates ?? null)}
      initial={freshForm(typed)}
      labels={labels}
      choices={recordChoices(person, listed, words)}
      person={person?.personId ?? ""}
      about={`record/${id}`}
      revision={at}
      reasoned
      submit="submitCorrection"
    />
  );
  // The session ended while the form was open: what was typed comes back, and nothing else is shown.
  if (!person || !newest) return form({}, 0);
  const { snapshot } = newest;
  const names = await namesOf(
    staffDb(),
    revisions.flatMap((r) => [r.recordedBy, r.publishedBy, r.tokenId]),
  );
  const open = await openAbout(staffDb(), id);
  const mayRecord = may(person, "correct", [snapshot.country]);
  const withdrawn = newest.state === "withdrawn";
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
          {saved === "waiting" ? t("record.savedWaiting") : saved === "withdrawn" ? t("record.savedWithdrawn") : t("record.saved")}{" "}
          <a href={`/${words.language}/countries/${snapshot.country.toLowerCase()}`}>{t("record.seePublic")}</a> ·{" "}
          <a href="/staff/record">{t("record.another")}</a>
        </p>
      )}
      {open && <WaitingChange open={open} person={person} words={words} />}
      <h2>{t("record.history")}</h2>
      <Revisions revisions={revisions} names={names} words={words} />
      <p>
        <a href={`/staff/sources/${snapshot.source.id}`}>{t("record.aboutSource")}</a>
      </p>
      <h2>{withdrawn ? t("record.restoreTitle") : t("record.correctTitle")}</h2>
      {mayRecord === "no" || (open && mayRecord === "submits") ? (
        mayRecord === "no" && <Locked person={person} country={snapshot.country} words={words} />
      ) : (
        <>
          {form(withDatesWritten(typedOf(snapshot), words), snapshot.revision)}
          {!withdrawn && (
            <>
              <h2>{t("record.rankTitle")}</h2>
              <DecisionForm
                key={`rank ${revision}`}
                action={rank.bind(null, id)}
                initial={freshForm({ rank: snapshot.rank })}
                labels={labels}
                version={snapshot.revision}
                reason={t("record.reasonOf")}
                ranks={RANKS.map((value) => ({ value, label: t(`record.ranks.${value}`) }))}
                id="submitRank"
                submit={t("record.submitRank")}
              />
              <h2>{t("record.withdrawTitle")}</h2>
              <DecisionForm
                key={`withdraw ${revision}`}
                action={withdraw.bind(null, id)}
                initial={freshForm()}
                labels={labels}
                version={snapshot.revision}
                reason={t("record.reasonOf")}
                id="submitWithdrawal"
                submit={t("record.submitWithdrawal")}
              />
            </>
          )}
        </>
      )}
    </>
  );
}
