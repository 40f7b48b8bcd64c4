import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { authenticators, passkeys, people, recoveryCodes, sessions } from "@/db/schema";
import { hashToken } from "../staff/passwords";
import type { Role } from "../staff/rules";
import { holding } from "./holding";
import { SESSION, type SecondFactor, type SignedIn, type Stage, stageOf } from "./rules";
import { unseal } from "./seal";

/** A session as it stands now, and whose it is. */
export type Session = {
  sessionId: string;
  stage: Stage;
  person: SignedIn;
  method: "password" | "passkey" | "provider";
  secondFactor: SecondFactor | null;
  /** Begun so lately that its person may change how they sign in. */
  fresh: boolean;
  /** Not noted as used for a minute or more. */
  stale: boolean;
};

const hasFactor = sql<boolean>`(exists (select 1 from staff.authenticators a where a.person_id = ${people.personId})
  or exists (select 1 from staff.passkeys k where k.person_id = ${people.personId}))`;
const youngerThan = (minutes: number) => sql<boolean>`${sessions.createdAt} > now() - make_interval(mins => ${minutes})`;

/** The session of a token, with role and countries as they are now, however far it has come; undefined when it has ended in any way. */
export async function sessionOf(db: Database, token: string): Promise<Session | undefined> {
  const [row] = await db
    .select({
      sessionId: sessions.sessionId,
      method: sessions.method,
      secondFactor: sessions.secondFactor,
      personId: people.personId,
      role: people.role,
      countries: people.countries,
      name: people.name,
      email: people.email,
      language: people.language,
      hasFactor,
      young: youngerThan(SESSION.halfMinutes),
      fresh: youngerThan(SESSION.freshMinutes),
      stale: sql<boolean>`${sessions.lastUsedAt} < now() - interval '1 minute'`,
    })
    .from(sessions)
    .innerJoin(people, eq(people.personId, sessions.personId))
    .where(and(eq(sessions.tokenHash, hashToken(token)), holding, eq(people.active, true)));
  if (!row) return undefined;
  const { sessionId, method, secondFactor, hasFactor: has, young, fresh, stale, ...person } = row;
  const role = person.role as Role;
  const stage = stageOf({ role, secondFactor, hasFactor: has });
  if (stage !== "whole" && !young) return undefined;
  return { sessionId, stage, person: { ...person, role }, method, secondFactor, fresh, stale };
}

/** The person behind a session's token; undefined unless the session is whole. */
export async function personOfSession(db: Database, token: string): Promise<SignedIn | undefined> {
  const session = await sessionOf(db, token);
  return session?.stage === "whole" ? session.person : undefined;
}

/** One's own session as one sees it in a list. */
export type ListedSession = {
  sessionId: string;
  begunAt: Date;
  lastUsedAt: Date;
  device: string;
  method: Session["method"];
  secondFactor: SecondFactor | null;
};

/** The sessions of a person that hold, the one used last first. */
export async function sessionsOf(db: Database, personId: string): Promise<ListedSession[]> {
  return db
    .select({
      sessionId: sessions.sessionId,
      begunAt: sessions.createdAt,
      lastUsedAt: sessions.lastUsedAt,
      device: sessions.device,
      method: sessions.method,
      secondFactor: sessions.secondFactor,
    })
    .from(sessions)
    .where(and(eq(sessions.personId, personId), holding))
    .orderBy(desc(sessions.lastUsedAt), sessions.sessionId);
}

/** A person's second factors as they see them themselves. */
export type OwnFactors = {
  /** Since when they have an authenticator app. */
  authenticator: Date | undefined;
  passkeys: { credentialId: string; device: string; madeAt: Date }[];
  /** How many recovery codes are not used. */
  codesLeft: number;
};

/** The second factors of a person. */
export async function ownFactors(db: Database, personId: string): Promise<OwnFactors> {
  const [app] = await db.select({ madeAt: authenticators.madeAt }).from(authenticators).where(eq(authenticators.personId, personId));
  const keys = await db
    .select({ credentialId: passkeys.credentialId, device: passkeys.device, madeAt: passkeys.madeAt })
    .from(passkeys)
    .where(eq(passkeys.personId, personId))
    .orderBy(passkeys.madeAt);
  const codesLeft = await db.$count(recoveryCodes, and(eq(recoveryCodes.personId, personId), isNull(recoveryCodes.usedAt)));
  return { authenticator: app?.madeAt, passkeys: keys, codesLeft };
}

/** The provider's ID token with which a session that holds was begun; undefined where it was begun otherwise. */
export async function idTokenOf(db: Database, token: string): Promise<string | undefined> {
  const [row] = await db
    .select({ sealed: sessions.sealedIdToken })
    .from(sessions)
    .where(and(eq(sessions.tokenHash, hashToken(token)), holding));
  return row?.sealed ? unseal("id token", row.sealed) : undefined;
}
