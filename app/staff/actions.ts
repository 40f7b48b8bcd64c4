"use server";

import { redirect } from "next/navigation";
import { staffDb } from "@/app/_server/database";
import { signedIn } from "@/app/_server/session";
import { isLanguage } from "@/lib/i18n/languages";
import { chooseLanguage } from "@/lib/staff/write";

/** Sets the language of the staff pages for the person signed in. */
export async function changeLanguage(form: FormData): Promise<void> {
  const person = await signedIn();
  const language = String(form.get("language"));
  if (person && isLanguage(language)) await chooseLanguage(staffDb(), person.personId, language);
  redirect("/staff");
}
