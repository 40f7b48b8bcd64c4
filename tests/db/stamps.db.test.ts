import { expect, test } from "vitest";
import { newestRecording } from "@/lib/ledger/recordings";
import { act } from "@/lib/ledger/write";
import { recordSnapshot } from "@/lib/snapshots/write";
import { answered, ask, type Rows, walked } from "../api/asking";
import { correct, database, withStarterRecord, writeSome } from "../api/starter";
import { accepted, CENTRAL, figure, recorded } from "../setup/record";

withStarterRecord();

const HOUR = 3_600_000;

/** Brings the record into the state in which a clock that was set back leaves it: its newest row is of an hour from now. */
async function stampAhead(table: "sources" | "countries"): Promise<Date> {
  const at = new Date(Date.now() + HOUR);
  await database.owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into ${tx(`record.${table}`)} select (jsonb_populate_record(row, jsonb_build_object(
        'revision', row.revision + 1, 'recorded_at', ${at.toISOString()}::text, 'reason', 'A slip'))).*
      from ${tx(`record.${table}`)} row order by recorded_at desc, statement_id limit 1`;
  });
  return at;
}

const stampOf = async (statementId: string) => {
  const [row] = await database.owner<{ at: Date; exactly: string }[]>`
    select recorded_at as at, recorded_at::text as exactly from record.snapshots where statement_id = ${statementId} order by revision desc limit 1`;
  return row as { at: Date; exactly: string };
};

test.each(["sources", "countries"] as const)(
  "what is recorded after the clock was set back stands behind what was told before (%s)",
  async (table) => {
    const ahead = await stampAhead(table);
    expect((await newestRecording(database.reader)).getTime()).toBeGreaterThanOrEqual(ahead.getTime());
    const questions = ["/snapshots?country=KG&limit=1000", "/snapshots?country=KG&limit=1000&revisions=all"];
    const told = await Promise.all(questions.map((question) => answered<Rows>("snapshots", question)));
    const [first] = told;
    const statementId = await recorded(database.staff, { as_of: "2023-02-02", value: table.length });
    await correct(statementId, 1, { as_of: "2023-02-02", value: table.length + 1 });
    await writeSome();
    expect((await stampOf(statementId)).at.getTime()).toBeGreaterThan(Date.parse(first?.as_recorded_at ?? ""));
    for (const [index, question] of questions.entries()) {
      const { as_known_on, as_recorded_at, text, data } = told[index] as (typeof told)[number];
      expect(JSON.stringify(data)).not.toContain(statementId);
      expect((await answered("snapshots", `${question}&as_known_on=${as_known_on}&as_recorded_at=${as_recorded_at}`)).text).toBe(text);
      const now = await answered<Rows>("snapshots", question);
      expect(JSON.stringify(now.data)).toContain(statementId);
      expect(now.as_recorded_at > as_recorded_at).toBe(true);
    }
  },
);

test("acts that follow each other at once are a millisecond apart, and rows of one act are not", async () => {
  const ids = await Promise.all(
    Array.from({ length: 8 }, (_, index) => recorded(database.staff, { as_of: `2022-03-0${index + 1}`, value: index })),
  );
  const stamps = await database.owner<{ apart: number }[]>`
    select (extract(epoch from recorded_at - lag(recorded_at) over (order by recorded_at)) * 1000)::float8 as apart
    from record.snapshots where statement_id = any(${ids})`;
  for (const { apart } of stamps.slice(1)) expect(apart).toBeGreaterThanOrEqual(1);

  const together = accepted(
    await act(database.staff, async (tx) => {
      const made: string[] = [];
      for (let day = 1; day < 9; day += 1) {
        const outcome = await recordSnapshot(tx, CENTRAL, figure({ as_of: `2022-04-0${day}`, value: day }), new Date());
        made.push(accepted(outcome).statementId);
      }
      return { ok: true, value: made };
    }),
  );
  const [spread] = await database.owner<{ ms: number }[]>`
    select (extract(epoch from max(recorded_at) - min(recorded_at)) * 1000)::float8 as ms from record.snapshots where statement_id = any(${together})`;
  // The clock stands behind them all: nothing but their own order moves them on.
  expect(spread?.ms).toBeLessThan(1);
});

test("a table of many rows is stamped within its act, and read whole by who pins what is told then", async () => {
  const before = await newestRecording(database.reader);
  await database.owner`
    insert into record.snapshots (statement_id, revision, state, recorded_by, published_by, recorded_at, country, measure, as_of, as_of_from, as_of_to, value, qualifier, unchanged, source_id)
    select 'many-' || n, 1, 'published', 'central', 'central', now(), 'AM', 'left', '2021-01-01', '2020-12-31T21:00Z', '2021-01-01T21:00Z', n, 'exact', false,
      (select statement_id from record.sources order by statement_id limit 1)
    from generate_series(1, 5000) n`;
  const [row] = await database.owner<{ first: Date; last: Date; n: number }[]>`
    select min(recorded_at) as first, max(recorded_at) as last, count(*)::int as n from record.snapshots where statement_id like 'many-%'`;
  expect(row?.n).toBe(5000);
  expect(row?.first.getTime()).toBeGreaterThan(before.getTime());
  expect((row?.last.getTime() ?? 0) - (row?.first.getTime() ?? 0)).toBeLessThan(5);
  const { rows } = await walked("snapshots", "/snapshots?measure=left&country=AM", 1000);
  expect(rows.filter((one) => `${one.statement_id}`.startsWith("many-"))).toHaveLength(5000);
});

test("an instant behind the database's own clock and everything recorded is refused", async () => {
  const newest = await newestRecording(database.reader);
  const beyond = new Date(newest.getTime() + 1000).toISOString();
  const refused = await ask(`/snapshots?as_recorded_at=${beyond}`);
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({
    errors: [{ parameter: "as_recorded_at", allowed: expect.stringContaining("not after now") }],
  });
});
