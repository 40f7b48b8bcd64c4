import type { Metadata } from "next";
import { GivenText } from "@/app/_components/given-text";
import { answerStatus } from "@/app/_server/answer";
import { freshForm } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { staffWords } from "@/app/_server/session";
import { MissingThing } from "../../../_components/missing-thing";
import { DecisionForm } from "../../../_forms/decision-form";
import { withdraw } from "../../actions";
import { eventOnRecord } from "../on-record";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("events.withdrawTitle") };
}

/** Withdraws an event that never was. */
export default async function WithdrawEventPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const found = await eventOnRecord(id, "/withdraw");
  const words = await staffWords();
  if (!found) {
    answerStatus(404);
    return <MissingThing words={words} />;
  }
  const { t } = words;
  const { event, revision, state } = found.newest;
  return (
    <>
      <p className="back">
        <a href="/staff/events">{t("events.title")}</a>
      </p>
      <h1>{t("events.withdrawTitle")}</h1>
      <p className="lead">
        {words.moment(event.happenedOn)}: <GivenText texts={event.what} words={words} />
        {state === "withdrawn" && <> · {t("snapshot.withdrawn")}</>}
      </p>
      {found.mine ? (
        <>
          <p>{t("events.withdrawLead")}</p>
          <DecisionForm
            action={withdraw.bind(null, id)}
            initial={freshForm()}
            labels={labelsOf(words, ["record", "refusals", "errors", "draft"])}
            version={revision}
            id="withdraw"
            reason={t("deadlines.withdrawReason")}
            reasonHint={t("deadlines.withdrawHint")}
            submit={t("deadlines.withdraw")}
          />
        </>
      ) : (
        <p className="band">{t("events.notYours")}</p>
      )}
    </>
  );
}
