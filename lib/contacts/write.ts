import { desc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { contacts } from "@/db/schema";
import { alone, append, newStatementId } from "../ledger/write";
import { dayIn, MOSCOW } from "../moments/rules";
import { done, invalid, type Outcome, refused } from "../outcome";
import { type Actor, may } from "../staff/rules";
import { fieldsOf, requiredText } from "../texts";
import { type ContactInput, contactInput } from "./input";
import { CONFIRMED_AGAIN } from "./rules";

/** Which contact is changed, the revision its author saw, and why. */
export type ContactChange = { statementId: string; replacesRevision: number; reason: unknown };

function contentOf(input: ContactInput) {
  const { confirmed_on: confirmedOn, hide_after_days: hideAfterDays, telephone = null, email = null, url = null, ...rest } = input;
  return { ...rest, telephone, email, url, confirmedOn, hideAfterDays };
}

/**
 * Records whom citizens of a country can turn to; the answer is its statement id.
 * @param sent unchecked, in the shape of `contactInput`
 */
export async function recordContact(tx: Database, actor: Actor, sent: unknown, now: Date): Promise<Outcome<string>> {
  const parsed = contactInput(now).safeParse(sent);
  if (!parsed.success) return invalid(fieldsOf(parsed.error));
  if (may(actor, "announce", [parsed.data.country]) !== "yes") return refused({ code: "forbidden" });
  const statementId = newStatementId();
  const appended = await append(tx, contacts, alone(actor), { statementId, replacesRevision: 0 }, contentOf(parsed.data));
  return appended.ok ? done(statementId) : appended;
}

/** The newest revision of a contact that is public and that the actor may change. */
async function changeable(tx: Database, actor: Actor, statementId: string): Promise<Outcome<typeof contacts.$inferSelect>> {
  const [row] = await tx.select().from(contacts).where(eq(contacts.statementId, statementId)).orderBy(desc(contacts.revision)).limit(1);
  if (!row) return refused({ code: "not_found" });
  if (may(actor, "announce", [row.country]) !== "yes") return refused({ code: "forbidden" });
  return done(row);
}

const reasonInput = requiredText(1000);

const reasonOf = (reason: unknown): Outcome<string> => {
  const parsed = reasonInput.safeParse(reason);
  return parsed.success ? done(parsed.data) : invalid({ reason: parsed.error.issues[0]?.message ?? "required" });
};

/**
 * Corrects a contact, a withdrawn one too, which is then public again.
 * @param sent unchecked, in the shape of `contactInput`
 * @returns the number of the new revision
 */
export async function correctContact(
  tx: Database,
  actor: Actor,
  change: ContactChange,
  sent: unknown,
  now: Date,
): Promise<Outcome<number>> {
  const found = await changeable(tx, actor, change.statementId);
  if (!found.ok) return found;
  const parsed = contactInput(now).safeParse(sent);
  const reason = reasonOf(change.reason);
  if (!parsed.success)
    return invalid({ ...fieldsOf(parsed.error), ...(!reason.ok && reason.failure.code === "invalid" ? reason.failure.fields : {}) });
  if (!reason.ok) return reason;
  if (may(actor, "announce", [parsed.data.country]) !== "yes") return refused({ code: "forbidden" });
  return append(tx, contacts, alone(actor), { ...change, reason: reason.value }, contentOf(parsed.data));
}

/** Adds a revision that differs from the newest in what is given; a withdrawn contact can only be corrected. */
async function addChanged(
  tx: Database,
  actor: Actor,
  change: { statementId: string; replacesRevision: number; reason: string; state?: "withdrawn" },
  changed: { confirmedOn?: string },
): Promise<Outcome<number>> {
  const found = await changeable(tx, actor, change.statementId);
  if (!found.ok) return found;
  const { statementId, revision, state, reason, recordedBy, publishedBy, recordedAt, ...content } = found.value;
  if (state === "withdrawn") return refused({ code: "conflict", current: revision });
  return append(tx, contacts, alone(actor), change, { ...content, ...changed });
}

/** Confirms today that a contact holds as it stands. @returns the number of the new revision */
export function confirmContact(tx: Database, actor: Actor, change: Omit<ContactChange, "reason">, now: Date): Promise<Outcome<number>> {
  return addChanged(tx, actor, { ...change, reason: CONFIRMED_AGAIN }, { confirmedOn: dayIn(MOSCOW, now) });
}

/** Withdraws a contact: the public sees it no more. @returns the number of the new revision */
export async function withdrawContact(tx: Database, actor: Actor, change: ContactChange): Promise<Outcome<number>> {
  const found = await changeable(tx, actor, change.statementId);
  if (!found.ok) return found;
  const reason = reasonOf(change.reason);
  if (!reason.ok) return reason;
  return addChanged(tx, actor, { ...change, reason: reason.value, state: "withdrawn" }, {});
}
