import { sql } from "drizzle-orm";
import type postgres from "postgres";
import type { Database } from "@/db/client";
import { people } from "@/db/schema";
import { act } from "@/lib/ledger/write";
import type { Outcome } from "@/lib/outcome";
import { WARNINGS } from "@/lib/snapshots/warnings";
import { recordSnapshot } from "@/lib/snapshots/write";
import { hashPassword } from "@/lib/staff/passwords";
import { type Actor, type Role, SYSTEM } from "@/lib/staff/rules";

export const NOW = new Date("2026-03-01T09:00:00Z");

export const CENTRAL: Actor = { personId: "central", role: "central_admin", countries: [] };
export const RECORDER: Actor = { personId: "recorder", role: "recorder", countries: ["KG"] };
export const COUNTRY_ADMIN: Actor = { personId: "country-admin", role: "country_admin", countries: ["KG"] };
export const REVIEWER: Actor = { personId: "reviewer", role: "reviewer", countries: ["KG"] };
export const SECOND_REVIEWER: Actor = { personId: "second-reviewer", role: "reviewer", countries: ["KG"] };
/** Somebody with every right but for another country. */
export const STRANGER: Actor = { personId: "stranger", role: "country_admin", countries: ["TJ"] };
/** Somebody of every role; those with countries of their own have KG. */
export const ACTORS: Record<Role, Actor> = {
  recorder: RECORDER,
  reviewer: REVIEWER,
  country_admin: COUNTRY_ADMIN,
  central_admin: CENTRAL,
  system: SYSTEM,
  token: { ...CENTRAL, role: "token", countries: ["KG"] },
  publishing_token: { ...CENTRAL, role: "publishing_token", countries: ["KG"] },
};
export const PASSWORD = "correct horse battery staple";

/** Adds people as they would be in the desk's own table, all with the same password. */
export async function addPeople(db: Database, ...actors: Actor[]): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD);
  for (const { personId, role, countries } of actors)
    await db
      .insert(people)
      .values({ personId, email: `${personId}@example.org`, name: personId, role, countries: [...countries], passwordHash });
}

export const source = (title = "A briefing", more: Record<string, unknown> = {}) => ({ title, published_on: "2025-10-01", ...more });

/** An answer to whatever is asked about a figure. */
export const confirm = { warnings: Object.keys(WARNINGS), word: "As the source has it" };

/** A figure that can be recorded as it is. */
export const figure = (more: Record<string, unknown> = {}) => ({
  country: "KG",
  measure: "gray_list",
  as_of: "2025-10-01",
  answer: "figure",
  value: 1000,
  qualifier: "about",
  source: source(),
  confirm,
  ...more,
});

/** A deadline that can be announced as it is. */
export const deadline = (more: Record<string, unknown> = {}) => ({
  chain: "stay",
  countries: ["KG"],
  scope_as_reported: false,
  measure: "gray_list",
  falls_on: "2026-09-10",
  zone: "Europe/Moscow",
  day_counts: true,
  basis: { en: "Decree 1" },
  consequence: {},
  afterwards: {},
  source: source(),
  ...more,
});

/** An event that can be recorded as it is. */
export const event = (more: Record<string, unknown> = {}) => ({
  happened_on: "2025-09-01",
  kind: "context",
  countries: ["KG"],
  what: { en: "A meeting" },
  source: source(),
  ...more,
});

/** A contact that can be recorded as it is. */
export const contact = (more: Record<string, unknown> = {}) => ({
  country: "KG",
  kind: "consulate",
  name: { en: "A consulate" },
  telephone: "+7 495 000 00 00",
  languages: ["ky", "ru"],
  confirmed_on: "2026-02-20",
  ...more,
});

/** Facts about a country that can be recorded as they are. */
export const country = (more: Record<string, unknown> = {}) => ({
  country: "KG",
  union_member: true,
  zone: "Asia/Bishkek",
  remittances_share_of_gdp: 0.24,
  ...more,
});

/** Records a figure as the central admin; the answer is its statement id. */
export async function recorded(db: Database, more: Record<string, unknown> = {}): Promise<string> {
  return accepted(await act(db, (tx) => recordSnapshot(tx, CENTRAL, figure(more), NOW))).statementId;
}

/** The value of an outcome that must be one. */
export function accepted<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`refused: ${JSON.stringify(outcome.failure)}`);
}

/** The acts about a thing in their order: who, who let it, when, what and why. */
export async function historyOf(owner: postgres.Sql, objectId: string) {
  return [
    ...(await owner`
      select person_id, published_by, feature, verb, revision, countries, reason, at between now() - interval '1 minute' and now() as just_now
      from staff.history where object_id = ${objectId} order by at`),
  ];
}

const OURS = ["record", "derived", "ledger", "staff"];

/** The sealer's alone. */
const SEALERS = ["seal_secret", "unsealed"];

/** How many rows every table of our schemas has that the staff role may read, the tables taken from the catalogue. */
export async function rowCounts(db: Database): Promise<Record<string, number>> {
  const tables = (await tablesOf(db)).filter(({ name }) => !SEALERS.includes(name));
  const counts: Record<string, number> = {};
  for (const { schema, name } of tables) {
    const [row] = await db.execute<{ count: number }>(
      sql`select count(*)::int as count from ${sql.identifier(schema)}.${sql.identifier(name)}`,
    );
    counts[`${schema}.${name}`] = row?.count ?? 0;
  }
  return counts;
}

/** The tables of the given schemas, taken from the catalogue. */
export async function tablesOf(db: Database, schemas: string[] = OURS): Promise<{ schema: string; name: string }[]> {
  return [...(await db.execute<{ schema: string; name: string }>(inCatalogue(schemas)))];
}

const inCatalogue = (schemas: string[]) => sql`
  select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ${schemas} and c.relkind in ('r', 'p') order by 1, 2`;

/** What the derived tables say differently from the record, as the database itself sees it. */
export async function differences(owner: postgres.Sql): Promise<{ feature: string; statement_id: string }[]> {
  return [...(await owner<{ feature: string; statement_id: string }[]>`select * from derived.differences() order by 1, 2`)];
}

/** The code PostgreSQL refuses a query with; undefined when it lets it through. */
export async function refusalOf(query: PromiseLike<unknown>): Promise<string | undefined> {
  try {
    await query;
    return undefined;
  } catch (error) {
    const { code, cause } = error as { code?: string; cause?: { code?: string } };
    return cause?.code ?? code ?? String(error);
  }
}
