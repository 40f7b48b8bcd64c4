import { and, desc, eq, gt, inArray, isNull, ne, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { acts, people, setUpLinks, tokens } from "@/db/schema";
import { type Factor, SESSION } from "../sign-in/rules";
import { hashToken } from "./passwords";
import { type Actor, isProgram, may, mayManage, mayManageAnybody, type Role, type Verb } from "./rules";

const linkHolds = and(isNull(setUpLinks.usedAt), gt(setUpLinks.expiresAt, sql`now()`));

/**
 * The actor with the rights they have now: what was read before the act began may have changed. Undefined when they are
 * let in no more, and for a program, which is not the person in whose name it acts.
 */
export async function actorNow(tx: Database, actor: Actor): Promise<Actor | undefined> {
  if (isProgram(actor)) return undefined;
  const [row] = await tx
    .select({ personId: people.personId, role: people.role, countries: people.countries })
    .from(people)
    .where(and(eq(people.personId, actor.personId), eq(people.active, true)));
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

/** Whether a link that makes the first admin still holds. */
export async function isSetUpLink(db: Database, token: string): Promise<boolean> {
  const [row] = await db
    .select({ hash: setUpLinks.tokenHash })
    .from(setUpLinks)
    .where(and(eq(setUpLinks.tokenHash, hashToken(token)), isNull(setUpLinks.personId), linkHolds));
  return row !== undefined;
}

/** Whom a link lets choose a password; undefined when it does not hold any more. */
export async function personOfLink(db: Database, token: string): Promise<{ name: string; email: string } | undefined> {
  const [row] = await db
    .select({ name: people.name, email: people.email })
    .from(setUpLinks)
    .innerJoin(people, eq(people.personId, setUpLinks.personId))
    .where(and(eq(setUpLinks.tokenHash, hashToken(token)), eq(people.active, true), linkHolds));
  return row;
}

/** Somebody as those see them who manage them. */
export type ManagedPerson = {
  personId: string;
  name: string;
  email: string;
  role: Role;
  countries: string[];
  active: boolean;
  /** False until they have chosen a password. */
  hasPassword: boolean;
  /** Whether an account at an OpenID provider is bound to them. */
  bound: boolean;
  /** Until when their link holds; null when none does. */
  linkUntil: Date | null;
  /** What they have set up as second factors. */
  factors: Factor[];
  /** Browsers in which they are signed in. */
  sessions: number;
  /** The last act on them, 0 when there is none: what a change of them is written against. */
  seen: number;
};

/** The people whom the actor may manage, and the actor, by name. */
export async function managedPeople(db: Database, actor: Actor): Promise<ManagedPerson[]> {
  if (!mayManageAnybody(actor)) return [];
  const rows = await db.execute<Omit<ManagedPerson, "linkUntil" | "seen"> & { linkUntil: string | null; seen: string }>(sql`
    select p.person_id as "personId", p.name, p.email, p.role, p.countries, p.active, p.password_hash is not null as "hasPassword",
      exists (select 1 from staff.provider_identities i where i.person_id = p.person_id) as bound,
      (select max(l.expires_at) from staff.set_up_links l
       where l.person_id = p.person_id and l.used_at is null and l.expires_at > now()) as "linkUntil",
      (select count(*)::int from staff.sessions s
       where s.person_id = p.person_id and s.ended_at is null and s.expires_at > now()
         and s.last_used_at > now() - make_interval(mins => ${SESSION.idleMinutes})) as sessions,
      array(select 'authenticator' from staff.authenticators f where f.person_id = p.person_id
            union all select distinct 'passkey' from staff.passkeys k where k.person_id = p.person_id) as factors,
      (select coalesce(max(a.act_id), 0) from staff.acts a where a.feature = 'people' and a.object_id = p.person_id) as seen
    from staff.people p where p.role <> 'system' order by p.active desc, lower(p.name), p.person_id`);
  return rows
    .filter((row) => row.personId === actor.personId || mayManage(actor, row))
    .map((row) => ({ ...row, linkUntil: row.linkUntil === null ? null : new Date(row.linkUntil), seen: Number(row.seen) }));
}

/** Who took a way in from somebody during the last thirty days, and which, the latest first: what they are to be told. */
export async function waysTakenFrom(db: Database, personId: string): Promise<{ verb: "reset" | "reset_factor"; at: Date; name: string }[]> {
  const rows = await db
    .select({ verb: acts.verb, at: acts.at, name: people.name })
    .from(acts)
    .innerJoin(people, eq(people.personId, acts.personId))
    .where(
      and(
        eq(acts.feature, "people"),
        eq(acts.objectId, personId),
        inArray(acts.verb, ["reset", "reset_factor"]),
        gt(acts.at, sql`now() - interval '30 days'`),
      ),
    )
    .orderBy(desc(acts.actId));
  return rows.map((row) => ({ ...row, verb: row.verb === "reset" ? "reset" : "reset_factor" }));
}

/** Names of people and of tokens by id, for histories that staff read. */
export async function namesOf(db: Database, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const asked = [...new Set(ids)].filter((id) => id !== null);
  const ofPeople = db
    .select({ id: people.personId, name: people.name })
    .from(people)
    .where(and(inArray(people.personId, asked), ne(people.role, "system")));
  const ofTokens = db.select({ id: tokens.tokenId, name: tokens.name }).from(tokens).where(inArray(tokens.tokenId, asked));
  return new Map((await ofPeople.unionAll(ofTokens)).map(({ id, name }) => [id, name]));
}

/**
 * People who may do something for these countries at once, by name: whom to ask where a right is missing.
 * @param but whose own it is: they may where they need no second person, as an admin does with what their program sent
 */
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
      return extent === "yes" || (extent === "others" && row.personId !== but);
    })
    .map(({ personId, name }) => ({ personId, name }));
}
