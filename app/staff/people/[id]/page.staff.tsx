import type { Metadata } from "next";
import { answerStatus } from "@/app/_server/answer";
import { staffDb } from "@/app/_server/database";
import { freshForm } from "@/app/_server/form";
import { tickedAs } from "@/app/_server/form-parts";
import { labelsOf } from "@/app/_server/labels";
import { peopleChoices } from "@/app/_server/people-choices";
import { requestTime } from "@/app/_server/public-page";
import { asksAgain, requirePerson, staffWords } from "@/app/_server/session";
import { listedCountries } from "@/lib/countries/read";
import { managedPeople } from "@/lib/staff/read";
import { mayManageAnybody } from "@/lib/staff/rules";
import { today } from "@/lib/vintage";
import { NotYours } from "../../_components/not-yours";
import { againLabels, SignInAgain } from "../../_components/sign-in-again";
import { OneAct } from "../../_forms/one-act";
import { PersonForm } from "../../_forms/person-form";
import { countriesInWords, factorsInWords, sessionsInWords, stateInWords } from "../in-words";
import { change, changeAccess, reset } from "./actions";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("people.title") };
}

/** Somebody whom an admin manages: what they may, and their way in. */
export default async function PersonPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { saved } = await searchParams;
  const person = await requirePerson(`/staff/people/${encodeURIComponent(id)}`);
  const words = await staffWords();
  const { t } = words;
  if (!mayManageAnybody(person)) {
    answerStatus(403);
    return <NotYours title={t("people.title")} words={words} />;
  }
  const back = (
    <p className="back">
      <a href="/staff/people">{t("people.title")}</a>
    </p>
  );
  const one = (await managedPeople(staffDb(), person)).find(({ personId }) => personId === id);
  if (!one) {
    answerStatus(404);
    return (
      <>
        {back}
        <h1>{t("people.title")}</h1>
        <p className="bad">{t("people.none")}</p>
      </>
    );
  }
  const listed = (await listedCountries(staffDb(), today(requestTime()))).map((c) => c.code);
  const path = `/staff/people/${id}`;
  const labels = {
    ...labelsOf(words, ["people", "record", "refusals", "errors"]),
    "refusals.conflict": t("people.conflict"),
    ...againLabels(path, words),
  };
  const access = (verb: "signOut" | "deactivate" | "reactivate" | "resetFactor") => (
    <OneAct
      action={changeAccess.bind(null, id, verb)}
      initial={freshForm()}
      labels={labels}
      against={{ name: "seen", value: one.seen }}
      submit={t(`people.${verb}`)}
      hint={t(`people.${verb}Hint`)}
    />
  );
  return (
    <>
      {back}
      <h1>{one.name}</h1>
      {saved !== undefined && (
        <p className="good" role="status">
          {t("people.saved")}
        </p>
      )}
      <dl className="facts">
        <div>
          <dt>{t("people.email")}</dt>
          <dd>{one.email}</dd>
        </div>
        <div>
          <dt>{t("people.role")}</dt>
          <dd>{t(`staff.roles.${one.role}`)}</dd>
        </div>
        <div>
          <dt>{t("people.countries")}</dt>
          <dd>{countriesInWords(one, words)}</dd>
        </div>
        <div>
          <dt>{t("people.state")}</dt>
          <dd>
            {stateInWords(one, words)} · {sessionsInWords(one, words)}
          </dd>
        </div>
        <div>
          <dt>{t("people.secondFactor")}</dt>
          <dd>{factorsInWords(one, words)}</dd>
        </div>
      </dl>
      <p>
        <a href={`/staff/history?person=${encodeURIComponent(one.personId)}`}>{t("people.history")}</a>
      </p>
      {one.personId === person.personId ? (
        <p className="band">{t("people.you")}</p>
      ) : (await asksAgain()) ? (
        <SignInAgain path={path} text={t("people.again")} words={words} />
      ) : (
        <>
          <h2>{t("people.change")}</h2>
          <PersonForm
            key={`change ${saved}`}
            action={change.bind(null, id)}
            initial={freshForm({ name: one.name, role: one.role, ...tickedAs("countries", one.countries) })}
            labels={labels}
            choices={peopleChoices(person, listed, words)}
            seen={one.seen}
          />
          <h2>{t("people.access")}</h2>
          {one.active ? (
            <>
              {access("signOut")}
              <OneAct
                action={reset.bind(null, id)}
                initial={freshForm()}
                labels={labels}
                against={{ name: "seen", value: one.seen }}
                submit={t("people.reset")}
                hint={t("people.resetHint")}
              />
              {one.factors.length > 0 && access("resetFactor")}
              {access("deactivate")}
            </>
          ) : (
            access("reactivate")
          )}
        </>
      )}
    </>
  );
}
