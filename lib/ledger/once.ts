import { createHash } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
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

/**
 * Runs one act of a person or a token once, however often it is sent: a key that was already used by the same
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
  const key = sentKey === undefined ? undefined : keptAs(actor, sentKey);
  if (key === undefined) return act(db, work, before);
  const bodyHash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
  return act(
    db,
    async (tx) => {
      const [sent] = await tx
        .select()
        .from(sends)
        .where(and(eq(sends.personId, actor.personId), eq(sends.key, key)))
        .prepare("sent_before")
        .execute();
      if (sent && sent.bodyHash !== bodyHash) return refused({ code: "sent_otherwise" });
      if (sent) {
        // What is there may be on this machine alone, if it was not waited for then. A commit that writes waits for it now.
        await tx.execute(sql`select pg_logical_emit_message(true, 'muhlat', 'asked again')`);
        return done(sent.answer as T);
      }
      const outcome = await work(tx);
      // An answer of nothing is JSON's null, not a missing value.
      const answer = sql`${JSON.stringify(outcome.ok ? (outcome.value ?? null) : null)}::jsonb`;
      const kept = { personId: actor.personId, key, bodyHash, answer };
      if (outcome.ok) await tx.insert(sends).values(kept).prepare("sent").execute();
      return outcome;
    },
    before,
  );
}
