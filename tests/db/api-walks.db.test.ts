import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { act } from "@/lib/ledger/write";
import { recordSnapshot } from "@/lib/snapshots/write";
import { answered, type Rows, walked } from "../api/asking";
import { correct, database, names, questionOf, withStarterRecord, writeSome } from "../api/starter";
import { accepted, CENTRAL, figure, recorded } from "../setup/record";

withStarterRecord();

describe("while figures are published, corrected and withdrawn", () => {
  const key = (row: Record<string, unknown>) => `${row.statement_id} ${row.revision}`;

  test.each([
    ["snapshots", "/snapshots", 7],
    ["snapshots", "/snapshots", 100],
    ["snapshots", "/snapshots?country=KG", 1],
    ["snapshots", "/snapshots?revisions=all", 7],
    ["snapshots", "/snapshots?revisions=all&country=KG,UZ,AM&measure=gray_list", 1],
    ["corrections", "/corrections", 1],
    ["corrections", "/corrections", 7],
    ["corrections", "/corrections?country=TJ", 20],
    ["deadlines", "/deadlines", 7],
    ["events", "/events", 1],
    ["countries", "/countries", 7],
    ["latest", "/latest?measure=gray_list", 1],
  ] as const)(
    "all pages of %s (%s) by %i are what stood at the first: nothing twice, nothing missing",
    { timeout: 120_000 },
    async (name, question, limit) => {
      for (let number = 0; number < 3; number += 1) await writeSome();
      const begun = await walked(name, question, 1000);
      let writes = 0;
      const { rows, pages, as_recorded_at } = await walked(name, question, limit, async (page) => {
        if (page % 7 === 1 && writes < 8) await writeSome().then(() => (writes += 1));
      });
      if (pages > 1) expect(writes).toBeGreaterThan(0);
      expect(as_recorded_at).toBe(begun.as_recorded_at);
      expect(rows).toEqual(begun.rows);
      if (name === "snapshots") {
        const once = question.includes("revisions=all") ? rows.map(key) : rows.map((row) => row.statement_id);
        expect(new Set(once).size).toBe(rows.length);
      }
      if (name === "corrections") {
        expect(new Set(rows.map((row) => `${row.statement_kind} ${key(row)}`)).size).toBe(rows.length);
        expect(new Set(rows.map((row) => row.statement_kind))).toEqual(new Set(["snapshot", "deadline", "event"]));
      }
      // What was written meanwhile is there for who asks now.
      if (writes > 0) expect((await walked(name, question, 1000)).as_recorded_at > as_recorded_at).toBe(true);
    },
  );

  test.each(["/snapshots?", "/snapshots?revisions=all&", "/corrections?"])(
    "walkers of %s and a writer at the same time",
    { timeout: 120_000 },
    async (question) => {
      const name = question.startsWith("/corrections") ? "corrections" : "snapshots";
      let writes = 0;
      const writing = (async () => {
        for (; writes < 5; writes += 1) await writeSome();
      })();
      const walks = [];
      while (writes < 5) walks.push(...(await Promise.all([walked(name, question, 20), walked(name, question, 50)])));
      await writing;
      expect(new Set(walks.map((walk) => walk.as_recorded_at)).size).toBeGreaterThan(1);
      for (const { rows, as_known_on, as_recorded_at } of walks) {
        const later = await walked(name, `${question}as_known_on=${as_known_on}&as_recorded_at=${as_recorded_at}`, 1000);
        expect(rows).toEqual(later.rows);
      }
    },
  );

  test("a list is what the database itself says of that instant", async () => {
    await writeSome();
    const { rows, as_recorded_at } = await walked("snapshots", "/snapshots", 100);
    await writeSome();
    const expected = await database.owner<{ statement_id: string; revision: number }[]>`
      select statement_id, revision from derived.snapshots_at(${as_recorded_at}) row
      where not exists (select from derived.snapshots_at(${as_recorded_at}) later where later.restates = row.statement_id)`;
    expect(rows.map(key).sort()).toEqual(expected.map(key).sort());
    const all = await walked("snapshots", `/snapshots?revisions=all&as_recorded_at=${as_recorded_at}`, 100);
    const [{ count } = { count: 0 }] = await database.owner<{ count: number }[]>`
      select count(*)::int as count from record.snapshots where recorded_at <= ${as_recorded_at}`;
    expect(all.rows).toHaveLength(count);
  });

  test.each(names)("%s with both dates pinned gives the same bytes", async (name) => {
    await writeSome();
    const question = await questionOf(name);
    const { as_known_on, as_recorded_at } = await answered(name, question);
    const pinned = `${question.replace(/&as_known_on=[^&]*/, "")}${question.includes("?") ? "&" : "?"}as_known_on=${as_known_on}&as_recorded_at=${as_recorded_at}`;
    const before = await answered(name, pinned);
    expect(before).toMatchObject({ as_known_on, as_recorded_at });
    await writeSome();
    // What is asked about is corrected itself, and a figure before all others comes.
    const [newest] = await database.owner<{ revision: number }[]>`
      select max(revision)::int as revision from record.snapshots where statement_id = 'kg-gray-list-2025-07-01'`;
    await correct("kg-gray-list-2025-07-01", newest?.revision ?? 0, {
      as_of: "2025-07-01",
      value: 2000 + (newest?.revision ?? 0),
      source: { title: "Another" },
    });
    expect((await answered(name, pinned)).text).toBe(before.text);
  });

  test("one that is pinned to this moment waits for the act that is being written", async () => {
    let told = () => {};
    const begun = new Promise<void>((resolve) => {
      told = resolve;
    });
    const writing = act(database.staff, async (tx) => {
      const outcome = await recordSnapshot(tx, CENTRAL, figure({ as_of: "2023-05-05", value: 5 }), new Date());
      told();
      await tx.execute(sql`select pg_sleep(0.5)`);
      return outcome;
    });
    await begun;
    await sleep(20);
    const pinned = `/snapshots?country=KG&to=2023&as_recorded_at=${new Date().toISOString()}`;
    const before = await answered<Rows>("snapshots", pinned);
    const { statementId } = accepted(await writing);
    expect(before.data.map((row) => row.statement_id)).toContain(statementId);
    expect((await answered("snapshots", pinned)).text).toBe(before.text);
  });

  test("a statement that was corrected to another country is in one list at a time, and in the corrections of both", async () => {
    const id = await recorded(database.staff, { as_of: "2022-01-01", value: 3 });
    const { as_recorded_at } = await answered("snapshots", "/snapshots");
    await correct(id, 1, { as_of: "2022-01-01", value: 3, country: "AM" });
    const among = async (question: string) => (await answered<Rows>("snapshots", question)).data.some((row) => row.statement_id === id);
    expect([await among("/snapshots?country=KG&to=2022"), await among("/snapshots?country=AM&to=2022")]).toEqual([false, true]);
    const then = `as_recorded_at=${as_recorded_at}&to=2022`;
    expect([await among(`/snapshots?country=KG&${then}`), await among(`/snapshots?country=AM&${then}`)]).toEqual([true, false]);
    for (const country of ["KG", "AM"])
      expect((await answered<Rows>("corrections", `/corrections?country=${country}&limit=1`)).data).toMatchObject([
        { statement_id: id, before: { country: "KG" }, after: { country: "AM" }, reason: "mistyped" },
      ]);
    expect((await answered<Rows>("snapshot", `/snapshots/${id}`)).data).toMatchObject([
      { revision: 2, country: "AM", superseded_at: null },
      { revision: 1, country: "KG", superseded_at: expect.any(String) },
    ]);
  });
});
