"use server";

import { headers } from "next/headers";
import type { Database } from "@/app/_server/database";
import { staffDb } from "@/app/_server/database";
import { type EnrolState, mayChangeFactors, offered } from "@/app/_server/enrolment";
import { keepingTyped } from "@/app/_server/form";
import { answered } from "@/app/_server/passkeys";
import { goOnProven } from "@/app/_server/proven";
import { session } from "@/app/_server/session";
import { act } from "@/lib/ledger/write";
import { done, type Outcome } from "@/lib/outcome";
import { deviceOf } from "@/lib/sign-in/rules";
import { enrolAuthenticator, enrolPasskey, factorsOf, makeRecoveryCodes } from "@/lib/sign-in/write";
import type { Actor } from "@/lib/staff/rules";

/** Sets a factor up; with the first one come ten recovery codes. */
const enrolling = (actor: Actor, work: (tx: Database) => Promise<Outcome<null>>): Promise<Outcome<string[]>> =>
  act(staffDb(), async (tx) => {
    const first = (await factorsOf(tx, actor.personId)).length === 0;
    const made = await work(tx);
    return made.ok ? done(first ? await makeRecoveryCodes(tx, actor) : []) : made;
  });

/** Sets an authenticator app up; the session goes on under a new token. */
export async function enrolApp(previous: EnrolState, form: FormData): Promise<EnrolState> {
  let offer: EnrolState["offer"];
  let enrolled: EnrolState["enrolled"];
  const state = await keepingTyped(previous, form, async ({ sealed, code }) => {
    const found = await session();
    if (!found) return { code: "signed_out" };
    const brought = offered(found, sealed);
    if (!brought || !mayChangeFactors(found)) return { code: "not_fresh" };
    // Where the code was wrong the same key is shown again: the app may have it already.
    offer = brought.offer;
    const made = await enrolling(found.person, (tx) => enrolAuthenticator(tx, found.person, brought.secret, code, Date.now()));
    if (!made.ok) return made.failure;
    if (!(await goOnProven("code"))) return { code: "signed_out" };
    enrolled = { codes: made.value };
  });
  return { ...state, typed: {}, offer, enrolled };
}

/** Makes a passkey one's own; the session goes on under a new token. */
export async function enrolKey(previous: EnrolState, form: FormData): Promise<EnrolState> {
  let enrolled: EnrolState["enrolled"];
  const state = await keepingTyped(previous, form, async (typed) => {
    const found = await session();
    if (!found) return { code: "signed_out" };
    const answer = answered("make", typed, found.person.personId);
    if (!answer || !mayChangeFactors(found)) return { code: "not_fresh" };
    const device = deviceOf((await headers()).get("user-agent"));
    const made = await enrolling(found.person, (tx) => enrolPasskey(tx, found.person, answer, device));
    if (!made.ok) return made.failure;
    if (!(await goOnProven("passkey"))) return { code: "signed_out" };
    enrolled = { codes: made.value };
  });
  return { ...state, typed: {}, enrolled };
}
