import type { Metadata } from "next";
import { answerStatus } from "@/app/_server/answer";
import { staffDb } from "@/app/_server/database";
import { eventChoices } from "@/app/_server/event-choices";
import { freshForm } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { requestTime } from "@/app/_server/public-page";
import { personOrSentForm, staffWords } from "@/app/_server/session";
import { listedCountries } from "@/lib/countries/read";
import { today } from "@/lib/vintage";
import { NotYours } from "../../_components/not-yours";
import { EventForm } from "../../_forms/event-form";
import { record } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("events.new") };
}

/** Records an event. */
export default async function NewEventPage() {
  const person = await personOrSentForm("/staff/events/new");
  const words = await staffWords();
  const { t } = words;
  const choices = eventChoices(person, await listedCountries(staffDb(), today(requestTime())), words);
  if (choices.countries.length + choices.others.length === 0) {
    answerStatus(403);
    return <NotYours title={t("events.new")} words={words} />;
  }
  return (
    <>
      <p className="back">
        <a href="/staff/events">{t("events.title")}</a>
      </p>
      <h1>{t("events.new")}</h1>
      <p className="lead">{t("events.newLead")}</p>
      <EventForm
        action={record.bind(null, null)}
        initial={freshForm({ kind: "context" })}
        labels={labelsOf(words, ["events", "deadlines", "record", "refusals", "errors", "draft"])}
        person={person?.personId ?? ""}
        choices={choices}
      />
    </>
  );
}
