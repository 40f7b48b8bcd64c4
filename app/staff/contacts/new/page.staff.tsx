import type { Metadata } from "next";
import { answerStatus } from "@/app/_server/answer";
import { contactChoices } from "@/app/_server/contact-choices";
import { contactSent } from "@/app/_server/contact-form";
import { staffDb } from "@/app/_server/database";
import { withDatesWritten } from "@/app/_server/dates-typed";
import { type FormState, freshForm, keepingTyped } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { requestTime } from "@/app/_server/public-page";
import { personOrSentForm, signedIn, staffWords } from "@/app/_server/session";
import { HIDE_AFTER_DAYS } from "@/lib/contacts/rules";
import { recordContact } from "@/lib/contacts/write";
import { actOnce } from "@/lib/ledger/once";
import { mayAnnounceAnything } from "@/lib/staff/rules";
import { today } from "@/lib/vintage";
import { NotYours } from "../../_components/not-yours";
import { ContactForm } from "../../_forms/contact-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("contacts.new") };
}

async function record(previous: FormState, form: FormData): Promise<FormState> {
  "use server";
  return keepingTyped(previous, form, async (typed) => {
    const person = await signedIn();
    if (!person) return { code: "signed_out" };
    const sent = contactSent(typed);
    const recorded = await actOnce(staffDb(), person, typed.send_key, sent, (tx) => recordContact(tx, person, sent, new Date()));
    return recorded.ok ? { saved: `/staff/contacts/${recorded.value}?saved=1` } : recorded.failure;
  });
}

export default async function NewContactPage() {
  const person = await personOrSentForm("/staff/contacts/new");
  const words = await staffWords();
  const { t } = words;
  if (person && !mayAnnounceAnything(person)) {
    answerStatus(403);
    return <NotYours title={t("contacts.new")} words={words} />;
  }
  return (
    <>
      <p className="back">
        <a href="/staff/contacts">{t("contacts.title")}</a>
      </p>
      <h1>{t("contacts.new")}</h1>
      <p className="lead">{t("contacts.lead")}</p>
      <ContactForm
        action={record}
        initial={freshForm(
          withDatesWritten({ confirmed_on: today(requestTime()).knownOn, hide_after_days: String(HIDE_AFTER_DAYS) }, words),
        )}
        labels={labelsOf(words, ["contacts", "record", "refusals", "errors", "draft"])}
        choices={contactChoices(person, words)}
        person={person?.personId ?? ""}
      />
    </>
  );
}
