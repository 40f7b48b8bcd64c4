import type { Metadata } from "next";
import { answerStatus } from "@/app/_server/answer";
import { staffDb } from "@/app/_server/database";
import { requirePerson, staffWords } from "@/app/_server/session";
import { mayManageTokens } from "@/lib/staff/rules";
import { managedTokens } from "@/lib/tokens/read";
import { NotYours } from "../_components/not-yours";
import { grantOf, isLessened, rightsInWords, standingInWords, useInWords } from "./in-words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("tokens.title") };
}

/** The tokens that an admin may end: what each may, whose it is, and how it stands. */
export default async function TokensPage() {
  const person = await requirePerson("/staff/tokens");
  const words = await staffWords();
  const { t } = words;
  if (!mayManageTokens(person)) {
    answerStatus(403);
    return <NotYours title={t("tokens.title")} words={words} />;
  }
  const tokens = await managedTokens(staffDb(), person);
  return (
    <>
      <h1>{t("tokens.title")}</h1>
      <p className="lead">{t("tokens.lead")}</p>
      <p>
        <a className="button" href="/staff/tokens/new">
          {t("tokens.make")}
        </a>
      </p>
      {tokens.length === 0 && <p className="nothing">{t("tokens.empty")}</p>}
      <ul className="plain">
        {tokens.map((token) => (
          <li key={token.tokenId}>
            <a href={`/staff/tokens/${token.tokenId}`}>{token.name}</a> <small className="aside">{token.makerName}</small>
            <span className="line">{rightsInWords(token.state === "holds" ? token.actor : grantOf(token), words)}</span>
            {token.state === "holds" && isLessened(token) && <span className="line">{t("tokens.mayNow")}</span>}
            <small className="aside">
              {standingInWords(token, words)} · {t("tokens.used")}: {useInWords(token, words)}
              {token.refusals.length > 0 && ` · ${t("tokens.someRefused")}`}
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}
