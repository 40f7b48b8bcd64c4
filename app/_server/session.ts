import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { staffDb } from "@/db/client";
import { isLanguage, languageFor } from "@/lib/i18n/languages";
import { type Words, wordsFor } from "@/lib/i18n/words";
import { type Session, sessionOf } from "@/lib/sign-in/read";
import type { SignedIn } from "@/lib/sign-in/rules";
import { touchSession } from "@/lib/sign-in/write";
import { sessionCookie } from "./session-cookie";

/** The token that this browser sent, whatever it is worth. */
export const sentToken = async (): Promise<string | undefined> => (await cookies()).get(sessionCookie())?.value;

/** The session of this browser, read anew for every request and however far it has come; undefined for none. */
export const session = cache(async (): Promise<Session | undefined> => {
  const token = await sentToken();
  const found = token ? await sessionOf(staffDb(), token) : undefined;
  if (token && found?.stale) await touchSession(staffDb(), token);
  return found;
});

/** The person signed in with all that their role asks for, read anew for every request; undefined for nobody. */
export async function signedIn(): Promise<SignedIn | undefined> {
  const found = await session();
  return found?.stage === "whole" ? found.person : undefined;
}

/**
 * The person signed in, where their session began in the last quarter of an hour; else why not. Whoever has somebody's
 * cookie neither makes people nor changes what others may, nor makes tokens that outlive the cookie.
 */
export async function freshlySignedIn(): Promise<{ person: SignedIn } | { refused: { code: "signed_out" | "not_fresh" } }> {
  const found = await session();
  if (found?.stage !== "whole") return { refused: { code: "signed_out" } };
  return found.fresh ? { person: found.person } : { refused: { code: "not_fresh" } };
}

/** Whether a page asks to sign in again in the place of its forms; one that was just sent is shown with what was typed. */
export async function asksAgain(): Promise<boolean> {
  const found = await session();
  return found?.stage === "whole" && !found.fresh && (await headers()).get("x-muhlat-method") !== "POST";
}

/** The person signed in; nobody is led to sign-in, or to what is still missing, and after it back to `path`. */
export async function requirePerson(path: string): Promise<SignedIn> {
  const found = await session();
  if (found?.stage === "whole") return found.person;
  redirect(`${wayOn(found)}?to=${encodeURIComponent(path)}`);
}

/** Where somebody goes whose session is not whole. */
export const wayOn = (found: Session | undefined): string =>
  found ? (found.stage === "enrol" ? "/staff/account/second-factor" : "/staff/second-factor") : "/staff/sign-in";

/**
 * The person signed in, or nobody where a form was just sent by somebody whose session has ended: the page
 * then shows the form again with what was typed, instead of leading away from it. Others are led to sign-in.
 */
export async function personOrSentForm(path: string): Promise<SignedIn | undefined> {
  const person = await signedIn();
  if (!person && (await headers()).get("x-muhlat-method") === "POST") return undefined;
  return person ?? requirePerson(path);
}

/** The words of the staff pages: the person's own language, else the one the browser asks for. */
export async function staffWords(): Promise<Words> {
  // Words are there when the database is not.
  const person = (await session().catch(() => undefined))?.person;
  if (person && isLanguage(person.language)) return wordsFor(person.language);
  return wordsFor(languageFor((await headers()).get("accept-language")));
}
