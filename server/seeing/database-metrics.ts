import { sql } from "drizzle-orm";
import { Gauge, type Registry } from "prom-client";
import { type Database, readerDb, sealerDb, staffDb } from "@/db/client";
import { latestOf } from "@/lib/explore/read";
import { newestHead } from "@/lib/ledger/read";
import { LISTS } from "@/lib/measures/rules";
import { today } from "@/lib/vintage";

/** However often one asks, the database is asked no more often than this, and given up on after that; milliseconds. */
const FRESH = 10_000;
const PATIENCE = 4_000;

/** What was true of the database when it was last asked; `probe`: seconds, undefined where it did not answer. */
type State = {
  probes: Map<string, number | undefined>;
  waiting: { role: string; kind: string; count: number }[];
  newest: { country: string; list: string; known: number; about: number }[];
  head: { entry: number; sealedAt: number } | undefined;
  unsealedSince: number | undefined;
};

const inTime = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([work, new Promise<never>((_, reject) => setTimeout(() => reject(new Error("no answer")), PATIENCE).unref())]);

/** How long a question takes that asks for nothing: waiting for a connection, the way there and back. */
async function probe(db: Database): Promise<number | undefined> {
  const began = performance.now();
  return inTime(db.execute(sql`select 1`)).then(
    () => (performance.now() - began) / 1000,
    () => undefined,
  );
}

async function newestFigures(now: Date): Promise<State["newest"]> {
  const lists = await Promise.all(LISTS.map(async (list) => ({ list, latest: await latestOf(readerDb(), list, today(now)) })));
  return lists.flatMap(({ list, latest }) =>
    [...latest].map(([country, { newest }]) => ({
      country,
      list,
      known: newest.knownFrom.getTime() / 1000,
      about: newest.asOf.from.getTime() / 1000,
    })),
  );
}

/** What our own sessions are at, by what they wait for; a role sees no more of others' than that they are there. */
async function waiting(pools: Map<string, Database>): Promise<State["waiting"]> {
  const rows = await Promise.all(
    [...pools].map(([role, db]) =>
      inTime(
        db.execute<{ kind: string; count: number }>(sql`
          select coalesce(lower(wait_event_type), 'none') as kind, count(*)::int as count from pg_stat_activity
          where datname = current_database() and application_name = current_setting('application_name')
            and state = 'active' and pid <> pg_backend_pid() group by 1`),
      ).then(
        (found) => found.map((row) => ({ role, ...row })),
        () => [],
      ),
    ),
  );
  return rows.flat();
}

/** Nothing can be said of a database whose address is not known yet. */
const UNKNOWN: State = { probes: new Map([["reader", undefined]]), waiting: [], newest: [], head: undefined, unsealedSince: undefined };

async function ask(isPublic: boolean): Promise<State> {
  const pools = new Map<string, Database>([["reader", readerDb()]]);
  if (!isPublic) pools.set("staff", staffDb());
  const [probes, waits, newest, head, unsealed] = await Promise.all([
    Promise.all([...pools].map(async ([role, db]) => [role, await probe(db)] as const)),
    waiting(pools),
    inTime(newestFigures(new Date())).catch(() => []),
    inTime(newestHead(readerDb())).catch(() => undefined),
    isPublic
      ? undefined
      : inTime(
          sealerDb().execute<{ at: number | null }>(sql`select extract(epoch from min(first_at))::float8 as at from staff.unsealed`),
        ).catch(() => []),
  ]);
  return {
    probes: new Map(probes),
    waiting: waits,
    newest,
    head: head && { entry: head.n, sealedAt: Date.parse(head.sealed_at) / 1000 },
    unsealedSince: unsealed?.[0]?.at ?? undefined,
  };
}

/**
 * Measures that are asked of the database when somebody asks for them; what it does not answer is missing.
 * @param isPublic a process that reads the record alone
 */
export function databaseMetrics(registry: Registry, isPublic: boolean): void {
  let asked: { at: number; state: Promise<State> } | undefined;
  const state = () => {
    if (!asked || performance.now() - asked.at > FRESH) asked = { at: performance.now(), state: ask(isPublic).catch(() => UNKNOWN) };
    return asked.state;
  };
  const gauge = <L extends string>(name: string, help: string, labelNames: L[], fill: (gauge: Gauge<L>, state: State) => void) => {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        this.reset();
        fill(this, await state());
      },
    });
  };
  gauge("muhlat_database_up", "Whether the database answers over this role's connections.", ["role"], (g, { probes }) => {
    for (const [role, seconds] of probes) g.set({ role }, seconds === undefined ? 0 : 1);
  });
  gauge(
    "muhlat_database_probe_seconds",
    "How long an empty question takes, waiting for a free connection included.",
    ["role"],
    (g, { probes }) => {
      for (const [role, seconds] of probes) if (seconds !== undefined) g.set({ role }, seconds);
    },
  );
  gauge(
    "muhlat_database_waiting",
    "Questions under way at the database, all processes together, by what they wait for (none: they are worked on).",
    ["role", "kind"],
    (g, { waiting }) => {
      for (const { role, kind, count } of waiting) g.set({ role, kind }, count);
    },
  );
  gauge(
    "muhlat_newest_figure_known_timestamp_seconds",
    "When the newest figure in front of a country's list was made public by its source.",
    ["country", "list"],
    (g, { newest }) => {
      for (const { country, list, known } of newest) g.set({ country, list }, known);
    },
  );
  gauge(
    "muhlat_newest_figure_about_timestamp_seconds",
    "The beginning of the moment that the newest figure in front of a country's list is about.",
    ["country", "list"],
    (g, { newest }) => {
      for (const { country, list, about } of newest) g.set({ country, list }, about);
    },
  );
  gauge("muhlat_ledger_head_entry", "Number of the last sealed entry of the ledger.", [], (g, { head }) => {
    if (head) g.set(head.entry);
  });
  gauge("muhlat_ledger_head_timestamp_seconds", "When the newest head of the ledger was signed.", [], (g, { head }) => {
    if (head) g.set(head.sealedAt);
  });
  if (isPublic) return;
  gauge(
    "muhlat_ledger_unsealed_timestamp_seconds",
    "When the oldest was written that waits to be sealed; missing while nothing waits.",
    [],
    (g, { unsealedSince }) => {
      if (unsealedSince !== undefined) g.set(unsealedSince);
    },
  );
}
