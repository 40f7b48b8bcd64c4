import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OPERATIONS, type OperationName } from "@/app/api/v1/contract";
import { closePools } from "@/db/client";
import { loadStarterRecord } from "@/lib/imports/starter-record";
import { act } from "@/lib/ledger/write";
import { correctSnapshot, recordSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { answered, ask, expectRefusal, forged, type Rows, walked } from "../api/asking";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, figure, recorded } from "../setup/record";

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  process.env.DATABASE_URL = database.url;
  await loadStarterRecord(database.staff, path.resolve(import.meta.dirname, "../../data/starter"), new Date());
  await addPeople(database.staff, CENTRAL);
});
afterAll(async () => {
  await closePools();
  delete process.env.DATABASE_URL;
  await database.close();
});

/** A question for each operation on the starter record, as a visitor may ask it. */
const QUESTIONS: Record<OperationName, string> = {
  countries: "/countries",
  measures: "/measures",
  snapshots: "/snapshots?country=KG,TJ&measure=gray_list&from=2025&to=2026-12",
  snapshot: "/snapshots/kg-gray-list-2025-07-01",
  series: "/series?country=KG,TJ&measure=gray_list",
  latest: "/latest?measure=gray_list",
  projection: "/projection?country=KG&measure=gray_list&as_known_on=2025-07-26",
  deadlines: "/deadlines?country=KG",
  events: "/events",
  source: "",
  corrections: "/corrections",
};
const names = Object.keys(OPERATIONS) as OperationName[];

async function questionOf(name: OperationName): Promise<string> {
  if (name !== "source") return QUESTIONS[name];
  const { data } = await answered<{ source: { id: string } }[]>("snapshot", QUESTIONS.snapshot);
  return `/sources/${data[0]?.source.id}`;
}

const day = (number: number) => new Date(Date.UTC(2024, 0, 1 + number)).toISOString().slice(0, 10);
const correct = (statementId: string, replacesRevision: number, more: Record<string, unknown>) =>
  act(database.staff, (tx) =>
    correctSnapshot(tx, CENTRAL, { statementId, replacesRevision, reason: "mistyped" }, figure(more), new Date()),
  ).then(accepted);
const withdraw = (statementId: string, replacesRevision: number) =>
  act(database.staff, (tx) => withdrawSnapshot(tx, CENTRAL, { statementId, replacesRevision, reason: "never said" })).then(accepted);

/** A publication, a correction to another country, one of another figure, a restatement, and a withdrawal. */
let written = 0;
async function writeSome(): Promise<void> {
  written += 1;
  const [moved, changed, restated, gone] = [
    await recorded(database.staff, { as_of: day(written * 5), value: written }),
    await recorded(database.staff, { as_of: day(written * 5 + 1), value: written, country: "TJ" }),
    await recorded(database.staff, { as_of: day(written * 5 + 2), value: written }),
    await recorded(database.staff, { as_of: day(written * 5 + 3), value: written, country: "UZ" }),
  ];
  await correct(moved, 1, { as_of: day(written * 5), value: written, country: written % 2 ? "AM" : "ZW" });
  await correct(changed, 1, { as_of: day(written * 5 + 1), value: written + 1, country: "TJ" });
  await recorded(database.staff, { as_of: day(written * 5 + 2), value: written + 7, restates: restated });
  await withdraw(gone, 1);
}

describe("on the starter record", () => {
  test.each(names)("%s answers as its schema says, and says nothing else the second time", async (name) => {
    const question = await questionOf(name);
    const first = await answered(name, question);
    if (name !== "corrections") expect(JSON.stringify(first.data).length).toBeGreaterThan(100);
    expect((await answered(name, question)).text).toBe(first.text);
  });

  test("statements have their codes, and every country of the record both of ISO's", async () => {
    const { data } = await answered<Rows>("snapshots", "/snapshots?country=KG&measure=gray_list&limit=1000");
    for (const row of data) expect(row).toMatchObject({ country: "KG", country_iso3: "KGZ", conf_status: "F", kind: "stock" });
    expect(new Set(data.map((row) => row.obs_status)).size).toBeGreaterThan(1);
    const { data: countries } = await answered<Rows>("countries", "/countries");
    for (const { code, iso3 } of countries) expect(iso3, `${code}`).toEqual(code === "ALL" ? null : expect.stringMatching(/^[A-Z]{3}$/));
  });

  test("a projection of a past day is worked out, and a country without a figure is told with the reason", async () => {
    const { data } = await answered("projection", QUESTIONS.projection);
    expect(data).toMatchObject({ refused: null, pace_per_day: { value: expect.any(Number) }, from: expect.any(String) });
    const { data: latest } = await answered<Rows>("latest", "/latest?measure=deported&limit=1000");
    expect(latest.filter((row) => row.missing_reason === "nothing_known").length).toBeGreaterThan(0);
  });

  test("nothing is known before it was public: neither a figure, nor its source", async () => {
    const before = "as_known_on=2020-01-01";
    expect((await answered<Rows>("snapshots", `/snapshots?${before}&revisions=all`)).data).toEqual([]);
    for (const path of [QUESTIONS.snapshot, await questionOf("source")]) {
      const refused = await ask(`${path}?${before}`);
      expect(refused.status).toBe(404);
      await expectRefusal(refused, path);
    }
  });

  test("a table is CSV for who asks for it, with the same rows and both dates", async () => {
    for (const [path, headers] of [
      ["/snapshots?country=KG&limit=2&format=csv", {}],
      ["/snapshots?country=KG&limit=2", { accept: "text/csv" }],
      ["/snapshots?country=KG&limit=2", { accept: "application/json;q=0.5, text/csv" }],
    ] as const) {
      const answer = await ask(path, headers);
      expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
      expect(answer.headers.get("vary")).toBe("Accept");
      expect(answer.headers.get("link")).toMatch(/^<http:\/\/127\.0\.0\.1:3000\/api\/v1\/snapshots\?.*cursor=[\w-]+>; rel="next"$/);
      expect(answer.headers.get("muhlat-as-known-on")).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect((await answer.text()).split("\r\n")).toHaveLength(4);
    }
    for (const accept of ["application/json, text/csv", "text/csv;q=0", "*/*", "text/html"])
      expect((await ask("/measures", { accept })).headers.get("content-type"), accept).toBe("application/json");
    expect((await ask("/measures?format=json", { accept: "text/csv" })).headers.get("content-type")).toBe("application/json");
    expect((await ask("/series?country=KG&measure=left&format=csv")).status).toBe(400);
  });
});

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
    ["events", "/events", 1],
    ["countries", "/countries", 7],
    ["latest", "/latest?measure=gray_list", 1],
  ] as const)(
    "all pages of %s (%s) by %i are what stood at the first: nothing twice, nothing missing",
    { timeout: 120_000 },
    async (name, question, limit) => {
      for (let number = 0; number < 3; number += 1) await writeSome();
      const begun = await answered<Rows>(name, `${question}${question.includes("?") ? "&" : "?"}limit=1000`);
      expect(begun.next).toBeNull();
      let writes = 0;
      const { rows, pages, as_recorded_at } = await walked(name, question, limit, async (page) => {
        if (page % 7 === 1 && writes < 8) await writeSome().then(() => (writes += 1));
      });
      if (pages > 1) expect(writes).toBeGreaterThan(0);
      expect(as_recorded_at).toBe(begun.as_recorded_at);
      expect(rows).toEqual(begun.data);
      if (name === "snapshots") {
        const once = question.includes("revisions=all") ? rows.map(key) : rows.map((row) => row.statement_id);
        expect(new Set(once).size).toBe(rows.length);
      }
      if (name === "corrections") expect(new Set(rows.map(key)).size).toBe(rows.length);
      // What was written meanwhile is there for who asks now.
      const now = await answered<Rows>(name, `${question}${question.includes("?") ? "&" : "?"}limit=1000`);
      if (writes > 0) expect(now.as_recorded_at > as_recorded_at).toBe(true);
    },
  );

  test.each(["/snapshots?", "/snapshots?revisions=all&", "/corrections?"])(
    "walkers of %s and a writer at the same time",
    { timeout: 120_000 },
    async (question) => {
      const name = question.startsWith("/corrections") ? "corrections" : "snapshots";
      let walking = true;
      const writing = (async () => {
        let writes = 0;
        for (; walking; writes += 1) await writeSome();
        return writes;
      })();
      const walks = [];
      for (let walk = 0; walk < 4; walk += 1) walks.push(...(await Promise.all([walked(name, question, 20), walked(name, question, 50)])));
      walking = false;
      expect(await writing).toBeGreaterThan(2);
      expect(new Set(walks.map((walk) => walk.as_recorded_at)).size).toBeGreaterThan(2);
      for (const { rows, as_known_on, as_recorded_at } of walks) {
        const later = await answered<Rows>(name, `${question}limit=1000&as_known_on=${as_known_on}&as_recorded_at=${as_recorded_at}`);
        expect(later.next).toBeNull();
        expect(rows).toEqual(later.data);
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
      value: 1000 + written,
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

describe("a cursor", () => {
  const first = async (question: string) => (await answered("snapshots", `${question}&limit=1`)).next ?? "";

  test("of another question, another day or another instant is refused", async () => {
    const cursor = await first("/snapshots?country=KG");
    for (const other of [
      "country=TJ",
      "country=KG&rank=normal",
      "country=KG&revisions=all",
      "country=KG&as_known_on=2025-01-01",
      "country=KG&as_recorded_at=2025-01-01T00:00:00Z",
      "",
    ]) {
      const answer = await ask(`/snapshots?${other}&cursor=${cursor}`);
      expect(answer.status, other).toBe(400);
      await expectRefusal(answer, other);
    }
    expect((await ask(`/corrections?cursor=${cursor}`)).status).toBe(400);
    expect((await ask(`/snapshots?country=KG&limit=3&format=csv&cursor=${cursor}`)).status).toBe(200);
  });

  test("that was forged is refused, and breaks nothing", async () => {
    const cursor = await first("/snapshots?country=KG");
    const row = ["KG", "gray_list", "2025-07-01T00:00:00Z", "a", 1];
    for (const more of [
      { after: [3] },
      { after: [] },
      { after: [...row, 1] },
      { after: row.with(2, "now") },
      { after: row.with(2, "0000-01-01T00:00:00Z") },
      { after: row.with(3, "a\0") },
      { after: row.with(4, 1e300) },
      { known: "2999-01-01" },
      { known: "0000-01-01" },
      { recorded: "2999-01-01T00:00:00Z" },
      { recorded: "infinity" },
      { q: "another" },
    ]) {
      const answer = await ask(`/snapshots?country=KG&cursor=${forged("snapshots", cursor, more)}`);
      expect(answer.status, JSON.stringify(more)).toBe(400);
      await expectRefusal(answer, JSON.stringify(more));
    }
  });
});
