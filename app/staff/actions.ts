"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { staffDb } from "@/app/_server/database";
import { signedIn } from "@/app/_server/session";
import { sessionCookie } from "@/app/_server/session-cookie";
import { isLanguage } from "@/lib/i18n/languages";
import { endSession } from "@/lib/sign-in/write";
import { chooseLanguage } from "@/lib/staff/write";

/** Ends this browser's session, at once and for good. */
export async function signOut(): Promise<void> {
  const jar = await cookies();
  const token = jar.get(sessionCookie())?.value;
  if (token) await endSession(staffDb(), token);
  jar.delete(sessionCookie());
  redirect("/staff/sign-in");
}

/** Sets the language of the staff pages for the person signed in. */
export async function changeLanguage(form: FormData): Promise<void> {
  const person = await signedIn();
  const language = String(form.get("language"));
  if (person && isLanguage(language)) await chooseLanguage(staffDb(), person.personId, language);
  redirect("/staff");
}
