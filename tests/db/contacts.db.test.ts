import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { contactRevisions, contactsShown, listedContacts } from "@/lib/contacts/read";
import { confirmContact, correctContact, recordContact, withdrawContact } from "@/lib/contacts/write";
import { act } from "@/lib/ledger/write";
import type { Outcome } from "@/lib/outcome";
import type { Actor } from "@/lib/staff/rules";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, COUNTRY_ADMIN, contact, NOW, RECORDER, REVIEWER, rowCounts } from "../setup/record";

const LATER = new Date("2026-03-20T09:00:00Z");

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL, COUNTRY_ADMIN, REVIEWER, RECORDER);
});
afterEach(() => database.close());

const done = <T>(work: (tx: Database) => Promise<Outcome<T>>) => act(database.staff, work);
const record = async (more: Record<string, unknown> = {}, actor: Actor = CENTRAL) =>
  accepted(await done((tx) => recordContact(tx, actor, contact(more), NOW)));
const shown = async (country: string, day = "2026-03-01") =>
  (await contactsShown(database.reader, country, day)).map((one) => one.statementId);

async function leavesNothing(work: (tx: Database) => Promise<Outcome<unknown>>, failure: object) {
  const before = await rowCounts(database.staff);
  expect(await done(work)).toEqual({ ok: false, failure });
  expect(await rowCounts(database.staff)).toEqual(before);
}

test("what is recorded is public at once, with who, when and what", async () => {
  const began = new Date();
  const id = await record({ email: "a@example.org", hours: { ru: "9–17" }, hide_after_days: 30 }, COUNTRY_ADMIN);
  expect(await contactsShown(database.reader, "KG", "2026-03-01")).toMatchObject([
    {
      statementId: id,
      revision: 1,
      country: "KG",
      kind: "consulate",
      name: { en: "A consulate" },
      telephone: "+7 495 000 00 00",
      email: "a@example.org",
      url: null,
      hours: { ru: "9–17" },
      languages: ["ky", "ru"],
      confirmedOn: "2026-02-20",
      hideAfterDays: 30,
    },
  ]);
  const [row] = await database.owner`select recorded_by, published_by, reason, recorded_at >= ${began} as later from record.contacts`;
  expect(row).toEqual({ recorded_by: "country-admin", published_by: "country-admin", reason: null, later: true });
});

test("the public sees it until its limit, and staff beyond it", async () => {
  const id = await record({ confirmed_on: "2026-02-20", hide_after_days: 10 });
  expect(await shown("KG", "2026-03-01")).toEqual([id]);
  expect(await shown("KG", "2026-03-02")).toEqual([]);
  expect((await listedContacts(database.staff)).map((one) => one.statementId)).toEqual([id]);
});

test("a contact for everybody stands behind a country's own, and no other country's stands there", async () => {
  const all = await record({ country: "ALL", kind: "embassy" });
  const own = await record({ kind: "hotline" });
  await record({ country: "TJ" });
  expect(await shown("KG")).toEqual([own, all]);
  expect(await shown("ALL")).toEqual([all]);
});

describe("correcting", () => {
  const correct = (id: string, replacesRevision: number, sent: Record<string, unknown> = {}, reason: unknown = "A new number") =>
    done((tx) => correctContact(tx, COUNTRY_ADMIN, { statementId: id, replacesRevision, reason }, contact(sent), NOW));

  test("adds a revision with its reason; the earlier one stays", async () => {
    const id = await record();
    expect(accepted(await correct(id, 1, { telephone: "+7 495 111 11 11" }))).toBe(2);
    const [newest, first] = await contactRevisions(database.staff, id);
    expect(newest).toMatchObject({ revision: 2, telephone: "+7 495 111 11 11", reason: "A new number", recordedBy: "country-admin" });
    expect(first).toMatchObject({ revision: 1, telephone: "+7 495 000 00 00", recordedBy: "central" });
    expect((await contactsShown(database.reader, "KG", "2026-03-01"))[0]?.telephone).toBe("+7 495 111 11 11");
  });

  test("against a revision that is not the newest is a conflict, also when two come at once", async () => {
    const id = await record();
    const outcomes = await Promise.all([correct(id, 1), correct(id, 1, { email: "b@example.org" })]);
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    expect(outcomes).toContainEqual({ ok: false, failure: { code: "conflict", current: 2 } });
  });

  test("says every field that is wrong, the reason too", async () => {
    const id = await record();
    const of = { statementId: id, replacesRevision: 1, reason: " " };
    const fields = { telephone: "not_a_telephone", kind: "unknown_choice", reason: "required" };
    await leavesNothing((tx) => correctContact(tx, CENTRAL, of, contact({ telephone: "12", kind: "x" }), NOW), { code: "invalid", fields });
    await leavesNothing((tx) => correctContact(tx, CENTRAL, of, contact(), NOW), { code: "invalid", fields: { reason: "required" } });
  });

  test("brings a withdrawn one back", async () => {
    const id = await record();
    accepted(await done((tx) => withdrawContact(tx, CENTRAL, { statementId: id, replacesRevision: 1, reason: "Closed" })));
    expect(await shown("KG")).toEqual([]);
    expect(accepted(await correct(id, 2))).toBe(3);
    expect(await shown("KG")).toEqual([id]);
  });
});

describe("confirming again", () => {
  test("moves the day and nothing else, and says who confirmed", async () => {
    const id = await record({ hide_after_days: 10 });
    expect(await shown("KG", "2026-03-20")).toEqual([]);
    expect(accepted(await done((tx) => confirmContact(tx, COUNTRY_ADMIN, { statementId: id, replacesRevision: 1 }, LATER)))).toBe(2);
    expect(await shown("KG", "2026-03-20")).toEqual([id]);
    const [newest, first] = await contactRevisions(database.staff, id);
    expect(newest).toEqual({
      ...first,
      publishedBy: "country-admin",
      recordedBy: "country-admin",
      revision: 2,
      reason: "confirmed_again",
      confirmedOn: "2026-03-20",
      recordedAt: expect.any(Date),
    });
    expect(await listedContacts(database.staff)).toMatchObject([{ confirmedBy: "country-admin", confirmedOn: "2026-03-20" }]);
  });

  test("a later correction of something else leaves who confirmed", async () => {
    const id = await record();
    const of = { statementId: id, replacesRevision: 1, reason: "x" };
    accepted(await done((tx) => correctContact(tx, COUNTRY_ADMIN, of, contact({ email: "c@example.org" }), NOW)));
    expect(await listedContacts(database.staff)).toMatchObject([{ confirmedBy: "central" }]);
  });

  test("the second of two clicks is told", async () => {
    const id = await record();
    const of = { statementId: id, replacesRevision: 1 };
    accepted(await done((tx) => confirmContact(tx, CENTRAL, of, LATER)));
    await leavesNothing((tx) => confirmContact(tx, CENTRAL, of, LATER), { code: "conflict", current: 2 });
  });
});

describe("withdrawing", () => {
  test("takes it from the public and keeps it in the history", async () => {
    const id = await record();
    expect(accepted(await done((tx) => withdrawContact(tx, CENTRAL, { statementId: id, replacesRevision: 1, reason: "Closed" })))).toBe(2);
    expect(await shown("KG")).toEqual([]);
    expect(await listedContacts(database.staff)).toEqual([]);
    expect((await contactRevisions(database.staff, id))[0]).toMatchObject({ state: "withdrawn", reason: "Closed" });
    const again = { statementId: id, replacesRevision: 2, reason: "Again" };
    await leavesNothing((tx) => withdrawContact(tx, CENTRAL, again), { code: "conflict", current: 2 });
    await leavesNothing((tx) => confirmContact(tx, CENTRAL, again, LATER), { code: "conflict", current: 2 });
  });

  test("wants a reason and something to withdraw", async () => {
    const id = await record();
    const of = { statementId: id, replacesRevision: 1, reason: "" };
    await leavesNothing((tx) => withdrawContact(tx, CENTRAL, of), { code: "invalid", fields: { reason: "required" } });
    const nothing = { ...of, statementId: "nothing", reason: "x" };
    await leavesNothing((tx) => withdrawContact(tx, CENTRAL, nothing), { code: "not_found" });
    await leavesNothing((tx) => correctContact(tx, CENTRAL, nothing, contact(), NOW), { code: "not_found" });
    await leavesNothing((tx) => confirmContact(tx, CENTRAL, nothing, NOW), { code: "not_found" });
  });
});

test("bad input records nothing", async () => {
  const fields = { name: "required", telephone: "way_to_reach_needed" };
  await leavesNothing((tx) => recordContact(tx, CENTRAL, contact({ name: {}, telephone: "" }), NOW), { code: "invalid", fields });
});
