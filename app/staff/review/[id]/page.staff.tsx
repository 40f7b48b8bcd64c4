import type { Metadata } from "next";
import { aboutWhen } from "@/app/_components/figure";
import { answerInWords } from "@/app/_components/series-table";
import { answerStatus } from "@/app/_server/answer";
import { warningsInWords } from "@/app/_server/briefing";
import { staffDb } from "@/app/_server/database";
import { withDatesWritten } from "@/app/_server/dates-typed";
import { freshForm } from "@/app/_server/form";
import { enteredBy } from "@/app/_server/history-words";
import { labelsOf } from "@/app/_server/labels";
import { requestTime } from "@/app/_server/public-page";
import { recordChoices, typedOf } from "@/app/_server/record-choices";
import { personOrSentForm, staffWords } from "@/app/_server/session";
import { inputOf, submittedInWords, typedOfInput } from "@/app/_server/submissions";
import { listedCountries } from "@/lib/countries/read";
import { confirmationInWords } from "@/lib/history/in-words";
import { submissionOf } from "@/lib/review/read";
import { mayDecide } from "@/lib/review/rules";
import { revisionsOf } from "@/lib/snapshots/read";
import { warningsAbout } from "@/lib/snapshots/write/confirmed";
import { namesOf, peopleWhoMay } from "@/lib/staff/read";
import { may } from "@/lib/staff/rules";
import { today } from "@/lib/vintage";
import { FieldsSideBySide } from "../../_components/fields-side-by-side";
import { MissingThing } from "../../_components/missing-thing";
import { DecisionForm } from "../../_forms/decision-form";
import { RecordForm } from "../../_forms/record-form";
import { mend, publish, sendBack, takeBack } from "./actions";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("review.one") };
}

/** One submission: what it would change, what speaks against it, and the ways on that this person has. */
export default async function SubmissionPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { late } = await searchParams;
  const person = await personOrSentForm(`/staff/review/${encodeURIComponent(id)}`);
  const words = await staffWords();
  const { t } = words;
  const labels = labelsOf(words, ["record", "review", "refusals", "errors", "conflict", "draft", "copies"]);
  const listed = (await listedCountries(staffDb(), today(requestTime()))).map((c) => c.code);
  const submission = person && /^[0-9a-f-]{36}$/.test(id) ? await submissionOf(staffDb(), id) : undefined;
  const input = submission && inputOf(submission);
  const mendForm = (
    <RecordForm
      key={submission?.version}
      action={mend.bind(null, id, input?.restates)}
      initial={freshForm(input && submission ? { ...withDatesWritten(typedOfInput(input), words), reason: submission.reason ?? "" } : {})}
      labels={labels}
      choices={recordChoices(person, listed, words)}
      person={person?.personId ?? ""}
      about={`review/${id}`}
      revision={submission?.version ?? 0}
      reasoned={submission?.verb !== "record"}
      submit="submitAgain"
    />
  );
  // The session ended while the form was open: what was typed comes back, and nothing else is shown.
  if (!person) return mendForm;
  const concerned = submission && (submission.submittedBy === person.personId || may(person, "publish", submission.countries) !== "no");
  if (!submission || !concerned) {
    answerStatus(404);
    return <MissingThing words={words} />;
  }
  const [current] = submission.replacesRevision > 0 ? await revisionsOf(staffDb(), submission.statementId) : [];
  const warnings = input ? warningsInWords(await warningsAbout(staffDb(), input, requestTime(), submission.statementId), words) : [];
  const names = await namesOf(staffDb(), [submission.submittedBy, submission.tokenId, submission.decidedBy]);
  const author = enteredBy(names, { personId: submission.submittedBy, tokenId: submission.tokenId }, words);
  const deciders = await peopleWhoMay(staffDb(), "publish", submission.countries, submission.submittedBy);
  const mine = submission.submittedBy === person.personId && (submission.state === "waiting" || submission.state === "returned");
  const state = submission.state as "waiting" | "returned" | "published" | "discarded";
  return (
    <>
      <p className="back">
        <a href="/staff/review">{t("review.title")}</a>
      </p>
      <h1>{submittedInWords(submission, words)}</h1>
      {late === "yes" && (
        <p className="bad" role="alert">
          {t("refusals.decided_meanwhile")}
        </p>
      )}
      <p>
        <strong>{t(`review.states.${state}`)}</strong> · {t("review.by", { name: author, when: words.instant(submission.submittedAt) })}
        {state === "published" && ` · ${names.get(submission.decidedBy ?? "") ?? ""}`}
      </p>
      {state === "waiting" && deciders.length > 0 && <p>{t("record.decides", { names: deciders.map(({ name }) => name).join(", ") })}</p>}
      {state === "waiting" && deciders.length === 0 && <p className="band">{t("review.nobody")}</p>}
      {submission.returnedBecause && (
        <p className="band">
          {t("review.returned")}: {submission.returnedBecause} ({names.get(submission.decidedBy ?? "") ?? ""})
        </p>
      )}
      {submission.reason && (
        <p>
          {t("snapshot.reason")}: {submission.reason}
        </p>
      )}
      {current && submission.replacesRevision !== current.snapshot.revision && state !== "published" && (
        <p className="bad">{t("review.overtaken", { number: current.snapshot.revision })}</p>
      )}
      {current && (
        <p>
          <a href={`/staff/record/${submission.statementId}`}>{t("review.current")}</a>:{" "}
          <strong>{answerInWords(current.snapshot, words)}</strong> {aboutWhen(current.snapshot, words)}
        </p>
      )}
      {input && <FieldsSideBySide before={current && typedOf(current.snapshot)} after={typedOfInput(input)} words={words} />}
      {submission.verb === "rank" && <p>{t(`record.ranks.${submission.content.rank as "preferred" | "normal" | "deprecated"}`)}</p>}
      {warnings.length > 0 && state !== "published" && (
        <ul className="warnings">
          {warnings.map(({ code, text, asks }) => (
            <li key={code} className={asks ? "warning" : "note"}>
              {text}
            </li>
          ))}
        </ul>
      )}
      {input?.confirmed.confirmation && (
        <p>
          {t("record.confirmed")}: {confirmationInWords(input.confirmed.confirmation, words)}
        </p>
      )}
      {mayDecide(person, submission) && (
        <>
          <h2>{t("review.decide")}</h2>
          <DecisionForm
            action={publish.bind(null, id)}
            initial={freshForm()}
            labels={labels}
            version={submission.version}
            id="publish"
            submit={t("review.publish")}
          />
          <DecisionForm
            action={sendBack.bind(null, id)}
            initial={freshForm()}
            labels={labels}
            version={submission.version}
            reason={t("review.because")}
            id="sendBack"
            submit={t("review.sendBack")}
          />
        </>
      )}
      {mine && (
        <>
          {input && (
            <>
              <h2>{t("review.mend")}</h2>
              {mendForm}
            </>
          )}
          <h2>{t("review.takeBackTitle")}</h2>
          <DecisionForm
            action={takeBack.bind(null, id)}
            initial={freshForm()}
            labels={labels}
            version={submission.version}
            id="takeBack"
            submit={t("review.takeBack")}
          />
        </>
      )}
    </>
  );
}
