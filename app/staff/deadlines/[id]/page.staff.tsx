import type { Metadata } from "next";
import { cardOf } from "@/app/_components/deadline-card";
import { DrawnDeadline } from "@/app/_components/drawn-deadline";
import { History } from "@/app/_components/history";
import { announceChoices } from "@/app/_server/announce-choices";
import { typedDeadline, typedSource } from "@/app/_server/announce-fields";
import { answerStatus } from "@/app/_server/answer";
import { staffDb } from "@/app/_server/database";
import { withDatesWritten } from "@/app/_server/dates-typed";
import { freshForm } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { requestTime } from "@/app/_server/public-page";
import { staffWords } from "@/app/_server/session";
import { listedCountries } from "@/lib/countries/read";
import { namesOf } from "@/lib/staff/read";
import { today } from "@/lib/vintage";
import { MissingThing } from "../../_components/missing-thing";
import { DeadlineForm } from "../../_forms/deadline-form";
import { announce } from "../actions";
import { DeadlineFrame } from "./frame";
import { deadlineOnRecord } from "./on-record";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("deadlines.correctTitle") };
}

/** One deadline for staff: its history, and the form that corrects it. */
export default async function CorrectDeadlinePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const found = await deadlineOnRecord(id, "");
  const words = await staffWords();
  if (!found) {
    answerStatus(404);
    return <MissingThing words={words} />;
  }
  const { t } = words;
  const { person, revisions, newest, chain, mine } = found;
  const now = requestTime();
  const names = await namesOf(
    staffDb(),
    revisions.map((r) => r.recordedBy),
  );
  const entries = revisions.map(({ deadline, source: _, ...told }) => ({
    ...told,
    revision: deadline.revision,
    said: <DrawnDeadline card={cardOf({ chain: deadline.chain, standing: deadline, replaced: [] }, now, undefined, words)} />,
  }));
  const typed = {
    ...withDatesWritten({ ...typedDeadline(newest.deadline), ...typedSource(newest.source) }, words),
    replaces_revision: String(newest.deadline.revision),
  };
  return (
    <DeadlineFrame title={t("deadlines.correctTitle")} deadline={newest.deadline} chain={chain} now={now} words={words}>
      {mine ? (
        <>
          <p>{t("deadlines.correctLead")}</p>
          <DeadlineForm
            as="correct"
            of={id}
            action={announce.bind(null, { as: "correct", statementId: id })}
            initial={freshForm(typed)}
            labels={labelsOf(words, ["deadlines", "record", "refusals", "errors", "conflict", "measures", "draft"])}
            person={person?.personId ?? ""}
            choices={announceChoices(person, await listedCountries(staffDb(), today(now)), words)}
          />
        </>
      ) : (
        <p className="band">{t("deadlines.notYours")}</p>
      )}
      {person && (
        <>
          <h2>{t("deadlines.history")}</h2>
          <History entries={entries} names={names} words={words} />
        </>
      )}
    </DeadlineFrame>
  );
}
