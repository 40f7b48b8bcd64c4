"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { staffDb } from "@/app/_server/database";
import { keepingTyped } from "@/app/_server/form";
import { tickedIn } from "@/app/_server/form-parts";
import { freshlySignedIn } from "@/app/_server/session";
import { addressOfLink, type LinkState } from "@/app/_server/set-up-link";
import { act } from "@/lib/ledger/write";
import { managedPeople } from "@/lib/staff/read";
import { changePerson, deactivatePerson, reactivatePerson, resetFactor, resetPerson, signOutPerson } from "@/lib/staff/write";

const ACCESS = { deactivate: deactivatePerson, reactivate: reactivatePerson, signOut: signOutPerson, resetFactor };

/** Saves somebody's name, role and countries. */
export async function change(personId: string, previous: LinkState, form: FormData): Promise<LinkState> {
  return keepingTyped(previous, form, async (typed) => {
    const who = await freshlySignedIn();
    if ("refused" in who) return who.refused;
    const { person } = who;
    const sent = { ...typed, countries: tickedIn(typed, "countries") };
    const changed = await act(staffDb(), (tx) => changePerson(tx, person, { personId, seen: Number(typed.seen) }, sent));
    if (!changed.ok) return changed.failure;
    redirect(`/staff/people/${personId}?saved=${Date.now()}`);
  });
}

/** Ends or gives back somebody's way in. */
export async function changeAccess(personId: string, verb: keyof typeof ACCESS, previous: LinkState, form: FormData): Promise<LinkState> {
  return keepingTyped(previous, form, async (typed) => {
    const who = await freshlySignedIn();
    if ("refused" in who) return who.refused;
    const { person } = who;
    const changed = await act(staffDb(), (tx) => ACCESS[verb](tx, person, { personId, seen: Number(typed.seen) }));
    if (!changed.ok) return changed.failure;
    redirect(`/staff/people/${personId}?saved=${Date.now()}`);
  });
}

/** Makes a new link for somebody, and shows it this once. */
export async function reset(personId: string, previous: LinkState, form: FormData): Promise<LinkState> {
  let link: LinkState["link"];
  const state = await keepingTyped(previous, form, async (typed) => {
    const who = await freshlySignedIn();
    if ("refused" in who) return who.refused;
    const { person } = who;
    const made = await act(staffDb(), (tx) => resetPerson(tx, person, { personId, seen: Number(typed.seen) }));
    if (!made.ok) return made.failure;
    const name = (await managedPeople(staffDb(), person)).find((one) => one.personId === personId)?.name ?? "";
    link = { personId, name, address: addressOfLink(made.value) };
    revalidatePath(`/staff/people/${personId}`);
  });
  return { ...state, link };
}
