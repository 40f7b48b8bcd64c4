import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { sends } from "@/db/schema";
import { done, type Outcome, refused } from "../outcome";
import type { Actor } from "../staff/rules";
import { PROGRAMS_KEY } from "../tokens/rules";
import { act } from "./write";

const KEY = /^[A-Za-z0-9_-]{8,200}$/;

/** The key as it is kept: every token has keys of its own. */
function keptAs({ tokenId }: Actor, key: string): string | undefined {
  if (tokenId === undefined) return KEY.test(key) ? key : undefined;
  return PROGRAMS_KEY.test(key) ? `${tokenId}/${key}` : undefined;
}

/** Something that was sent under a key: by whom, the key as it is kept, and what tells whether it is the same again. */
export type Send = { personId: string; key: string; bodyHash: string };

/** What somebody sends, as it is kept; undefined without a usable key. @param body as it is compared */
export function sendOf(actor: Actor, sentKey: string | undefined, body: unknown): Send | undefined {
  const key = sentKey === undefined ? undefined : keptAs(actor, sentKey);
  if (key === undefined) return undefined;
  return { personId: actor.personId, key, bodyHash: createHash("sha256").update(JSON.stringify(body)).digest("hex") };
}

/**
 * What each of these was answered when it was sent before, in their order: undefined where it was not, and refused as
 * "sent_otherwise" where it was something else.
 */
export async function answeredBefore<T>(tx: Database, sent: readonly Send[]): Promise<(Outcome<T> | undefined)[]> {
  const [people, keys] = [sent.map(({ personId }) => personId), sent.map(({ key }) => key)];
  const found = await tx
    .select({ personId: sends.personId, key: sends.key, bodyHash: sends.bodyHash, answer: sends.answer })
    .from(sends)
    .where(sql`(${sends.personId}, ${sends.key}) in (select * from unnest(${sql.param(people)}::text[], ${sql.param(keys)}::text[]))`)
    .prepare("sent_before")
    .execute();
  // What is there may be on this machine alone, if it was not waited for then. A commit that writes waits for it now.
  if (found.length > 0) await tx.execute(sql`select pg_logical_emit_message(true, 'muhlat', 'asked again')`);
  return sent.map(({ personId, key, bodyHash }) => {
    const before = found.find((one) => one.personId === personId && one.key === key);
    if (!before) return undefined;
    return before.bodyHash === bodyHash ? done(before.answer as T) : refused({ code: "sent_otherwise" });
  });
}

/** Keeps what was answered under each key. */
export async function keepAnswers(tx: Database, answers: readonly (Send & { answer: unknown })[]): Promise<void> {
  if (answers.length === 0) return;
  // An answer of nothing is JSON's null, not a missing value.
  const rows = answers.map(({ personId, key, bodyHash, answer }) => ({
    person_id: personId,
    key,
    body_hash: bodyHash,
    answer: answer ?? null,
  }));
  await tx
    .insert(sends)
    .select(sql`
      select one->>'person_id', one->>'key', one->>'body_hash', one->'answer', now() from jsonb_array_elements(${JSON.stringify(rows)}::text::jsonb) one`)
    .prepare("sent")
    .execute();
}

/**
 * Runs one act of a person once, however often it is sent: a key that was already used by the same
 * answers what was answered then. The same key with another body is refused as "sent_otherwise".
 * @param sentKey the name that the sender gave the form when it was begun; without a usable one it is done as sent
 * @param body what was sent, as it is compared
 * @param work answers something that JSON can carry
 * @param before as with `act`
 */
export function actOnce<T>(
  db: Database,
  actor: Actor,
  sentKey: string | undefined,
  body: unknown,
  work: (tx: Database) => Promise<Outcome<T>>,
  before?: (tx: Database) => Promise<void>,
): Promise<Outcome<T>> {
  const send = sendOf(actor, sentKey, body);
  if (send === undefined) return act(db, work, before);
  return act(
    db,
    async (tx) => {
      const [earlier] = await answeredBefore<T>(tx, [send]);
      if (earlier) return earlier;
      const outcome = await work(tx);
      if (outcome.ok) await keepAnswers(tx, [{ ...send, answer: outcome.value }]);
      return outcome;
    },
    before,
  );
}
