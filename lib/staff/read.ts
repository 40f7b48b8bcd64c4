import { and, eq, gt, inArray, isNull, ne, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { people, sessions, setUpLinks, signInAttempts } from "@/db/schema";
import { hashToken } from "./passwords";
import { type Actor, may, type Role, type Verb } from "./rules";

/** A person signed in: who may act, and how to address them. */
export type SignedIn = Actor & { name: string; email: string; language: string };

/** The person behind a session's token, with role and countries as they are now; undefined when it has ended in any way. */
export async function personOfSession(db: Database, token: string): Promise<SignedIn | undefined> {
  const [row] = await db
    .select({
      personId: people.personId,
      role: people.role,
      countries: people.countries,
      name: people.name,
      email: people.email,
      language: people.language,
    })
    .from(sessions)
    .innerJoin(people, eq(people.personId, sessions.personId))
    .where(
      and(eq(sessions.tokenHash, hashToken(token)), isNull(sessions.endedAt), gt(sessions.expiresAt, sql`now()`), eq(people.active, true)),
    );
  return row && { ...row, role: row.role as Role };
}

/** Whether somebody can administer everything already; while nobody can, a set-up link is offered. */
export async function hasAdmin(db: Database): Promise<boolean> {
  const [row] = await db
    .select({ id: people.personId })
    .from(people)
    .where(and(eq(people.role, "central_admin"), eq(people.active, true)))
    .limit(1);
  return row !== undefined;
}

/** Whether a set-up link still holds. */
export async function isSetUpLink(db: Database, token: string): Promise<boolean> {
  const [row] = await db
    .select({ hash: setUpLinks.tokenHash })
    .from(setUpLinks)
    .where(and(eq(setUpLinks.tokenHash, hashToken(token)), isNull(setUpLinks.usedAt), gt(setUpLinks.expiresAt, sql`now()`)));
  return row !== undefined;
}

/** Failed sign-ins of the last quarter of an hour against a key. */
export async function recentAttempts(db: Database, key: string): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(signInAttempts)
    .where(and(eq(signInAttempts.key, key), gt(signInAttempts.at, sql`now() - interval '15 minutes'`)));
  return row?.count ?? 0;
}

/** Names of people by id, for histories that staff read. */
export async function namesOf(db: Database, personIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .select({ id: people.personId, name: people.name })
    .from(people)
    .where(and(inArray(people.personId, [...new Set(personIds)]), ne(people.role, "system")));
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** People who may do something for these countries at once, by name: whom to ask where a right is missing. */
export async function peopleWhoMay(
  db: Database,
  verb: Verb,
  countries: readonly string[],
  but?: string,
): Promise<{ personId: string; name: string }[]> {
  const rows = await db
    .select({ personId: people.personId, name: people.name, role: people.role, countries: people.countries })
    .from(people)
    .where(and(eq(people.active, true), ne(people.role, "system")))
    .orderBy(people.name);
  return rows
    .filter((row) => {
      const extent = may({ ...row, role: row.role as Role }, verb, countries);
      return row.personId !== but && (extent === "yes" || extent === "others");
    })
    .map(({ personId, name }) => ({ personId, name }));
}
