import type { Metadata } from "next";
import { staffDb } from "@/app/_server/database";
import { enteredBy } from "@/app/_server/history-words";
import { requirePerson, staffWords } from "@/app/_server/session";
import { submittedInWords } from "@/app/_server/submissions";
import type { Words } from "@/lib/i18n/words";
import { ownOpen, type Submission, waitingFor } from "@/lib/review/read";
import { namesOf } from "@/lib/staff/read";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("review.title") };
}

type Names = ReadonlyMap<string, string>;

/** Submissions one under another, those of one briefing together. */
function Submissions({ list, names, words }: { list: readonly Submission[]; names: Names; words: Words }) {
  const { t } = words;
  return (
    <ul className="plain">
      {list.map((submission) => (
        <li key={submission.submissionId}>
          <a href={`/staff/review/${submission.submissionId}`}>{submittedInWords(submission, words)}</a>{" "}
          <small className="aside">
            {enteredBy(names, { personId: submission.submittedBy, tokenId: submission.tokenId }, words)} ·{" "}
            {words.instant(submission.updatedAt)}
          </small>
          {submission.state === "returned" && submission.returnedBecause && (
            <p className="wrong-line">
              {t("review.returned")}: {submission.returnedBecause}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What waits: for this person to decide, and of their own. */
export default async function ReviewPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const person = await requirePerson("/staff/review");
  const words = await staffWords();
  const { t } = words;
  const { done } = await searchParams;
  const waiting = await waitingFor(staffDb(), person);
  const own = await ownOpen(staffDb(), person.personId);
  const names = await namesOf(
    staffDb(),
    [...waiting, ...own].flatMap((s) => [s.submittedBy, s.tokenId]),
  );
  return (
    <>
      <h1>{t("review.title")}</h1>
      {(done === "published" || done === "returned" || done === "taken_back" || done === "sent") && (
        <p className="good" role="status">
          {t(`review.done.${done}`)}
        </p>
      )}
      <h2>{t("review.forYou")}</h2>
      {waiting.length === 0 ? <p className="nothing">{t("review.nothing")}</p> : <Submissions list={waiting} names={names} words={words} />}
      <h2>{t("review.yours")}</h2>
      {own.length === 0 ? <p className="nothing">{t("review.noneYours")}</p> : <Submissions list={own} names={names} words={words} />}
    </>
  );
}
