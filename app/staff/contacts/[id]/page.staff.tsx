import type { Metadata } from "next";
import { answerStatus } from "@/app/_server/answer";
import { contactChoices } from "@/app/_server/contact-choices";
import { contactTyped } from "@/app/_server/contact-form";
import { staffDb } from "@/app/_server/database";
import { withDatesWritten } from "@/app/_server/dates-typed";
import { freshForm } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { requestTime } from "@/app/_server/public-page";
import { personOrSentForm, staffWords } from "@/app/_server/session";
import { contactRevisions } from "@/lib/contacts/read";
import { textIn } from "@/lib/i18n/words";
import { namesOf } from "@/lib/staff/read";
import { may } from "@/lib/staff/rules";
import { today } from "@/lib/vintage";
import { MissingThing } from "../../_components/missing-thing";
import { ContactForm } from "../../_forms/contact-form";
import { DecisionForm } from "../../_forms/decision-form";
import { OneAct } from "../../_forms/one-act";
import { whetherShown } from "../in-words";
import { change } from "./actions";
import { ContactHistory } from "./contact-history";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("contacts.title") };
}

/** One contact for staff: confirm it, correct it, withdraw it, and what became of it before. */
export default async function ContactPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { saved } = await searchParams;
  const person = await personOrSentForm(`/staff/contacts/${encodeURIComponent(id)}`);
  const words = await staffWords();
  const { t } = words;
  const revisions = /^[A-Za-z0-9-]{1,100}$/.test(id) ? await contactRevisions(staffDb(), id) : [];
  const [newest] = revisions;
  if (!newest) {
    answerStatus(404);
    return <MissingThing words={words} />;
  }
  const names = await namesOf(
    staffDb(),
    revisions.map((revision) => revision.recordedBy),
  );
  const labels = labelsOf(words, ["contacts", "record", "refusals", "errors", "draft"]);
  const against = { name: "replaces_revision", value: newest.revision };
  const withdrawn = newest.state === "withdrawn";
  return (
    <>
      <p className="back">
        <a href="/staff/contacts">{t("contacts.title")}</a>
      </p>
      <h1>{person ? textIn(newest.name, words.language)?.text : t("contacts.title")}</h1>
      {saved !== undefined && (
        <p className="good" role="status">
          {t("contacts.saved")} <a href={`/${words.language}/countries/${newest.country.toLowerCase()}`}>{t("contacts.seePublic")}</a>
        </p>
      )}
      {/* Nobody, whose session ended, gets the form back and sees nothing else. */}
      {person && (
        <p>
          {words.country(newest.country)} · {t(`contacts.kinds.${newest.kind}`)} ·{" "}
          {withdrawn ? t("contacts.withdrawn") : whetherShown(newest, today(requestTime()).knownOn, words)}
        </p>
      )}
      {person && may(person, "announce", [newest.country]) !== "yes" ? (
        <p className="band">{t("contacts.notYours")}</p>
      ) : (
        <>
          {!withdrawn && (
            <OneAct
              key={`confirm ${saved}`}
              action={change.bind(null, "confirm", id)}
              initial={freshForm()}
              labels={labels}
              against={against}
              submit={t("contacts.confirm")}
              hint={t("contacts.confirmHint")}
            />
          )}
          <h2>{t("contacts.correct")}</h2>
          <ContactForm
            key={`correct ${saved}`}
            action={change.bind(null, "correct", id)}
            initial={freshForm(person ? withDatesWritten(contactTyped(newest), words) : {})}
            labels={labels}
            choices={contactChoices(person, words)}
            person={person?.personId ?? ""}
            correcting={{ statementId: id, revision: newest.revision }}
          />
          {!withdrawn && (
            <>
              <h2>{t("contacts.withdraw")}</h2>
              <p>{t("contacts.withdrawHint")}</p>
              <DecisionForm
                key={`withdraw ${saved}`}
                action={change.bind(null, "withdraw", id)}
                initial={freshForm()}
                labels={labels}
                version={newest.revision}
                id="withdraw"
                reason={t("contacts.withdrawReason")}
                submit={t("contacts.withdraw")}
              />
            </>
          )}
        </>
      )}
      {person && (
        <>
          <h2>{t("contacts.history")}</h2>
          <ContactHistory revisions={revisions} names={names} words={words} />
        </>
      )}
    </>
  );
}
