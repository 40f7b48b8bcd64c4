import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { copies, sources } from "@/db/schema";
import { alone, append, noteAct } from "../ledger/write";
import { done, invalid, type Outcome, refused } from "../outcome";
import { reasonInput } from "../snapshots/input";
import { countriesOfSource, sourceRevisions } from "../sources/read";
import { type Actor, may, mayRecordAnything } from "../staff/rules";
import { copyRefusal, recognised } from "./content";

/**
 * Keeps a document under the hash of its content; the same one again is the same copy.
 * Whoever may record anything, at once or as a submission, may store what they record from.
 * @returns the copy's id: SHA-256, hexadecimal; what is wrong with the file stands under the field `copy`
 */
export async function storeCopy(tx: Database, actor: Actor, bytes: Uint8Array): Promise<Outcome<string>> {
  if (!mayRecordAnything(actor)) return refused({ code: "forbidden" });
  const refusal = copyRefusal(bytes);
  const mediaType = recognised(bytes);
  if (refusal || !mediaType) return invalid({ copy: refusal ?? "unknown_kind_of_file" });
  const copyId = createHash("sha256").update(bytes).digest("hex");
  const [found] = await tx.select({ id: copies.copyId }).from(copies).where(eq(copies.copyId, copyId));
  if (found) return done(copyId);
  await tx.insert(copies).values({ copyId, mediaType, bytes: Buffer.from(bytes), storedBy: actor.personId });
  await noteAct(tx, actor, { verb: "store", feature: "copies", objectId: copyId, after: { mediaType, size: bytes.length } });
  return done(copyId);
}

/** What a change is made to: `replacesRevision` is the newest revision of the source that its author saw. */
export type SourceChange = { sourceId: string; replacesRevision: number; reason: unknown };

type Held = Pick<typeof sources.$inferSelect, "copyId" | "copyPublic">;

/** Adds a revision of a source that differs in what it holds of a copy. `work` says what, or which field is refused. */
async function change(
  tx: Database,
  actor: Actor,
  verb: "correct" | "announce",
  of: SourceChange,
  work: (current: Held) => Promise<Held | { copy: string }>,
): Promise<Outcome<number>> {
  const [newest] = await sourceRevisions(tx, of.sourceId);
  if (!newest) return refused({ code: "not_found" });
  if (may(actor, verb, await countriesOfSource(tx, of.sourceId)) !== "yes") return refused({ code: "forbidden" });
  if (newest.revision !== of.replacesRevision) return refused({ code: "conflict", current: newest.revision });
  if (newest.state === "withdrawn") return invalid({ copy: "already_withdrawn" });
  const reason = reasonInput.safeParse(of.reason);
  const changed = await work(newest);
  const fields: Record<string, string> = "copy" in changed ? { ...changed } : {};
  if (!reason.success) fields.reason = reason.error.issues[0]?.message ?? "required";
  if ("copy" in changed || !reason.success) return invalid(fields);
  const { statementId, revision, state, reason: _, recordedBy, publishedBy, recordedAt, ...content } = newest;
  return append(tx, sources, alone(actor), { statementId, replacesRevision: revision, reason: reason.data }, { ...content, ...changed });
}

/**
 * Gives a source its stored copy, or another one; the public sees none until an admin allows it.
 * Wants the right to change at once what stands for every country that the source speaks of.
 * @param copyId unchecked; undefined when no file was sent
 * @returns the number of the new revision
 */
export function attachCopy(tx: Database, actor: Actor, of: SourceChange, copyId: string | undefined): Promise<Outcome<number>> {
  return change(tx, actor, "correct", of, async (current) => {
    if (copyId === undefined) return { copy: "required" };
    if (copyId === current.copyId) return { copy: "same_copy" };
    const [found] = await tx.select({ id: copies.copyId }).from(copies).where(eq(copies.copyId, copyId));
    return found ? { copyId, copyPublic: false } : { copy: "no_such_copy" };
  });
}

/**
 * Shows the stored copy of a source to the public, or stops showing it; for admins of every country that the source speaks of.
 * @returns the number of the new revision
 */
export function showCopy(tx: Database, actor: Actor, of: SourceChange, copyPublic: boolean): Promise<Outcome<number>> {
  return change(tx, actor, "announce", of, async ({ copyId, copyPublic: before }) => {
    if (copyId === null) return { copy: "no_such_copy" };
    return before === copyPublic ? { copy: "already_so" } : { copyId, copyPublic };
  });
}
