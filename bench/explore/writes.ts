import type { Sql } from "postgres";

const TIMES = 5;

/** What was made for reading at size: without it each row is written as before. */
const INDEXES = ["snapshots_weeks", "snapshots_months", "snapshots_brief", "snapshots_long", "snapshots_restating", "snapshots_known"];

async function without(tx: Sql): Promise<void> {
  for (const index of INDEXES) await tx.unsafe(`drop index derived.${index}`);
  for (const trigger of ["add_rivals", "remove_rivals"]) await tx.unsafe(`alter table derived.snapshots disable trigger ${trigger}`);
}

/** Figures more, of some moments between those that there are, each like one that there is. */
const figures = (from: number, to: number) => `
  insert into record.snapshots (statement_id, revision, state, recorded_by, published_by, recorded_at, country, measure, as_of, as_of_from, as_of_to,
    value, qualifier, source_id)
  select 'added-' || i, 1, 'published', 'bench', 'bench', now(), country, measure, as_of, as_of_from + interval '7 minutes', as_of_to + interval '7 minutes',
    coalesce(value, 0), 'exact', source_id
  from generate_series(${from}, ${to}) i
  join record.snapshots one on one.statement_id = 's' || lpad((i % 400)::text, 3, '0') || lpad((i / 400)::text, 6, '0') and one.revision = 1`;

/** Microseconds a figure, where so many are added in one statement or each in its own; nothing is kept of it. */
async function added(owner: Sql, many: number, each: "one" | "all", before: (tx: Sql) => Promise<void>): Promise<number> {
  let took = 0;
  const undone = new Error("not kept");
  await owner
    .begin(async (tx) => {
      await before(tx as unknown as Sql);
      const began = performance.now();
      if (each === "all") await tx.unsafe(figures(1, many));
      else for (let i = 1; i <= many; i += 1) await tx.unsafe(figures(i, i));
      took = ((performance.now() - began) * 1000) / many;
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return took;
}

/** What writing costs with what was made for reading at size, and as it was without. */
export async function tellWrites(owner: Sql, say: (line: string) => void): Promise<void> {
  say("");
  for (const [many, each, name] of [
    [500, "one", "a figure in a statement of its own"],
    [20_000, "all", "one of 20,000 in one statement"],
  ] as const) {
    const [now, before]: [number[], number[]] = [[], []];
    for (let time = 0; time < TIMES; time += 1) {
      now.push(await added(owner, many, each, async () => {}));
      before.push(await added(owner, many, each, without));
    }
    const middle = (numbers: number[]) => Math.round([...numbers].sort((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0);
    say(`  ${name} is written in ${middle(now)} microseconds; in ${middle(before)} without what was made for reading at size`);
  }
}
