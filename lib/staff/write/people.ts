import { randomUUID } from "node:crypto";
import { and, eq, exists, isNotNull, max, ne, or } from "drizzle-orm";
import type { Database } from "@/db/client";
import { acts, people, providerIdentities } from "@/db/schema";
import { noteAct } from "../../ledger/write";
import { done, invalid, type Outcome, refused } from "../../outcome";
import { endFactorsOf, factorsOf } from "../../sign-in/write/factors";
import { endIdentitiesOf } from "../../sign-in/write/identities";
import { endSessionsOf } from "../../sign-in/write/sessions";
import { fieldsOf } from "../../texts";
import { endTokensOf } from "../../tokens/write";
import { invitationInput, standingInput } from "../input";
import { actorNow } from "../read";
import { type Actor, mayManage, type Role, SYSTEM } from "../rules";
import { isGuarded, needsAnother } from "./second-admin";
import { endLinksOf, newLinkFor } from "./set-up";

type Row = typeof people.$inferSelect;

/** Whom an act is about, and the last act on them that its author saw; a later one makes it a conflict. */
export type SeenPerson = { personId: string; seen: number };

async function isLastAdmin(tx: Database, row: Row): Promise<boolean> {
  if (row.role !== "central_admin") return false;
  const [other] = await tx
    .select({ id: people.personId })
    .from(people)
    .where(
      and(
        eq(people.role, "central_admin"),
        eq(people.active, true),
        or(
          isNotNull(people.passwordHash),
          exists(tx.select().from(providerIdentities).where(eq(providerIdentities.personId, people.personId))),
        ),
        ne(people.personId, row.personId),
      ),
    )
    .limit(1);
  return other === undefined;
}

/** Somebody whom the actor may manage, as they stand now. */
async function managed(tx: Database, actor: Actor, of: SeenPerson): Promise<Outcome<{ row: Row; now: Actor }>> {
  const now = await actorNow(tx, actor);
  const [row] = await tx.select().from(people).where(eq(people.personId, of.personId)).for("update");
  if (!row) return refused({ code: "not_found" });
  if (!now || !mayManage(now, { role: row.role as Role, countries: row.countries })) return refused({ code: "forbidden" });
  if (await isLastAdmin(tx, row)) return refused({ code: "last_admin" });
  if (row.personId === actor.personId) return refused({ code: "own_rights" });
  const [last] = await tx
    .select({ act: max(acts.actId) })
    .from(acts)
    .where(and(eq(acts.feature, "people"), eq(acts.objectId, row.personId)));
  const current = last?.act ?? 0;
  return current === of.seen ? done({ row, now }) : refused({ code: "conflict", current });
}

type Facts = Pick<Row, "name" | "email" | "role" | "countries" | "active">;

const factsOf = ({ name, email, role, countries, active }: Facts): Facts => ({ name, email, role, countries, active });

/** Changes a person's row and says so in the history. */
async function change(tx: Database, actor: Actor, verb: string, row: Row, changed: Partial<Facts>): Promise<void> {
  await tx.update(people).set(changed).where(eq(people.personId, row.personId));
  await noteAct(tx, actor, {
    verb,
    feature: "people",
    objectId: row.personId,
    countries: [...new Set([...row.countries, ...(changed.countries ?? [])])].sort(),
    before: factsOf(row),
    after: factsOf({ ...row, ...changed }),
  });
}

/**
 * Invites somebody; they choose their own password with the link, which holds for 72 hours.
 * @param sent unchecked, in the shape of `invitationInput`
 * @returns `token` of the link; it is kept nowhere and cannot be shown again
 */
export async function invitePerson(tx: Database, actor: Actor, sent: unknown): Promise<Outcome<{ personId: string; token: string }>> {
  const parsed = invitationInput.safeParse(sent);
  if (!parsed.success) return invalid(fieldsOf(parsed.error));
  const input = parsed.data;
  const now = await actorNow(tx, actor);
  if (!now || !mayManage(now, input)) return refused({ code: "forbidden" });
  const [taken] = await tx.select({ id: people.personId }).from(people).where(eq(people.email, input.email));
  if (taken) return invalid({ email: "email_taken" });
  const personId = randomUUID();
  await tx.insert(people).values({ personId, ...input });
  const after = factsOf({ ...input, active: true });
  await noteAct(tx, actor, { verb: "invite", feature: "people", objectId: personId, countries: input.countries, after });
  return done({ personId, token: await newLinkFor(tx, personId) });
}

/**
 * Changes somebody's name, role and countries, never beyond what the actor may manage.
 * @param sent unchecked, in the shape of `standingInput`
 */
export async function changePerson(tx: Database, actor: Actor, of: SeenPerson, sent: unknown): Promise<Outcome<null>> {
  const found = await managed(tx, actor, of);
  if (!found.ok) return found;
  const parsed = standingInput.safeParse(sent);
  if (!parsed.success) return invalid(fieldsOf(parsed.error));
  if (!mayManage(found.value.now, parsed.data)) return refused({ code: "forbidden" });
  await change(tx, actor, "change", found.value.row, parsed.data);
  return done(null);
}

/** Lets somebody in no more: their sessions and links end with it. */
export async function deactivatePerson(tx: Database, actor: Actor, of: SeenPerson): Promise<Outcome<null>> {
  const found = await managed(tx, actor, of);
  if (!found.ok) return found;
  if (!found.value.row.active) return refused({ code: "conflict", current: of.seen });
  await change(tx, actor, "deactivate", found.value.row, { active: false });
  await endSessionsOf(tx, of.personId);
  await endLinksOf(tx, of.personId);
  return done(null);
}

/** Lets somebody in again, with the password they had. */
export async function reactivatePerson(tx: Database, actor: Actor, of: SeenPerson): Promise<Outcome<null>> {
  const found = await managed(tx, actor, of);
  if (!found.ok) return found;
  if (found.value.row.active) return refused({ code: "conflict", current: of.seen });
  await change(tx, actor, "reactivate", found.value.row, { active: true });
  return done(null);
}

/**
 * Voids somebody's password, frees their account at a provider and ends their sessions and tokens.
 * @returns the token of a new link to choose another with; "second_admin" where the actor took an admin's second factor
 *   before, or nothing would be left that only that admin has
 */
export async function resetPerson(tx: Database, actor: Actor, of: SeenPerson): Promise<Outcome<string>> {
  const found = await managed(tx, actor, of);
  if (!found.ok) return found;
  const { personId, active, countries, passwordHash } = found.value.row;
  if (!active) return refused({ code: "conflict", current: of.seen });
  if (await needsAnother(tx, actor, personId, "reset")) return refused({ code: "second_admin" });
  await tx.update(people).set({ passwordHash: null }).where(eq(people.personId, personId));
  await endIdentitiesOf(tx, personId);
  await endSessionsOf(tx, personId);
  await endTokensOf(tx, actor, personId);
  const told = { before: { has_password: passwordHash !== null }, after: { has_password: false } };
  await noteAct(tx, actor, { verb: "reset", feature: "people", objectId: personId, countries, ...told });
  return done(await newLinkFor(tx, personId));
}

/**
 * Takes somebody's second factors and recovery codes from them who has lost these, and ends their sessions and tokens:
 * whose role needs one sets up another before anything else. Nobody does it for themselves, as with all that an admin
 * does to people, and who made a new link for an admin does not do this too ("second_admin").
 */
export async function resetFactor(tx: Database, actor: Actor, of: SeenPerson): Promise<Outcome<null>> {
  const found = await managed(tx, actor, of);
  if (!found.ok) return found;
  const { personId, countries } = found.value.row;
  if ((await factorsOf(tx, personId)).length === 0) return refused({ code: "conflict", current: of.seen });
  if (await needsAnother(tx, actor, personId, "reset_factor")) return refused({ code: "second_admin" });
  const factors = await endFactorsOf(tx, personId);
  await endSessionsOf(tx, personId);
  await endTokensOf(tx, actor, personId);
  await noteAct(tx, actor, { verb: "reset_factor", feature: "people", objectId: personId, countries, before: { factor: factors } });
  return done(null);
}

/**
 * The same by whoever runs this server, for the admin who has nobody else: it stands in the history as done by the
 * product, and any admin may then make a new link. An admin whose second factor is their provider's has none to lose.
 * @returns "not_found" where nobody of this e-mail has a second factor
 */
export async function resetFactorAtTheMachine(tx: Database, email: string): Promise<Outcome<null>> {
  const [row] = await tx
    .select({ personId: people.personId, countries: people.countries })
    .from(people)
    .where(eq(people.email, email.trim().toLowerCase()));
  const factors = row ? await endFactorsOf(tx, row.personId) : [];
  if (!row || (factors.length === 0 && !(await isGuarded(tx, row.personId)))) return refused({ code: "not_found" });
  await endSessionsOf(tx, row.personId);
  await endTokensOf(tx, SYSTEM, row.personId);
  const told = { objectId: row.personId, countries: row.countries, before: { factor: factors } };
  await noteAct(tx, SYSTEM, { verb: "reset_factor", feature: "people", ...told });
  return done(null);
}

/** Signs somebody out everywhere; they can sign in again. */
export async function signOutPerson(tx: Database, actor: Actor, of: SeenPerson): Promise<Outcome<null>> {
  const found = await managed(tx, actor, of);
  if (!found.ok) return found;
  const { personId, countries } = found.value.row;
  await endSessionsOf(tx, personId);
  await noteAct(tx, actor, { verb: "sign_out", feature: "sessions", objectId: personId, countries });
  return done(null);
}

/** Sets the language in which a person works. */
export async function chooseLanguage(db: Database, personId: string, language: string): Promise<void> {
  await db.update(people).set({ language }).where(eq(people.personId, personId));
}
