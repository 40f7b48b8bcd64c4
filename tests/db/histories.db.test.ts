import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { correctEvent, recordEvent } from "@/lib/events/write";
import { act } from "@/lib/ledger/write";
import { momentOf } from "@/lib/moments/rules";
import { done, type Outcome } from "@/lib/outcome";
import { Histories } from "@/lib/snapshots/histories";
import { historyAround } from "@/lib/snapshots/nearby";
import { correctSnapshot, recordSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { today } from "@/lib/vintage";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, event, figure, NOW, recorded, source } from "../setup/record";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL);
});
afterAll(() => database.close());

const COUNTRIES = ["KG", "TJ", "UZ"];
const asOf = momentOf("2025-10-01");

/** What an act finds remembered of these countries, and what it reads anew. */
async function both(histories: Histories, countries = COUNTRIES, now = NOW, db = database.staff) {
  return accepted(
    await act(db, async (tx) => {
      const remembered = await histories.around(
        tx,
        countries.map((country) => ({ country, asOf })),
        now,
      );
      const read = await Promise.all(countries.map((country) => historyAround(tx, country, asOf, today(now))));
      return done({ remembered: remembered.map(({ statements }) => [...statements]), read, events: remembered[0]?.events ?? [] });
    }),
  );
}

const run = async <T>(work: (tx: Database) => Promise<Outcome<T>>) => accepted(await act(database.staff, work));
/** Numbers that look drawn, the same in every run. */
function drawn(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

test("what is remembered from act to act is what would be read anew, whatever is done in between", async () => {
  const histories = new Histories();
  const below = drawn(7);
  const known: string[] = [];
  const day = () => new Date(Date.UTC(2025, 0, 1 + below(300))).toISOString().slice(0, 10);
  const revisions = new Map<string, number>();
  const of = (statementId: string, reason = "A slip") => {
    const replacesRevision = revisions.get(statementId) ?? 1;
    revisions.set(statementId, replacesRevision + 1);
    return { statementId, replacesRevision, reason };
  };
  const sent = (more: Record<string, unknown> = {}) =>
    figure({
      country: COUNTRIES[below(3)],
      as_of: day(),
      value: below(9000),
      source: source(`Count ${below(40)}`, { published_on: "2025-12-01" }),
      ...more,
    });
  let forgotten = 0;
  let kept: unknown;
  for (let step = 0; step < 90; step += 1) {
    const kind = step < 12 ? 0 : below(9);
    const one = known[below(known.length)] ?? "";
    if (kind <= 3) known.push(await recorded(database.staff, sent()));
    // Several in one act, as an import or a briefing writes them.
    else if (kind === 4)
      await run(async (tx) => {
        for (let nth = 0; nth < 3; nth += 1) known.push(accepted(await recordSnapshot(tx, CENTRAL, sent(), NOW)).statementId);
        return done(null);
      });
    else if (kind === 5) await act(database.staff, (tx) => correctSnapshot(tx, CENTRAL, of(one), sent(), NOW));
    else if (kind === 6) {
      await act(database.staff, (tx) => withdrawSnapshot(tx, CENTRAL, of(one)));
      known.splice(known.indexOf(one), 1);
    } else if (kind === 7) {
      const [row] = await database.owner`select country from derived.snapshots where statement_id = ${one}`;
      if (row) known.push(await recorded(database.staff, sent({ country: row.country, restates: one })));
    }
    // What was begun and not done leaves nothing in memory either.
    else
      await act(database.staff, async (tx) => {
        await histories.around(tx, [{ country: "KG", asOf }], NOW);
        accepted(await recordSnapshot(tx, CENTRAL, sent({ country: "KG" }), NOW));
        return { ok: false, failure: { code: "forbidden" } };
      });
    const { remembered, read } = await both(histories);
    expect(remembered, `step ${step}, ${kind}`).toEqual(read);
    if (kept === remembered[0]?.[0]) forgotten += 1;
    kept = remembered[0]?.[0];
  }
  // And it was remembered: the very objects came again.
  expect(forgotten).toBeGreaterThan(20);
});

test("a source that says something else, an event, and a day that comes are seen too", async () => {
  const histories = new Histories();
  const country = "AM";
  const of = async (now = NOW) => (await both(histories, [country], now)).remembered[0] ?? [];
  const id = await recorded(database.staff, { country, source: source("Said once") });
  expect((await of())[0]?.source.title).toBe("Said once");
  const more = figure({ country, source: source("Said otherwise") });
  await run((tx) => correctSnapshot(tx, CENTRAL, { statementId: id, replacesRevision: 1, reason: "Its title" }, more, NOW));
  expect((await of())[0]?.source.title).toBe("Said otherwise");

  expect((await both(histories, [country])).events).toEqual([]);
  const statementId = await run((tx) =>
    recordEvent(tx, CENTRAL, event({ happened_on: "2025-01-01", kind: "break", measures: ["gray_list"] }), NOW),
  );
  expect((await both(histories, [country])).events.map((one) => one.statementId)).toEqual([statementId]);
  const moved = event({ happened_on: "2025-02-01", kind: "break", measures: ["gray_list"] });
  await run((tx) => correctEvent(tx, CENTRAL, { statementId, replacesRevision: 1, reason: "The day" }, moved, NOW));
  expect((await both(histories, [country])).events[0]?.happenedOn.text).toBe("2025-02-01");

  // Known from the end of the day on which it was published.
  const later = new Date("2026-03-09T09:00:00Z");
  const send = figure({ country, as_of: "2026-03-05", source: source("Published later", { published_on: "2026-03-05" }) });
  await run((tx) => recordSnapshot(tx, CENTRAL, send, later));
  expect(await of()).toHaveLength(1);
  expect(await of(later)).toHaveLength(2);
  expect(await of()).toHaveLength(1);
});

test("a country that grows beyond what is read whole is read near the time again", async () => {
  const histories = new Histories();
  const days = Array.from({ length: 399 }, (_, nth) => new Date(Date.UTC(2023, 0, 1 + nth)).toISOString().slice(0, 10));
  const record = (as_ofs: readonly string[]) =>
    run(async (tx) => {
      for (const as_of of as_ofs)
        accepted(await recordSnapshot(tx, { ...CENTRAL, role: "system" }, figure({ country: "TM", as_of, source: source("Many") }), NOW));
      return done(null);
    });
  await record(days);
  expect((await both(histories, ["TM"])).remembered[0]).toHaveLength(399);
  for (const as_of of ["2024-03-01", "2024-03-02", "2024-03-03"]) {
    await record([as_of]);
    const { remembered, read } = await both(histories, ["TM"]);
    expect(remembered).toEqual(read);
  }
  expect((await both(histories, ["TM"])).remembered[0]?.length).toBeLessThan(402);
});

test("what was read of a server that leads no more is not taken for what another has", async () => {
  const histories = new Histories();
  await recorded(database.staff, { country: "MD" });
  expect((await both(histories, ["MD"])).remembered[0]).toHaveLength(1);
  const other = await freshDatabase();
  try {
    await addPeople(other.staff, CENTRAL);
    await recorded(other.staff, { country: "GE" });
    const { remembered, read } = await both(histories, ["MD", "GE"], NOW, other.staff);
    expect(remembered).toEqual(read);
    expect(remembered.map(({ length }) => length)).toEqual([0, 1]);
  } finally {
    await other.close();
  }
});
