import { inArray, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { acts, people } from "@/db/schema";
import { endOfDay, MOSCOW, startOfDay } from "../moments/rules";
import { type Actor, mayManageAnybody, type Role, WHO_MAY } from "../staff/rules";
import type { HistoryFilter } from "./input";
import { changesOf, FEATURES, type Feature, type FieldChange, type Place, RECORDED, type Recorded } from "./rules";

/** One act: by whom, when, on what, and what it changed. */
export type HistoryAct = Place & {
  /** Who entered it, and who let it become public. */
  personId: string;
  publishedBy: string;
  /** The token with which a program acted in that person's name; null for the person. */
  tokenId: string | null;
  verb: string;
  /** The revision of the record that it made; null for an act of the desk. */
  revision: number | null;
  countries: string[];
  reason: string | null;
  changes: FieldChange[];
};

type Row = Omit<HistoryAct, "changes" | "number"> & { number: string; actId: string | null };

/** Everybody sees acts on the record; acts on a person or a token only those who may manage it. */
/** What waits, or was a draft or a file, is seen by its author and by those who may decide about all its countries. */
function draftsVisibleTo(actor: Actor): SQL {
  const own = sql`(exists (select from staff.submissions s where s.submission_id = h.object_id and s.submitted_by = ${actor.personId})
    or exists (select from staff.imports i where i.import_id = h.object_id and i.uploaded_by = ${actor.personId}))`;
  const { publish, reach } = WHO_MAY[actor.role];
  if (publish === "no") return own;
  if (reach === "all") return sql`true`;
  return sql`(${own} or not exists (select from unnest(h.countries) c where c not in ${inList(actor.countries)}))`;
}

function visibleTo(actor: Actor): SQL {
  return sql`(h.feature not in ('submissions', 'imports') or ${draftsVisibleTo(actor)}) and (${othersVisibleTo(actor)})`;
}

/** A list for SQL's `in`, which may be empty. */
const inList = (countries: readonly string[]) => (countries.length === 0 ? sql`('')` : sql`${[...countries]}`);

function othersVisibleTo(actor: Actor): SQL {
  if (!mayManageAnybody(actor)) return sql`h.feature not in ('people', 'sessions', 'tokens')`;
  if (WHO_MAY[actor.role].reach === "all") return sql`true`;
  const managed: Role[] = ["recorder", "reviewer", "country_admin"];
  return sql`case
    when h.feature in ('people', 'sessions') then exists (
      select from staff.people p
      where p.person_id = h.object_id and p.role in ${managed} and cardinality(p.countries) > 0
        and not exists (select from unnest(p.countries) c where c not in ${[...actor.countries]}))
    when h.feature = 'tokens' then not exists (select from unnest(h.countries) c where c not in ${[...actor.countries]})
    else true end`;
}

function matching(filter: HistoryFilter, after: Place | undefined): SQL[] {
  const { person, feature, verb, country, from, to } = filter;
  const conditions: SQL[] = [];
  if (person) conditions.push(sql`${person} in (h.person_id, h.published_by)`);
  if (feature) conditions.push(sql`h.feature = ${feature}`);
  if (verb) conditions.push(sql`h.verb = ${verb}`);
  if (country) conditions.push(sql`${country} = any(h.countries)`);
  if (from) conditions.push(sql`h.at >= ${startOfDay(from, MOSCOW).toISOString()}::timestamptz`);
  if (to) conditions.push(sql`h.at < ${endOfDay(to, MOSCOW).toISOString()}::timestamptz`);
  if (after)
    conditions.push(sql`(h.at, h.feature, h.object_id, coalesce(h.revision, h.act_id, 0))
      < (${after.at}::timestamptz, ${after.feature}, ${after.objectId}, ${after.number}::bigint)`);
  return conditions;
}

/**
 * Acts that the actor may see, newest first.
 * @param after the place of the last act seen; undefined for the newest
 * @param most how many at most
 */
export async function historyOf(
  db: Database,
  actor: Actor,
  filter: HistoryFilter,
  after: Place | undefined,
  most: number,
): Promise<HistoryAct[]> {
  const until = [...(after ? [after.at] : []), ...(filter.to ? [endOfDay(filter.to, MOSCOW).toISOString()] : [])];
  const features = filter.feature ? [filter.feature] : FEATURES;
  const rows = await newestActs(db, [visibleTo(actor), ...matching(filter, after)], most, features, until);
  const revisions = await revisionsOf(db, rows);
  const desk = await deskActs(db, rows);
  return rows.map(({ actId, ...row }) => {
    const made = (revision: number) => revisions.get(revisionKey(row.feature, row.objectId, revision));
    const [before, after] = row.revision === null ? (desk.get(Number(actId)) ?? []) : [made(row.revision - 1), made(row.revision)];
    return { ...row, number: Number(row.number), changes: changesOf(before, after) };
  });
}

/** One act without what it changed. */
export type LastAct = Omit<HistoryAct, "changes" | "number">;

/**
 * The last things done that concern the desk's own work, newest first: with figures, deadlines, events, contacts,
 * submissions and imports. A figure that a second person let through is one thing done, not two, and a file only looked at is none.
 */
export async function lastActs(db: Database, actor: Actor, most: number): Promise<LastAct[]> {
  const features: Feature[] = ["snapshots", "deadlines", "events", "contacts", "submissions", "imports"];
  const conditions = [
    visibleTo(actor),
    sql`h.feature in ${features}`,
    sql`(h.feature, h.verb) not in (('submissions', 'publish'), ('imports', 'store'))`,
  ];
  return newestActs(db, conditions, most, features);
}

/** When nothing like as many acts as are wanted were found among the last ones, so many times as many are looked through. */
const WIDER = 8;

/**
 * The newest acts that meet some conditions: looked for among the last ones first, which are found by the indexes of when
 * something was done, however long the history is.
 * @param features which of them there can be acts of
 * @param until instants behind which there can be none
 */
async function newestActs(
  db: Database,
  conditions: SQL[],
  most: number,
  features: readonly Feature[],
  until: readonly string[] = [],
): Promise<Row[]> {
  for (let many = most; ; many *= WIDER) {
    const since = await instantOf(db, many, features, until);
    const rows = await actsWhere(db, since === null ? conditions : [...conditions, sql`h.at >= ${since}::timestamptz`], most);
    if (rows.length === most || since === null) return rows;
  }
}

/** An instant from which on one of the tables alone has so many acts, and none has more; null where none has as many. */
async function instantOf(db: Database, many: number, features: readonly Feature[], until: readonly string[]): Promise<string | null> {
  const recorded = RECORDED.filter((feature) => features.includes(feature));
  const places = [
    ...recorded.map((feature) => ({ table: sql`record.${sql.identifier(feature)}`, at: sql`recorded_at` })),
    ...(recorded.length < features.length ? [{ table: sql`staff.acts`, at: sql`at` }] : []),
  ];
  const nth = places.map(({ table, at }) => {
    const before = [sql`true`, ...until.map((instant) => sql`${at} <= ${instant}::timestamptz`)];
    return sql`(select ${at} as at from ${table} where ${sql.join(before, sql` and `)} order by ${at} desc offset ${many - 1} limit 1)`;
  });
  const [row] = await db.execute<{ at: string | null }>(sql`select max(at)::text as at from (${sql.join(nth, sql` union all `)}) nth`);
  return row?.at ?? null;
}

function actsWhere(db: Database, conditions: SQL[], most: number): Promise<Row[]> {
  return db.execute<Row>(sql`
    select to_char(h.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, h.person_id as "personId",
      h.published_by as "publishedBy", h.token_id as "tokenId", h.verb, h.feature, h.object_id as "objectId", h.revision, h.countries, h.reason,
      h.act_id as "actId", coalesce(h.revision, h.act_id, 0) as number
    from staff.history h
    where ${sql.join(conditions, sql` and `)}
    order by h.at desc, h.feature desc, h.object_id desc, coalesce(h.revision, h.act_id, 0) desc
    limit ${most}`);
}

type Thing = Record<string, unknown>;

const revisionKey = (feature: string, id: string, revision: number) => `${feature} ${id} ${revision}`;

/** The revisions that acts made and those before them, by `revisionKey`. */
async function revisionsOf(db: Database, rows: readonly Row[]): Promise<Map<string, Thing>> {
  const found = new Map<string, Thing>();
  for (const feature of RECORDED) {
    const asked = rows.flatMap(({ objectId, revision, ...row }) =>
      row.feature === feature && revision !== null ? [sql`(${objectId}, ${revision}::int)`, sql`(${objectId}, ${revision - 1}::int)`] : [],
    );
    if (asked.length === 0) continue;
    const things = await db.execute<{ id: string; revision: number; thing: Thing }>(sql`
      select r.statement_id as id, r.revision, to_jsonb(r) as thing from record.${sql.identifier(feature satisfies Recorded)} r
      where (r.statement_id, r.revision) in (${sql.join(asked, sql`, `)})`);
    for (const { id, revision, thing } of things) found.set(revisionKey(feature, id, revision), thing);
  }
  return found;
}

async function deskActs(db: Database, rows: readonly Row[]): Promise<Map<number, (Thing | undefined)[]>> {
  const asked = rows.flatMap(({ actId }) => (actId === null ? [] : [Number(actId)]));
  if (asked.length === 0) return new Map();
  const found = await db.select({ id: acts.actId, before: acts.before, after: acts.after }).from(acts).where(inArray(acts.actId, asked));
  return new Map(found.map(({ id, before, after }) => [id, [before ?? undefined, after ?? undefined]]));
}

const BATCH = 500;

/** Every act that the filter lets through and the actor may see, newest first, read batch by batch. */
export async function* wholeHistory(db: Database, actor: Actor, filter: HistoryFilter): AsyncGenerator<HistoryAct[]> {
  let after: Place | undefined;
  for (;;) {
    const batch = await historyOf(db, actor, filter, after, BATCH);
    if (batch.length > 0) yield batch;
    if (batch.length < BATCH) return;
    after = batch.at(-1);
  }
}

/** Everybody who can have acted, by name: what the filter offers. What a token did is found under who made it. */
export async function everybody(db: Database): Promise<{ personId: string; name: string }[]> {
  return db.select({ personId: people.personId, name: people.name }).from(people).orderBy(people.name);
}
