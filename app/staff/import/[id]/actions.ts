"use server";

import { setTimeout as sleep } from "node:timers/promises";
import { type Database, staffDb } from "@/app/_server/database";
import { type FormState, keepingTyped } from "@/app/_server/form";
import { signedIn } from "@/app/_server/session";
import { tell } from "@/lib/imports/progress";
import { abandonImport, checkAgain, publishImport, returnImport, type Seen, sendImport, withdrawImport } from "@/lib/imports/write";
import { actOnce } from "@/lib/ledger/once";
import type { Outcome } from "@/lib/outcome";
import type { SignedIn } from "@/lib/sign-in/rules";

/** How long a form without script waits for its answer before the page is shown that tells how far it is; milliseconds. */
const PATIENCE = 1_500;

type Verb = (person: SignedIn, of: Seen, typed: Record<string, string>, now: Date) => Promise<Outcome<unknown>>;

/**
 * Runs one step of an import. Where no script runs and it takes long, it goes on by itself, and the import's page tells
 * how far it is and what became of it.
 */
async function step(importId: string, previous: FormState, form: FormData, verb: Verb): Promise<FormState> {
  return keepingTyped(previous, form, async (typed) => {
    const person = await signedIn();
    if (!person) return { failure: { code: "signed_out" } };
    const saved = `/staff/import/${importId}`;
    const working = verb(person, { importId, version: Number(typed.replaces_revision) }, typed, new Date());
    if (typed.scripted !== "yes") {
      const answered = await Promise.race([working, sleep(PATIENCE)]);
      if (!answered) {
        working.catch((error) => console.error("a step of an import failed:", error));
        return { saved };
      }
    }
    const outcome = await working;
    if (outcome.ok) return { saved };
    return outcome.failure.code === "warned" ? { failure: { code: "warned" } } : { failure: outcome.failure };
  });
}

/** A step that is one act, done once however often it is sent. */
const once =
  (
    name: string,
    act: (tx: Database, person: SignedIn, of: Seen, typed: Record<string, string>, now: Date) => Promise<Outcome<unknown>>,
  ): Verb =>
  (person, of, typed, now) => {
    const { send_key, scripted: _, ...fields } = typed;
    return actOnce(
      staffDb(),
      person,
      send_key,
      { name, ...of, fields },
      (tx) => act(tx, person, of, typed, now),
      (tx) => tell(tx, of.importId, { step: "waiting", done: 0, total: undefined }),
    );
  };

/** Looks at every row again, with the columns as they are chosen. */
export async function look(id: string, previous: FormState, form: FormData): Promise<FormState> {
  return step(id, previous, form, (person, of, typed, now) => {
    const chosen = Object.entries(typed).flatMap(([name, value]) => (name.startsWith("columns.") ? [[name.slice(8), value]] : []));
    return checkAgain(staffDb(), person, of, chosen.length > 0 ? Object.fromEntries(chosen) : undefined, now);
  });
}

/** Sends it on: into the record, or to a second person. */
export async function send(id: string, previous: FormState, form: FormData): Promise<FormState> {
  const verb = once("send", (tx, person, of, { reason, word, without_faulty }, now) =>
    sendImport(tx, person, of, { reason, word, withoutFaulty: without_faulty }, now),
  );
  return step(id, previous, form, verb);
}

/** Lets what somebody else sent become part of the record. */
export async function publish(id: string, previous: FormState, form: FormData): Promise<FormState> {
  return step(
    id,
    previous,
    form,
    once("publish", (tx, person, of, _typed, now) => publishImport(tx, person, of, now)),
  );
}

/** Sends it back with the reason. */
export async function sendBack(id: string, previous: FormState, form: FormData): Promise<FormState> {
  return step(
    id,
    previous,
    form,
    once("return", (tx, person, of, { reason }, now) => returnImport(tx, person, of, reason, now)),
  );
}

/** Abandons it before it is recorded. */
export async function abandon(id: string, previous: FormState, form: FormData): Promise<FormState> {
  return step(
    id,
    previous,
    form,
    once("abandon", (tx, person, of, _typed, now) => abandonImport(tx, person, of, now)),
  );
}

/** Withdraws the whole of it. */
export async function withdraw(id: string, previous: FormState, form: FormData): Promise<FormState> {
  return step(
    id,
    previous,
    form,
    once("withdraw", (tx, person, of, { reason }, now) => withdrawImport(tx, person, of, reason, now)),
  );
}
