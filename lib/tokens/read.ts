import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { people, tokenRefusals, tokens } from "@/db/schema";
import { hashToken } from "../staff/passwords";
import { type Actor, mayManageTokens, type Role } from "../staff/rules";
import { actorOf, isTokenText, mayEnd, stateOf, type TokenState } from "./rules";

const COLUMNS = {
  tokenId: tokens.tokenId,
  countries: tokens.countries,
  publishes: tokens.publishes,
  expiresAt: tokens.expiresAt,
  endedAt: tokens.endedAt,
  lastUsedAt: tokens.lastUsedAt,
  madeBy: tokens.madeBy,
  role: people.role,
  makerCountries: people.countries,
  makerActive: people.active,
  now: sql<string>`now()`,
};

/** A token that was sent: how it stands, who acts with it, and when it was last noted as used. */
export type SentToken = { tokenId: string; state: TokenState; actor: Actor; lastUsedAt: Date | null };

type Row = { tokenId: string; countries: string[]; publishes: boolean; expiresAt: Date; endedAt: Date | null; lastUsedAt: Date | null } & {
  madeBy: string;
  role: string;
  makerCountries: string[];
  makerActive: boolean;
  now: string;
};

function sentFrom(row: Row): SentToken {
  const maker: Actor = { personId: row.madeBy, role: row.role as Role, countries: row.makerCountries };
  const { tokenId, lastUsedAt } = row;
  return { tokenId, state: stateOf(row, new Date(row.now)), actor: actorOf(tokenId, row, maker), lastUsedAt };
}

/** The token behind a text that was sent, as it and its maker stand now; undefined where there is none. */
export async function tokenSent(db: Database, text: string): Promise<SentToken | undefined> {
  if (!isTokenText(text)) return undefined;
  const [row] = await db
    .select(COLUMNS)
    .from(tokens)
    .innerJoin(people, eq(people.personId, tokens.madeBy))
    .where(eq(tokens.tokenHash, hashToken(text)))
    .prepare("token_sent")
    .execute();
  return row && sentFrom(row);
}

/** The same of tokens that are known, by their ids. */
export async function tokensNow(db: Database, tokenIds: readonly string[]): Promise<Map<string, SentToken>> {
  const rows = await db
    .select(COLUMNS)
    .from(tokens)
    .innerJoin(people, eq(people.personId, tokens.madeBy))
    .where(sql`${tokens.tokenId} = any(${sql.param([...tokenIds])}::text[])`)
    .prepare("tokens_now")
    .execute();
  return new Map(rows.map((row) => [row.tokenId, sentFrom(row)]));
}

/** A token as those see it who may end it. */
export type ManagedToken = {
  tokenId: string;
  name: string;
  madeBy: string;
  makerName: string;
  madeAt: Date;
  countries: string[];
  publishes: boolean;
  expiresAt: Date;
  endedAt: Date | null;
  endedByName: string | null;
  lastUsedAt: Date | null;
  state: TokenState;
  /** What it can do now, which is less than it was granted where its maker may less. */
  actor: Actor;
  /** What was refused to it, the latest first. */
  refusals: { reason: "expired" | "ended" | "maker" | "country"; country: string; lastAt: Date }[];
};

/** The tokens that the actor may end or could once: those that hold first, then the newest. */
export async function managedTokens(db: Database, actor: Actor): Promise<ManagedToken[]> {
  if (!mayManageTokens(actor)) return [];
  const rows = await db
    .select({
      ...COLUMNS,
      name: tokens.name,
      madeAt: tokens.madeAt,
      makerName: people.name,
      endedByName: sql<string | null>`(select name from staff.people ender where ender.person_id = ${tokens.endedBy})`,
    })
    .from(tokens)
    .innerJoin(people, eq(people.personId, tokens.madeBy));
  const refusals = await db.select().from(tokenRefusals);
  return rows
    .filter((row) => mayEnd(actor, row))
    .map((row) => {
      const { state, actor: acting } = sentFrom(row);
      const refused = refusals.filter(({ tokenId }) => tokenId === row.tokenId).sort((a, b) => Number(b.lastAt) - Number(a.lastAt));
      const { role: _r, makerCountries: _c, makerActive: _a, now: _n, ...token } = row;
      return { ...token, state, actor: acting, refusals: refused };
    })
    .sort((a, b) => Number(b.state === "holds") - Number(a.state === "holds") || Number(b.madeAt) - Number(a.madeAt));
}

/** The name of every token that ever was, by its id, for histories that staff read. */
export async function tokenNames(db: Database): Promise<Map<string, string>> {
  const rows = await db.select({ id: tokens.tokenId, name: tokens.name }).from(tokens);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
