"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { staffDb } from "@/app/_server/database";
import { type EnrolState, mayChangeFactors } from "@/app/_server/enrolment";
import { type FormState, keepingTyped } from "@/app/_server/form";
import { session } from "@/app/_server/session";
import { cookieOptions, SESSION_SECONDS, sessionCookie } from "@/app/_server/session-cookie";
import { act } from "@/lib/ledger/write";
import { done } from "@/lib/outcome";
import type { Session } from "@/lib/sign-in/read";
import { deviceOf } from "@/lib/sign-in/rules";
import { beginSession, checkOwnPassword, endOneOf, endSessionsOf, makeRecoveryCodes, removeFactor } from "@/lib/sign-in/write";
import { changePassword } from "@/lib/staff/write";

/** This browser's session if it is whole; others are led to sign-in. */
async function wholeSession(): Promise<Session> {
  const found = await session();
  if (found?.stage !== "whole") redirect("/staff/sign-in?to=/staff/account");
  return found;
}

/** The same if it began lately: whoever has somebody's cookie neither changes how they sign in nor shuts them out. */
async function freshSession(): Promise<Session> {
  const found = await wholeSession();
  if (!mayChangeFactors(found)) redirect("/staff/account?refused=not_fresh");
  return found;
}

/** Ends one of one's other sessions. */
export async function endOne(form: FormData): Promise<void> {
  const own = await freshSession();
  const named = String(form.get("session"));
  if (/^[\w-]{1,64}$/.test(named)) await endOneOf(staffDb(), own.person.personId, named);
  redirect("/staff/account?saved=ended");
}

/** Ends all of one's sessions but this one. */
export async function endOthers(): Promise<void> {
  const own = await freshSession();
  await endSessionsOf(staffDb(), own.person.personId, own.sessionId);
  redirect("/staff/account?saved=ended");
}

/** Removes one of one's own second factors. */
export async function removeOwn(form: FormData): Promise<void> {
  const own = await freshSession();
  const factor = form.get("factor") === "passkey" ? "passkey" : "authenticator";
  const removed = await act(staffDb(), (tx) => removeFactor(tx, own.person, factor, String(form.get("id"))));
  redirect(!removed.ok && removed.failure.code === "last_factor" ? "/staff/account?refused=last_factor" : "/staff/account?saved=removed");
}

/** Makes ten new recovery codes and shows them this once. */
export async function newCodes(previous: EnrolState, form: FormData): Promise<EnrolState> {
  let enrolled: EnrolState["enrolled"];
  const state = await keepingTyped(previous, form, async () => {
    const own = await wholeSession();
    if (!mayChangeFactors(own)) return { code: "not_fresh" };
    const made = await act(staffDb(), async (tx) => done(await makeRecoveryCodes(tx, own.person)));
    if (!made.ok) return made.failure;
    enrolled = { codes: made.value };
  });
  return { ...state, enrolled };
}

/** Sets another password after the present one was given, with the same limits as at the door; only this browser stays signed in. */
export async function changeOwnPassword(previous: FormState, form: FormData): Promise<FormState> {
  return keepingTyped(previous, form, async ({ current, password }) => {
    const found = await session();
    if (found?.stage !== "whole") return { code: "signed_out" };
    if (!mayChangeFactors(found)) return { code: "not_fresh" };
    const { person, method, secondFactor } = found;
    const sent = await headers();
    const address = sent.get("x-muhlat-address") ?? "unknown";
    const checked = await checkOwnPassword(staffDb(), person.email, current, address);
    if (!checked.ok) return checked.failure;
    const changed = await act(staffDb(), (tx) => changePassword(tx, person, { password }));
    if (!changed.ok) return changed.failure;
    const how = { method, secondFactor: secondFactor ?? undefined, device: deviceOf(sent.get("user-agent")), address };
    const token = await beginSession(staffDb(), person.personId, how);
    (await cookies()).set(sessionCookie(), token, cookieOptions(SESSION_SECONDS));
    return { saved: "/staff/account?saved=password" };
  });
}
