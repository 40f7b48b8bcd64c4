import type { Metadata } from "next";
import { staffDb } from "@/app/_server/database";
import { mayChangeFactors } from "@/app/_server/enrolment";
import { freshForm } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { requirePerson, session, staffWords } from "@/app/_server/session";
import { ownFactors, sessionsOf } from "@/lib/sign-in/read";
import { SignInAgain } from "../_components/sign-in-again";
import { ChangePasswordForm } from "../_forms/change-password-form";
import { changeOwnPassword } from "./actions";
import { OwnFactorList } from "./own-factor-list";
import { OwnSessions } from "./own-sessions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("account.title") };
}

/** How one signs in oneself, and where one is signed in. */
export default async function AccountPage({ searchParams }: Props) {
  const { saved, recovered, refused } = await searchParams;
  const person = await requirePerson("/staff/account");
  const words = await staffWords();
  const { t } = words;
  const own = await session();
  const may = own !== undefined && mayChangeFactors(own);
  const done = (["ended", "password", "removed"] as const).find((one) => one === saved);
  const why = (["last_factor", "not_fresh"] as const).find((one) => one === refused);
  return (
    <>
      <h1>{t("account.title")}</h1>
      <p className="lead">
        {person.name} · {person.email}
      </p>
      {recovered !== undefined && <p className="band">{t("account.recovered")}</p>}
      {done && (
        <p className="good" role="status">
          {t(`account.saved.${done}`)}
        </p>
      )}
      {why && (
        <p className="bad" role="alert">
          {t(`refusals.${why}`)}
        </p>
      )}
      {!may && <SignInAgain path="/staff/account" text={t("account.again")} words={words} />}
      <h2>{t("account.sessions")}</h2>
      <p>{t("account.sessionsLead")}</p>
      <OwnSessions sessions={await sessionsOf(staffDb(), person.personId)} own={own?.sessionId} may={may} words={words} />
      <h2>{t("account.factors")}</h2>
      <OwnFactorList role={person.role} factors={await ownFactors(staffDb(), person.personId)} may={may} words={words} />
      {may && (
        <>
          <h2>{t("account.password")}</h2>
          <ChangePasswordForm
            action={changeOwnPassword}
            initial={freshForm()}
            email={person.email}
            labels={labelsOf(words, ["account", "refusals", "errors", "setUp"])}
          />
        </>
      )}
    </>
  );
}
