import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { staffDb } from "@/app/_server/database";
import { signedIn, staffWords } from "@/app/_server/session";
import { csrfCookie } from "@/app/_server/session-cookie";
import { hasAdmin } from "@/lib/staff/read";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("signIn.title") };
}

/** Only a path of ours is led back to. */
function pathOf(callback: string | string[] | undefined): string {
  if (typeof callback !== "string") return "/staff";
  const path = URL.canParse(callback) ? new URL(callback).pathname : callback;
  return /^\/staff(\/|$)/.test(path) ? path : "/staff";
}

/** A plain form that next-auth takes; its token was set as a cookie on the way here. */
export default async function SignInPage({ searchParams }: Props) {
  const { callbackUrl, error } = await searchParams;
  const path = pathOf(callbackUrl);
  if (await signedIn()) redirect(path);
  const words = await staffWords();
  const { t } = words;
  const token = (await cookies()).get(csrfCookie())?.value.split("|")[0];
  // next-auth sets the cookie and leads back here with callbackUrl; if it is missing then, the browser keeps none.
  if (!token && callbackUrl === undefined && error === undefined) redirect(`/api/auth/signin?callbackUrl=${encodeURIComponent(path)}`);
  return (
    <>
      <h1>{t("signIn.title")}</h1>
      {error !== undefined && (
        <p className="bad" role="alert">
          {t("signIn.wrong")}
        </p>
      )}
      {!token && (
        <p className="bad" role="alert">
          {t("signIn.noCookies")}
        </p>
      )}
      {!(await hasAdmin(staffDb())) && <p className="band">{t("signIn.noAdmin")}</p>}
      <form className="sheet" method="post" action="/api/auth/callback/credentials">
        <input type="hidden" name="csrfToken" value={token ?? ""} />
        <input type="hidden" name="callbackUrl" value={path} />
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
      <p>
        <a href={`/${words.language}`}>{t("signIn.publicPages")}</a>
      </p>
    </>
  );
}
