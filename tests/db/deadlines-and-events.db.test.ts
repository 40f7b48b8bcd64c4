import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { deadlineRevisions, knownDeadlines, recordedChain } from "@/lib/deadlines/read";
import { standings } from "@/lib/deadlines/rules";
import { announceDeadline, correctDeadline, withdrawDeadline } from "@/lib/deadlines/write";
import { eventRevisions, knownEvents } from "@/lib/events/read";
import { correctEvent, recordEvent, withdrawEvent } from "@/lib/events/write";
import { actOnce } from "@/lib/ledger/once";
import { act } from "@/lib/ledger/write";
import type { Outcome } from "@/lib/outcome";
import { today } from "@/lib/vintage";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, COUNTRY_ADMIN, deadline, differences, event, NOW, rowCounts, source } from "../setup/record";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL, COUNTRY_ADMIN);
});
afterAll(() => database.close());

const doing = <T>(work: (tx: Database) => Promise<Outcome<T>>) => act(database.staff, work);
const change = (statementId: string, replacesRevision = 1, reason: unknown = "A reason") => ({ statementId, replacesRevision, reason });

let chains = 0;
/** A deadline announced in a chain of its own, with a source of its own. */
async function announced(more: Record<string, unknown> = {}) {
  chains += 1;
  const sent = deadline({ chain: `chain-${chains}`, source: source(`Gazette ${chains}`), ...more });
  return { id: accepted(await doing((tx) => announceDeadline(tx, CENTRAL, sent, NOW))), sent };
}
const recordedEvent = async (more: Record<string, unknown> = {}) =>
  accepted(await doing((tx) => recordEvent(tx, CENTRAL, event(more), NOW)));

/** Runs what must be refused, and sees that nothing was written. */
async function refusal(work: (tx: Database) => Promise<Outcome<unknown>>) {
  const before = await rowCounts(database.staff);
  const outcome = await doing(work);
  expect(await rowCounts(database.staff)).toEqual(before);
  return outcome.ok ? outcome : outcome.failure;
}

const shown = async (id: string) => (await knownDeadlines(database.reader, today(NOW))).find((d) => d.statementId === id);
const shownEvent = async (id: string) => (await knownEvents(database.reader, today(NOW))).find((e) => e.statementId === id);

describe("correctDeadline", () => {
  test("says something else from now on, and keeps who, when and why", async () => {
    const { id, sent } = await announced();
    const corrected = { ...sent, falls_on: "2026-10-01", day_counts: false, basis: { ru: "Указ 2" }, basis_url: "https://example.org/2" };
    expect(await doing((tx) => correctDeadline(tx, COUNTRY_ADMIN, change(id, 1, " Misread "), corrected, NOW))).toEqual({
      ok: true,
      value: 2,
    });
    expect(await shown(id)).toMatchObject({
      revision: 2,
      fallsOn: "2026-10-01",
      endsAt: new Date("2026-09-30T21:00:00Z"),
      basis: { ru: "Указ 2" },
      basisUrl: "https://example.org/2",
    });
    const revisions = await deadlineRevisions(database.reader, id);
    expect(revisions).toMatchObject([
      { deadline: { revision: 2, fallsOn: "2026-10-01" }, state: "published", reason: "Misread", recordedBy: "country-admin" },
      {
        deadline: { revision: 1, fallsOn: "2026-09-10", basis: { en: "Decree 1" } },
        state: "published",
        reason: null,
        recordedBy: "central",
      },
    ]);
    for (const { recordedAt } of revisions) expect(Math.abs(recordedAt.getTime() - Date.now())).toBeLessThan(60_000);
    expect(await differences(database.owner)).toEqual([]);
  });

  test("leaves its place in the chain as it is, whatever is sent", async () => {
    const { id, sent } = await announced();
    const next = accepted(await doing((tx) => announceDeadline(tx, CENTRAL, { ...sent, replaces: id, falls_on: "2027-01-01" }, NOW)));
    const moved = { ...sent, chain: "another", replaces: undefined, cancelled: true };
    accepted(await doing((tx) => correctDeadline(tx, CENTRAL, change(next), moved, NOW)));
    expect(await shown(next)).toMatchObject({ revision: 2, chain: sent.chain, replaces: id, cancelled: false });
  });

  test("revises a source that carries nothing else, and leaves one that does", async () => {
    const { id, sent } = await announced();
    accepted(await doing((tx) => correctDeadline(tx, CENTRAL, change(id), { ...sent, source: source("The gazette itself") }, NOW)));
    expect((await deadlineRevisions(database.reader, id)).map((one) => one.source.title)).toEqual([
      "The gazette itself",
      sent.source.title,
    ]);
    const other = await announced({ source: source("The gazette itself") });
    accepted(await doing((tx) => correctDeadline(tx, CENTRAL, change(other.id), { ...other.sent, source: source("A third") }, NOW)));
    expect((await shown(id))?.source.title).toBe("The gazette itself");
    expect((await shown(other.id))?.source.title).toBe("A third");
  });

  test("is refused where it cannot be", async () => {
    const { id, sent } = await announced();
    const correct = (of: ReturnType<typeof change>, more: unknown) =>
      refusal((tx) => correctDeadline(tx, CENTRAL, of, typeof more === "object" && more ? { ...sent, ...more } : more, NOW));
    expect(await correct(change("nobody"), {})).toEqual({ code: "not_found" });
    for (const stale of [0, 2, Number.NaN]) expect(await correct(change(id, stale), {})).toEqual({ code: "conflict", current: 1 });
    expect(await correct(change(id, 1, " "), { falls_on: "soon", basis: {} })).toEqual({
      code: "invalid",
      fields: { falls_on: "day_unreadable", basis: "required", reason: "required" },
    });
    expect(await correct(change(id, 1, null), {})).toEqual({ code: "invalid", fields: { reason: "required" } });
    for (const nothing of [null, undefined, 7, "x"]) expect(await correct(change(id), nothing)).toMatchObject({ code: "invalid" });
  });

  test("cannot take in a country for which another of the chain stands", async () => {
    const { id, sent } = await announced({ countries: ["KG", "TJ"] });
    const forKyrgyz = { ...sent, replaces: id, countries: ["KG"], falls_on: "2027-01-01" };
    const forTajik = { ...forKyrgyz, countries: ["TJ"] };
    const next = accepted(await doing((tx) => announceDeadline(tx, CENTRAL, forKyrgyz, NOW)));
    accepted(await doing((tx) => announceDeadline(tx, CENTRAL, forTajik, NOW)));
    expect(await refusal((tx) => correctDeadline(tx, CENTRAL, change(next), { ...forKyrgyz, countries: ["KG", "TJ"] }, NOW))).toEqual({
      code: "invalid",
      fields: { countries: "bound_already" },
    });
  });
});

describe("announceDeadline in a chain", () => {
  test("leaves the earlier one in force for the countries it does not name", async () => {
    const { id, sent } = await announced({ countries: ["ALL"] });
    const next = { ...sent, replaces: id, countries: ["KG"], falls_on: "2027-01-01" };
    const extended = accepted(await doing((tx) => announceDeadline(tx, CENTRAL, next, NOW)));
    expect(standings(await recordedChain(database.reader, sent.chain)).map((one) => [one.deadline.statementId, one.whom])).toEqual([
      [id, { countries: ["ALL"], exceptCountries: ["KG"] }],
      [extended, { countries: ["KG"], exceptCountries: [] }],
    ]);
    expect(await refusal((tx) => announceDeadline(tx, CENTRAL, { ...next, countries: ["ALL"] }, NOW))).toEqual({
      code: "invalid",
      fields: { replaces: "already_replaced" },
    });
    accepted(await doing((tx) => announceDeadline(tx, CENTRAL, { ...next, countries: ["ALL"], except_countries: ["KG"] }, NOW)));
  });

  test("must bind somebody whom the one it replaces binds", async () => {
    const { id, sent } = await announced();
    expect(await refusal((tx) => announceDeadline(tx, CENTRAL, { ...sent, replaces: id, countries: ["TJ"] }, NOW))).toEqual({
      code: "invalid",
      fields: { countries: "binds_none_of_them" },
    });
  });

  test("sent twice is announced once; otherwise filled in it is refused", async () => {
    const sent = deadline({ chain: "sent-twice" });
    const send = (body: object) => actOnce(database.staff, CENTRAL, "announce-key", body, (tx) => announceDeadline(tx, CENTRAL, body, NOW));
    const outcomes = [...(await Promise.all([send(sent), send(sent)])), await send(sent)].map(accepted);
    expect(new Set(outcomes).size).toBe(1);
    expect(await recordedChain(database.reader, "sent-twice")).toHaveLength(1);
    expect(await send({ ...sent, falls_on: "2027-01-01" })).toEqual({ ok: false, failure: { code: "sent_otherwise" } });
    expect(await recordedChain(database.reader, "sent-twice")).toHaveLength(1);
  });
});

describe("withdrawDeadline", () => {
  test("takes it from the public pages, and what it replaced stands again and can be extended anew", async () => {
    const { id, sent } = await announced();
    const extension = { ...sent, replaces: id, falls_on: "2027-01-01" };
    const next = accepted(await doing((tx) => announceDeadline(tx, CENTRAL, extension, NOW)));
    expect(await doing((tx) => withdrawDeadline(tx, COUNTRY_ADMIN, change(next, 1, "Never signed")))).toEqual({ ok: true, value: 2 });
    expect(await shown(next)).toBeUndefined();
    expect(standings(await recordedChain(database.reader, sent.chain)).map((one) => one.deadline.statementId)).toEqual([id]);
    expect(await deadlineRevisions(database.reader, next)).toMatchObject([
      { state: "withdrawn", reason: "Never signed", recordedBy: "country-admin", deadline: { revision: 2, fallsOn: "2027-01-01" } },
      { state: "published", reason: null, recordedBy: "central" },
    ]);
    accepted(await doing((tx) => announceDeadline(tx, CENTRAL, { ...extension, falls_on: "2026-12-01" }, NOW)));
    expect(await differences(database.owner)).toEqual([]);
  });

  test("is refused where it cannot be", async () => {
    const { id, sent } = await announced();
    const withdraw = (of: ReturnType<typeof change>) => refusal((tx) => withdrawDeadline(tx, CENTRAL, of));
    expect(await withdraw(change("nobody"))).toEqual({ code: "not_found" });
    expect(await withdraw(change(id, 2))).toEqual({ code: "conflict", current: 1 });
    expect(await withdraw(change(id, 1, ""))).toEqual({ code: "invalid", fields: { reason: "required" } });
    const next = accepted(await doing((tx) => announceDeadline(tx, CENTRAL, { ...sent, replaces: id, falls_on: "2027-01-01" }, NOW)));
    expect(await withdraw(change(id))).toEqual({ code: "invalid", fields: { statement: "already_replaced" } });
    accepted(await doing((tx) => withdrawDeadline(tx, CENTRAL, change(next))));
    expect(await withdraw(change(next, 2))).toEqual({ code: "invalid", fields: { statement: "already_withdrawn" } });
  });

  test("a correction brings it back", async () => {
    const { id, sent } = await announced();
    accepted(await doing((tx) => withdrawDeadline(tx, CENTRAL, change(id))));
    accepted(await doing((tx) => correctDeadline(tx, CENTRAL, change(id, 2, "It was signed"), sent, NOW)));
    expect(await shown(id)).toMatchObject({ revision: 3 });
  });
});

describe("correctEvent and withdrawEvent", () => {
  test("say something else from now on, and keep who, when and why", async () => {
    const id = await recordedEvent({ source: source("An agency") });
    const sent = event({
      happened_on: "2025-09",
      kind: "break",
      measures: ["left"],
      what: { ru: "Встреча" },
      source: source("The ministry"),
    });
    expect(await doing((tx) => correctEvent(tx, COUNTRY_ADMIN, change(id, 1, "It cut"), sent, NOW))).toEqual({ ok: true, value: 2 });
    expect(await shownEvent(id)).toMatchObject({
      happenedOn: { text: "2025-09" },
      kind: "break",
      measures: ["left"],
      what: { ru: "Встреча" },
    });
    expect(await doing((tx) => withdrawEvent(tx, CENTRAL, change(id, 2, "Never was")))).toEqual({ ok: true, value: 3 });
    expect(await shownEvent(id)).toBeUndefined();
    const revisions = await eventRevisions(database.reader, id);
    expect(revisions).toMatchObject([
      { revision: 3, state: "withdrawn", reason: "Never was", recordedBy: "central", event: { kind: "break" } },
      { revision: 2, state: "published", reason: "It cut", recordedBy: "country-admin", source: { title: "The ministry" } },
      { revision: 1, state: "published", reason: null, recordedBy: "central", source: { title: "An agency" }, event: { kind: "context" } },
    ]);
    for (const { recordedAt } of revisions) expect(Math.abs(recordedAt.getTime() - Date.now())).toBeLessThan(60_000);
    expect(await differences(database.owner)).toEqual([]);
  });

  test("are refused where they cannot be", async () => {
    const id = await recordedEvent();
    const correct = (of: ReturnType<typeof change>, sent: unknown = event()) => refusal((tx) => correctEvent(tx, CENTRAL, of, sent, NOW));
    const withdraw = (of: ReturnType<typeof change>) => refusal((tx) => withdrawEvent(tx, CENTRAL, of));
    for (const refused of [correct, withdraw]) {
      expect(await refused(change("nobody"))).toEqual({ code: "not_found" });
      for (const stale of [0, 2, Number.NaN]) expect(await refused(change(id, stale))).toEqual({ code: "conflict", current: 1 });
      expect(await refused(change(id, 1, ""))).toEqual({ code: "invalid", fields: { reason: "required" } });
    }
    expect(await correct(change(id, 1, ""), event({ kind: "break", what: {} }))).toMatchObject({
      code: "invalid",
      fields: { what: "required", reason: "required" },
    });
    for (const nothing of [null, 7, "x"]) expect(await correct(change(id), nothing)).toMatchObject({ code: "invalid" });
    accepted(await doing((tx) => withdrawEvent(tx, CENTRAL, change(id))));
    expect(await withdraw(change(id, 2))).toEqual({ code: "invalid", fields: { statement: "already_withdrawn" } });
  });

  test("sent twice are done once", async () => {
    const id = await recordedEvent();
    const send = () => actOnce(database.staff, CENTRAL, "withdraw-key", { id }, (tx) => withdrawEvent(tx, CENTRAL, change(id)));
    expect(await Promise.all([send(), send()])).toEqual([
      { ok: true, value: 2 },
      { ok: true, value: 2 },
    ]);
    expect(await eventRevisions(database.reader, id)).toHaveLength(2);
  });
});
