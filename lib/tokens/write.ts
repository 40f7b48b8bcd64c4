import { randomUUID } from "node:crypto";
import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { mayBeLost } from "@/db/commit";
import { tokens } from "@/db/schema";
import { noteAct } from "../ledger/write";
import { done, invalid, type Outcome, refused } from "../outcome";
import { hashToken, newToken } from "../staff/passwords";
import { actorNow } from "../staff/read";
import { type Actor, mayManageTokens } from "../staff/rules";
import { fieldsOf } from "../texts";
import { tokenInput } from "./input";
import { mayEnd, mayMake, PREFIX, type TokenState } from "./rules";

/** A use is noted anew after so many minutes, and a refusal after one: requests wait for no other's row. */
const USE_MINUTES = 5;

/**
 * Makes a token for programs, in the name of the actor, never for more than they may themselves.
 * @param sent unchecked, in the shape of `tokenInput`
 * @returns `token` is what programs send; it is kept nowhere and cannot be shown again
 */
export async function makeToken(tx: Database, actor: Actor, sent: unknown): Promise<Outcome<{ tokenId: string; token: string }>> {
  const now = await actorNow(tx, actor);
  if (!now || !mayManageTokens(now)) return refused({ code: "forbidden" });
  const parsed = tokenInput.safeParse(sent);
  if (!parsed.success) return invalid(fieldsOf(parsed.error));
  const { name, countries, publishes, days } = parsed.data;
  if (!mayMake(now, countries)) return invalid({ countries: "not_your_country" });
  const tokenId = randomUUID();
  const token = PREFIX + newToken();
  const [row] = await tx
    .insert(tokens)
    .values({
      tokenId,
      tokenHash: hashToken(token),
      name,
      madeBy: actor.personId,
      countries,
      publishes,
      expiresAt: sql`now() + make_interval(days => ${Number(days)})` as unknown as Date,
    })
    .returning({ expiresAt: tokens.expiresAt });
  const after = { name, countries, publishes, expires_at: row?.expiresAt.toISOString() };
  await noteAct(tx, actor, { verb: "make", feature: "tokens", objectId: tokenId, countries, after });
  return done({ tokenId, token });
}

/** Ends a token at once and for good; one that is ended already is a conflict. */
export async function endToken(tx: Database, actor: Actor, tokenId: string): Promise<Outcome<null>> {
  const now = await actorNow(tx, actor);
  const [row] = await tx.select().from(tokens).where(eq(tokens.tokenId, tokenId)).for("update");
  if (!now || !mayManageTokens(now)) return refused({ code: "forbidden" });
  if (!row) return refused({ code: "not_found" });
  if (!mayEnd(now, row)) return refused({ code: "forbidden" });
  if (row.endedAt) return refused({ code: "conflict", current: 0 });
  await tx.update(tokens).set({ endedAt: sql`now()`, endedBy: actor.personId }).where(eq(tokens.tokenId, tokenId));
  await noteAct(tx, actor, {
    verb: "end",
    feature: "tokens",
    objectId: tokenId,
    countries: row.countries,
    before: { name: row.name, holds: true },
    after: { name: row.name, holds: false },
  });
  return done(null);
}

/** Ends every token that somebody made: what they could do was in somebody else's hands, or may be. */
export async function endTokensOf(tx: Database, actor: Actor, madeBy: string): Promise<void> {
  const ended = await tx
    .update(tokens)
    .set({ endedAt: sql`now()`, endedBy: actor.personId })
    .where(and(eq(tokens.madeBy, madeBy), isNull(tokens.endedAt)))
    .returning({ tokenId: tokens.tokenId, name: tokens.name, countries: tokens.countries });
  for (const { tokenId, name, countries } of ended)
    await noteAct(tx, actor, {
      verb: "end",
      feature: "tokens",
      objectId: tokenId,
      countries,
      before: { name, holds: true },
      after: { name, holds: false },
    });
}

/** Notes that a token is used, where that was not noted of late: no request waits for another one to note it. */
export async function noteUse(db: Database, { tokenId, lastUsedAt }: { tokenId: string; lastUsedAt: Date | null }): Promise<void> {
  if (lastUsedAt && Date.now() - lastUsedAt.getTime() < USE_MINUTES * 60_000) return;
  const before = sql`now() - make_interval(mins => ${USE_MINUTES})`;
  await db
    .update(tokens)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(tokens.tokenId, tokenId), or(isNull(tokens.lastUsedAt), lt(tokens.lastUsedAt, before)), mayBeLost));
}

/** Notes what was refused to a token that is known: once a minute, in one row for each way, however often it is tried. */
export async function noteRefusal(
  db: Database,
  tokenId: string,
  reason: Exclude<TokenState, "holds"> | "country",
  country = "",
): Promise<void> {
  await db.execute(sql`
    insert into staff.token_refusals (token_id, reason, country)
    select ${tokenId}, ${reason}, ${country}
    where not exists (
      select from staff.token_refusals
      where token_id = ${tokenId} and reason = ${reason} and country = ${country} and last_at > now() - interval '1 minute')
    on conflict (token_id, reason, country) do update set last_at = excluded.last_at`);
}
