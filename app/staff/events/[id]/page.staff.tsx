import type { Metadata } from "next";
import { GivenText } from "@/app/_components/given-text";
import { History } from "@/app/_components/history";
import { typedEvent, typedSource } from "@/app/_server/announce-fields";
import { answerStatus } from "@/app/_server/answer";
import { staffDb } from "@/app/_server/database";
import { withDatesWritten } from "@/app/_server/dates-typed";
import { eventChoices } from "@/app/_server/event-choices";
import { freshForm } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { requestTime } from "@/app/_server/public-page";
import { staffWords } from "@/app/_server/session";
import { listedCountries } from "@/lib/countries/read";
import { whomInWords } from "@/lib/deadlines/in-words";
import { namesOf } from "@/lib/staff/read";
import { today } from "@/lib/vintage";
import { MissingThing } from "../../_components/missing-thing";
import { EventForm } from "../../_forms/event-form";
import { record } from "../actions";
import { eventOnRecord } from "./on-record";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("events.correctTitle") };
}

/** One event for staff: its history, and the form that corrects it. */
export default async function CorrectEventPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const found = await eventOnRecord(id, "");
  const words = await staffWords();
  if (!found) {
    answerStatus(404);
    return <MissingThing words={words} />;
  }
  const { t } = words;
  const { person, revisions, newest, mine } = found;
  const names = await namesOf(
    staffDb(),
    revisions.map((r) => r.recordedBy),
  );
  const entries = revisions.map(({ event, ...told }) => ({
    ...told,
    said: (
      <>
        <p>
          <strong>{words.moment(event.happenedOn)}</strong>: <GivenText texts={event.what} words={words} />
        </p>
        <p className="aside">
          {whomInWords({ countries: event.countries, exceptCountries: [] }, words)} · {t(`events.kinds.${event.kind}`)}
          {event.measures.length > 0 && `: ${event.measures.map((measure) => t(`measures.${measure}`)).join(", ")}`}
        </p>
      </>
    ),
  }));
  const typed = {
    ...withDatesWritten({ ...typedEvent(newest.event), ...typedSource(newest.source) }, words),
    replaces_revision: String(newest.revision),
  };
  return (
    <>
      <p className="back">
        <a href="/staff/events">{t("events.title")}</a>
      </p>
      <h1>{t("events.correctTitle")}</h1>
      {mine ? (
        <EventForm
          action={record.bind(null, id)}
          initial={freshForm(typed)}
          labels={labelsOf(words, ["events", "deadlines", "record", "refusals", "errors", "conflict", "draft"])}
          person={person?.personId ?? ""}
          choices={eventChoices(person, await listedCountries(staffDb(), today(requestTime())), words)}
          correcting={id}
        />
      ) : (
        <p className="band">{t("events.notYours")}</p>
      )}
      {person && (
        <>
          <h2>{t("events.history")}</h2>
          <History entries={entries} names={names} words={words} />
        </>
      )}
    </>
  );
}
