import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { staffDb } from "@/app/_server/database";
import { passkeyTexts, toUse } from "@/app/_server/passkeys";
import { session, staffWords, wayOn } from "@/app/_server/session";
import { staffPath } from "@/app/_server/staff-path";
import type { Words } from "@/lib/i18n/words";
import { ownFactors } from "@/lib/sign-in/read";
import { SignInRefusal } from "../_components/sign-in-refusal";
import { PasskeyButton } from "../_forms/passkey-button";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("secondFactor.title") };
}

/** Where somebody who gave their password shows that it is they. */
export default async function SecondFactorPage({ searchParams }: Props) {
  const { to, refused, minutes } = await searchParams;
  const path = staffPath(to);
  const found = await session();
  if (found?.stage !== "second_factor") redirect(found?.stage === "whole" ? path : `${wayOn(found)}?to=${encodeURIComponent(path)}`);
  const words = await staffWords();
  const { t } = words;
  const challenge = await toUse(found);
  const { authenticator } = await ownFactors(staffDb(), found.person.personId);
  return (
    <>
      <h1>{t("secondFactor.title")}</h1>
      <p className="lead">{t("secondFactor.lead", { name: found.person.name })}</p>
      <SignInRefusal refused={refused} minutes={minutes} words={words} />
      {challenge && (
        <PasskeyButton
          {...challenge}
          action="/staff/second-factor/passkey"
          to={path}
          texts={passkeyTexts(words, t("secondFactor.passkey"))}
        />
      )}
      {authenticator && <CodeForm to={path} words={words} />}
      <RecoveryForm to={path} words={words} />
    </>
  );
}

type FormProps = { to: string; words: Words };

/** A code that the authenticator app shows. */
function CodeForm({ to, words: { t } }: FormProps) {
  return (
    <form className="sheet" method="post" action="/staff/second-factor/code">
      <input type="hidden" name="kind" value="code" />
      <input type="hidden" name="to" value={to} />
      <p className="field">
        <label htmlFor="code">{t("secondFactor.code")}</label>
        <input
          id="code"
          name="code"
          type="text"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          maxLength={20}
          aria-describedby="code-hint"
        />
        <span className="hint" id="code-hint">
          {t("secondFactor.codeHint")}
        </span>
      </p>
      <p>
        <button type="submit">{t("secondFactor.submit")}</button>
      </p>
    </form>
  );
}

/** For who has nothing else at hand. */
function RecoveryForm({ to, words: { t } }: FormProps) {
  return (
    <details>
      <summary>{t("secondFactor.recovery")}</summary>
      <form className="sheet" method="post" action="/staff/second-factor/code">
        <input type="hidden" name="kind" value="recovery_code" />
        <input type="hidden" name="to" value={to} />
        <p className="field">
          <label htmlFor="recovery">{t("secondFactor.recoveryCode")}</label>
          <input id="recovery" name="code" type="text" autoComplete="off" required maxLength={40} aria-describedby="recovery-hint" />
          <span className="hint" id="recovery-hint">
            {t("secondFactor.recoveryHint")}
          </span>
        </p>
        <p>
          <button type="submit">{t("secondFactor.useRecovery")}</button>
        </p>
      </form>
      <p className="hint">{t("secondFactor.lost")}</p>
    </details>
  );
}
