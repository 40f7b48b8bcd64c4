import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { staffDb } from "@/app/_server/database";
import { passkeyTexts, toUse } from "@/app/_server/passkeys";
import { providerOf } from "@/app/_server/provider";
import { session, staffWords, wayOn } from "@/app/_server/session";
import { staffPath } from "@/app/_server/staff-path";
import { hasAdmin } from "@/lib/staff/read";
import { SignInRefusal } from "../_components/sign-in-refusal";
import { PasskeyButton } from "../_forms/passkey-button";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("signIn.title") };
}

/** A plain form: it is sent and answered as a whole page, with or without script. */
export default async function SignInPage({ searchParams }: Props) {
  const { to, refused, minutes } = await searchParams;
  const path = staffPath(to);
  const found = await session();
  // Whose session is older may sign in again: some things want a sign-in of the last quarter of an hour.
  if (found && !(found.stage === "whole" && !found.fresh))
    redirect(found.stage === "whole" ? path : `${wayOn(found)}?to=${encodeURIComponent(path)}`);
  const words = await staffWords();
  const { t } = words;
  const challenge = await toUse();
  const provider = providerOf();
  return (
    <>
      <h1>{t("signIn.title")}</h1>
      <SignInRefusal refused={refused} minutes={minutes} words={words} />
      {!(await hasAdmin(staffDb())) && <p className="band">{t("signIn.noAdmin")}</p>}
      <form className="sheet" method="post" action="/staff/sign-in/password">
        <input type="hidden" name="to" value={path} />
        <p className="field">
          <label htmlFor="email">{t("signIn.email")}</label>
          <input id="email" name="email" type="email" autoComplete="username" required maxLength={254} />
        </p>
        <p className="field">
          <label htmlFor="password">{t("signIn.password")}</label>
          <input id="password" name="password" type="password" autoComplete="current-password" required maxLength={200} />
        </p>
        <p>
          <button type="submit">{t("signIn.submit")}</button>
        </p>
      </form>
      {provider && (
        <form method="post" action="/staff/provider/start">
          <input type="hidden" name="to" value={path} />
          <p>
            <button type="submit" className="quiet">
              {t("signIn.provider", { name: provider.name })}
            </button>
          </p>
        </form>
      )}
      {challenge && (
        <PasskeyButton {...challenge} action="/staff/sign-in/passkey" to={path} texts={passkeyTexts(words, t("signIn.passkey"))} />
      )}
      <p>
        <a href={`/${words.language}`}>{t("signIn.publicPages")}</a>
      </p>
    </>
  );
}
