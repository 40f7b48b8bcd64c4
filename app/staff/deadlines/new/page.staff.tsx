import type { Metadata } from "next";
import { announceChoices } from "@/app/_server/announce-choices";
import { answerStatus } from "@/app/_server/answer";
import { staffDb } from "@/app/_server/database";
import { freshForm } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { requestTime } from "@/app/_server/public-page";
import { personOrSentForm, staffWords } from "@/app/_server/session";
import { listedCountries } from "@/lib/countries/read";
import { MOSCOW } from "@/lib/moments/rules";
import { today } from "@/lib/vintage";
import { NotYours } from "../../_components/not-yours";
import { DeadlineForm } from "../../_forms/deadline-form";
import { announce } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("deadlines.new") };
}

/** Announces a deadline that replaces none. */
export default async function NewDeadlinePage() {
  const person = await personOrSentForm("/staff/deadlines/new");
  const words = await staffWords();
  const { t } = words;
  const choices = announceChoices(person, await listedCountries(staffDb(), today(requestTime())), words);
  if (choices.countries.length + choices.others.length === 0) {
    answerStatus(403);
    return <NotYours title={t("deadlines.new")} words={words} />;
  }
  return (
    <>
      <p className="back">
        <a href="/staff/deadlines">{t("deadlines.title")}</a>
      </p>
      <h1>{t("deadlines.new")}</h1>
      <p className="lead">{t("deadlines.newLead")}</p>
      <DeadlineForm
        as="new"
        action={announce.bind(null, { as: "new" })}
        initial={freshForm({ zone: MOSCOW, day_counts: "yes", measure: "gray_list" })}
        labels={labelsOf(words, ["deadlines", "record", "refusals", "errors", "conflict", "measures", "draft"])}
        person={person?.personId ?? ""}
        choices={choices}
      />
    </>
  );
}
