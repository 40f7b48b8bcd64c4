import type { Metadata } from "next";
import { answerStatus } from "@/app/_server/answer";
import { staffDb } from "@/app/_server/database";
import { freshForm } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { requestTime } from "@/app/_server/public-page";
import { asksAgain, personOrSentForm, staffWords } from "@/app/_server/session";
import { tokenChoices } from "@/app/_server/token-form";
import { listedCountries } from "@/lib/countries/read";
import { mayManageTokens } from "@/lib/staff/rules";
import { today } from "@/lib/vintage";
import { NotYours } from "../../_components/not-yours";
import { againLabels, SignInAgain } from "../../_components/sign-in-again";
import { TokenForm } from "../../_forms/token-form";
import { make } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("tokens.make") };
}

export default async function MakeTokenPage() {
  const person = await personOrSentForm("/staff/tokens/new");
  const words = await staffWords();
  const { t } = words;
  if (person && !mayManageTokens(person)) {
    answerStatus(403);
    return <NotYours title={t("tokens.make")} words={words} />;
  }
  const listed = (await listedCountries(staffDb(), today(requestTime()))).map((c) => c.code);
  return (
    <>
      <p className="back">
        <a href="/staff/tokens">{t("tokens.title")}</a>
      </p>
      <h1>{t("tokens.make")}</h1>
      <p className="lead">{t("tokens.makeLead")}</p>
      {(await asksAgain()) ? (
        <SignInAgain path="/staff/tokens/new" text={t("tokens.again")} words={words} />
      ) : (
        <TokenForm
          action={make}
          initial={freshForm({ days: "90" })}
          labels={{ ...labelsOf(words, ["tokens", "people", "record", "refusals", "errors"]), ...againLabels("/staff/tokens/new", words) }}
          choices={tokenChoices(person, listed, words)}
        />
      )}
    </>
  );
}
