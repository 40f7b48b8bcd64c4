import type { Metadata } from "next";
import { answerStatus } from "@/app/_server/answer";
import { changesInWords } from "@/app/_server/changes-in-words";
import { freshForm } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { requestTime } from "@/app/_server/public-page";
import { staffWords } from "@/app/_server/session";
import { whatChanges } from "@/lib/deadlines/rules";
import { MissingThing } from "../../../_components/missing-thing";
import { DecisionForm } from "../../../_forms/decision-form";
import { withdraw } from "../../actions";
import { DeadlineFrame } from "../frame";
import { deadlineOnRecord } from "../on-record";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("deadlines.withdrawTitle") };
}

/** Withdraws a deadline that never was, once it is clear what changes for whom. */
export default async function WithdrawDeadlinePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const found = await deadlineOnRecord(id, "/withdraw");
  const words = await staffWords();
  if (!found) {
    answerStatus(404);
    return <MissingThing words={words} />;
  }
  const { t } = words;
  const { newest, chain, mine } = found;
  const { deadline } = newest;
  const changes = whatChanges(
    chain,
    chain.filter((d) => d.statementId !== id),
  );
  return (
    <DeadlineFrame title={t("deadlines.withdrawTitle")} deadline={deadline} chain={chain} now={requestTime()} words={words}>
      {mine ? (
        <>
          <p>{t("deadlines.withdrawLead")}</p>
          <h2>{t("deadlines.changesTitle")}</h2>
          <ul>
            {changesInWords(changes, words).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <DecisionForm
            action={withdraw.bind(null, id)}
            initial={freshForm()}
            labels={labelsOf(words, ["record", "refusals", "errors", "draft"])}
            version={deadline.revision}
            id="withdraw"
            reason={t("deadlines.withdrawReason")}
            reasonHint={t("deadlines.withdrawHint")}
            submit={t("deadlines.withdraw")}
          />
        </>
      ) : (
        <p className="band">{t("deadlines.notYours")}</p>
      )}
    </DeadlineFrame>
  );
}
