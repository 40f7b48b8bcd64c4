import type { Metadata } from "next";
import { answerStatus } from "@/app/_server/answer";
import { staffDb } from "@/app/_server/database";
import { requirePerson, staffWords } from "@/app/_server/session";
import { managedPeople } from "@/lib/staff/read";
import { mayManageAnybody } from "@/lib/staff/rules";
import { NotYours } from "../_components/not-yours";
import { countriesInWords, sessionsInWords, stateInWords } from "./in-words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("people.title") };
}

/** Whom an admin manages: who they are, what they may, and whether they can sign in. */
export default async function PeoplePage() {
  const person = await requirePerson("/staff/people");
  const words = await staffWords();
  const { t } = words;
  if (!mayManageAnybody(person)) {
    answerStatus(403);
    return <NotYours title={t("people.title")} words={words} />;
  }
  const people = await managedPeople(staffDb(), person);
  return (
    <>
      <h1>{t("people.title")}</h1>
      <p className="lead">{t("people.lead")}</p>
      <p>
        <a className="button" href="/staff/people/new">
          {t("people.invite")}
        </a>
      </p>
      <ul className="plain">
        {people.map((one) => (
          <li key={one.personId}>
            <a href={`/staff/people/${one.personId}`}>{one.name}</a> <small className="aside">{one.email}</small>
            <span className="line">
              {t(`staff.roles.${one.role}`)} · {countriesInWords(one, words)}
            </span>
            <small className="aside">
              {stateInWords(one, words)} · {sessionsInWords(one, words)}
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}
