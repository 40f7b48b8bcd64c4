import type { Metadata } from "next";
import { answerStatus } from "@/app/_server/answer";
import { staffDb } from "@/app/_server/database";
import { freshForm } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { asksAgain, requirePerson, staffWords } from "@/app/_server/session";
import { mayManageTokens } from "@/lib/staff/rules";
import { managedTokens } from "@/lib/tokens/read";
import { NotYours } from "../../_components/not-yours";
import { againLabels, SignInAgain } from "../../_components/sign-in-again";
import { OneAct } from "../../_forms/one-act";
import { end } from "../actions";
import { grantOf, isLessened, rightsInWords, useInWords } from "../in-words";
import { Refusals } from "./refusals";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("tokens.title") };
}

/** One token: what it may, how it stands, what was refused to it, and its end. */
export default async function TokenPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { ended } = await searchParams;
  const person = await requirePerson(`/staff/tokens/${encodeURIComponent(id)}`);
  const words = await staffWords();
  const { t, instant } = words;
  if (!mayManageTokens(person)) {
    answerStatus(403);
    return <NotYours title={t("tokens.title")} words={words} />;
  }
  const back = (
    <p className="back">
      <a href="/staff/tokens">{t("tokens.title")}</a>
    </p>
  );
  const token = (await managedTokens(staffDb(), person)).find(({ tokenId }) => tokenId === id);
  if (!token) {
    answerStatus(404);
    return (
      <>
        {back}
        <h1>{t("tokens.title")}</h1>
        <p className="bad">{t("tokens.none")}</p>
      </>
    );
  }
  const path = `/staff/tokens/${id}`;
  const by = (name: string, at: Date) => t("tokens.byWhen", { name, instant: instant(at) });
  const ending = token.endedAt && by(token.endedByName ?? "", token.endedAt);
  const facts = [
    { label: t("tokens.state"), said: [t(`tokens.states.${token.state}`), ending].filter(Boolean).join(" · ") },
    { label: t("tokens.may"), said: rightsInWords(grantOf(token), words) },
    ...(isLessened(token) ? [{ label: t("tokens.mayNow"), said: rightsInWords(token.actor, words) }] : []),
    { label: t("tokens.made"), said: by(token.makerName, token.madeAt) },
    { label: t("tokens.until"), said: instant(token.expiresAt) },
    { label: t("tokens.used"), said: useInWords(token, words) },
  ];
  return (
    <>
      {back}
      <h1>{token.name}</h1>
      {ended !== undefined && token.endedAt && (
        <p className="good" role="status">
          {t("tokens.endedNow")}
        </p>
      )}
      <dl className="facts">
        {facts.map(({ label, said }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{said}</dd>
          </div>
        ))}
      </dl>
      <p>
        <a href="/staff/history?feature=tokens">{t("tokens.history")}</a>
      </p>
      <Refusals refusals={token.refusals} words={words} />
      {!token.endedAt &&
        ((await asksAgain()) ? (
          <SignInAgain path={path} text={t("tokens.again")} words={words} />
        ) : (
          <OneAct
            action={end.bind(null, id)}
            initial={freshForm()}
            labels={{ ...labelsOf(words, ["refusals", "errors"]), "refusals.conflict": t("tokens.conflict"), ...againLabels(path, words) }}
            submit={t("tokens.end")}
            hint={t("tokens.endHint")}
          />
        ))}
    </>
  );
}
