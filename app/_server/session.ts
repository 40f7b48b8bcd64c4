import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { staffDb } from "@/db/client";
import { isLanguage, languageFor } from "@/lib/i18n/languages";
import { type Words, wordsFor } from "@/lib/i18n/words";
import { personOfSession, type SignedIn } from "@/lib/staff/read";
import { sessionCookie } from "./session-cookie";

/** The person signed in, read anew for every request; undefined for nobody. */
export const signedIn = cache(async (): Promise<SignedIn | undefined> => {
  const token = (await cookies()).get(sessionCookie())?.value;
  return token ? personOfSession(staffDb(), token) : undefined;
});

/** The person signed in; nobody is led to sign-in and, after it, back to `path`. */
export async function requirePerson(path: string): Promise<SignedIn> {
  const person = await signedIn();
  if (!person) redirect(`/api/auth/signin?callbackUrl=${encodeURIComponent(path)}`);
  return person;
}

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
  const person = await signedIn().catch(() => undefined);
  if (person && isLanguage(person.language)) return wordsFor(person.language);
  return wordsFor(languageFor((await headers()).get("accept-language")));
}
