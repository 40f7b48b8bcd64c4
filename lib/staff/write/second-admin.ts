import { and, eq, gt, inArray, isNotNull, max, or, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { acts, people, sessions } from "@/db/schema";
import { factorsOf } from "../../sign-in/write/factors";
import type { Actor } from "../rules";

/** The two acts that together open somebody's account to who does them. */
export type WayTaken = "reset" | "reset_factor";

const ADMINS = ["country_admin", "central_admin"];
const isAbout = (personId: string) => and(eq(acts.feature, "people"), eq(acts.objectId, personId));

/** Since when nobody but the person themself can have been in; undefined for who never was an admin, or never came in with a second factor. */
async function cameInAsAdmin(tx: Database, personId: string): Promise<Date | undefined> {
  const wasAdmin = or(sql`${acts.before}->>'role' in ${ADMINS}`, sql`${acts.after}->>'role' in ${ADMINS}`);
  const [act] = await tx
    .select({ id: acts.actId })
    .from(acts)
    .where(and(isAbout(personId), wasAdmin))
    .limit(1);
  const [person] = await tx.select({ role: people.role }).from(people).where(eq(people.personId, personId));
  if (!act && !ADMINS.includes(person?.role ?? "")) return undefined;
  const [last] = await tx
    .select({ at: max(sessions.createdAt) })
    .from(sessions)
    .where(and(eq(sessions.personId, personId), isNotNull(sessions.secondFactor)));
  return last?.at ?? undefined;
}

/**
 * Whether it takes somebody else to take this from an admin: whoever voids their way in does not take their second
 * factor as well before they came in themselves, nor the other way round, and where no factor of their own would be
 * left to ask for, a new link alone is too much. Who was an admin once counts as one, so that nobody is first made less.
 */
export async function needsAnother(tx: Database, actor: Actor, personId: string, taken: WayTaken): Promise<boolean> {
  const since = await cameInAsAdmin(tx, personId);
  if (!since) return false;
  const done = await tx
    .select({ verb: acts.verb, by: acts.personId })
    .from(acts)
    .where(and(isAbout(personId), inArray(acts.verb, ["reset", "reset_factor"]), gt(acts.at, since)));
  const other = taken === "reset" ? "reset_factor" : "reset";
  if (done.some(({ verb, by }) => verb === other && by === actor.personId)) return true;
  if (taken === "reset_factor") return false;
  return (await factorsOf(tx, personId)).length === 0 && !done.some(({ verb }) => verb === "reset_factor");
}

/** Whether somebody is let in by something that only a second admin or the machine may take, although they have no factor of ours. */
export const isGuarded = async (tx: Database, personId: string): Promise<boolean> => (await cameInAsAdmin(tx, personId)) !== undefined;
