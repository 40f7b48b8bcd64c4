import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { staffDb } from "@/app/_server/database";
import { mayChangeFactors, newOffer } from "@/app/_server/enrolment";
import { freshForm } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { toMake } from "@/app/_server/passkeys";
import { session, staffWords, wayOn } from "@/app/_server/session";
import { staffPath } from "@/app/_server/staff-path";
import { ownFactors } from "@/lib/sign-in/read";
import { SignInAgain } from "../../_components/sign-in-again";
import { EnrolAppForm } from "../../_forms/enrol-app-form";
import { EnrolPasskeyForm } from "../../_forms/enrol-passkey-form";
import { enrolApp, enrolKey } from "./actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("enrol.title") };
}

/** Where a second factor is set up; for who needs one and has none, the only page that opens. */
export default async function EnrolPage({ searchParams }: Props) {
  const asked = (await searchParams).to;
  const found = await session();
  if (!found || found.stage === "second_factor") redirect(`${wayOn(found)}?to=/staff/account`);
  const words = await staffWords();
  const { t } = words;
  const labels = labelsOf(words, ["enrol", "refusals", "errors"]);
  // Whoever was led here goes on to where they were going; whoever came by themselves came from their account.
  const to = asked === undefined ? "/staff/account" : staffPath(asked);
  const challenge = await toMake(found);
  const { authenticator } = await ownFactors(staffDb(), found.person.personId);
  return (
    <>
      <h1>{t("enrol.title")}</h1>
      {found.stage === "enrol" && <p className="band">{t("enrol.needed")}</p>}
      {mayChangeFactors(found) ? (
        <>
          <EnrolAppForm
            action={enrolApp}
            initial={freshForm()}
            offer={newOffer(found)}
            labels={labels}
            to={to}
            replaces={authenticator !== undefined}
          />
          {challenge && <EnrolPasskeyForm {...challenge} action={enrolKey} initial={freshForm()} labels={labels} to={to} />}
        </>
      ) : (
        <SignInAgain path="/staff/account/second-factor" text={t("account.again")} words={words} />
      )}
    </>
  );
}
