import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { people, providerIdentities } from "@/db/schema";
import { noteAct } from "../../ledger/write";
import { done, type Outcome, refused } from "../../outcome";
import type { Role } from "../../staff/rules";

/** Who somebody is at a provider. */
type Who = { issuer: string; subject: string };

/** The person whom an identity is bound to; undefined where it is bound to nobody who may sign in. */
export async function personOfIdentity(db: Database, { issuer, subject }: Who): Promise<string | undefined> {
  const [row] = await db
    .select({ personId: people.personId })
    .from(providerIdentities)
    .innerJoin(people, eq(people.personId, providerIdentities.personId))
    .where(and(eq(providerIdentities.issuer, issuer), eq(providerIdentities.subject, subject), eq(people.active, true)));
  return row?.personId;
}

/** Binds an identity to a person, and says so in the history. @returns "forbidden" where it is somebody's, or the person has another of that provider */
export async function bindIdentity(tx: Database, personId: string, { issuer, subject }: Who): Promise<Outcome<string>> {
  const bound = await tx
    .insert(providerIdentities)
    .values({ issuer, subject, personId })
    .onConflictDoNothing()
    .returning({ personId: providerIdentities.personId });
  if (bound.length === 0) return refused({ code: "forbidden" });
  const [person] = await tx.select({ role: people.role, countries: people.countries }).from(people).where(eq(people.personId, personId));
  const actor = { personId, role: person?.role as Role, countries: person?.countries ?? [] };
  await noteAct(tx, actor, {
    verb: "bind",
    feature: "people",
    objectId: personId,
    countries: actor.countries,
    after: { provider: issuer },
  });
  return done(personId);
}

/** Frees a person of every identity they are bound to. */
export async function endIdentitiesOf(tx: Database, personId: string): Promise<void> {
  await tx.delete(providerIdentities).where(eq(providerIdentities.personId, personId));
}
