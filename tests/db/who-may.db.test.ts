import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { confirmContact, correctContact, recordContact, withdrawContact } from "@/lib/contacts/write";
import { recordCountry } from "@/lib/countries/write";
import { announceDeadline, correctDeadline, withdrawDeadline } from "@/lib/deadlines/write";
import { correctEvent, recordEvent, withdrawEvent } from "@/lib/events/write";
import { act } from "@/lib/ledger/write";
import type { Outcome } from "@/lib/outcome";
import { openAbout } from "@/lib/review/read";
import { publishSubmission, returnSubmission } from "@/lib/review/write";
import { correctSnapshot, rankSnapshot, recordSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { submit } from "@/lib/snapshots/write/submit";
import { type Actor, WHO_MAY } from "@/lib/staff/rules";
import { ensureSystem } from "@/lib/staff/write";
import { EXPECTED_ROLES, expectedOf, VERBS, type Verb } from "../setup/expected-rights";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import {
  ACTORS,
  accepted,
  addPeople,
  CENTRAL,
  COUNTRY_ADMIN,
  contact,
  country,
  deadline,
  event,
  figure,
  NOW,
  RECORDER,
  REVIEWER,
  recorded,
  rowCounts,
  source,
} from "../setup/record";

const OWN = "KG";
const OTHER = "TJ";
const PLACES = [OWN, OTHER, "ALL"];
/** Somebody else, who may submit about every place. */
const ELSEWHERE: Actor = { personId: "elsewhere", role: "central_admin", countries: [] };

let database: FreshDatabase;
const standing = new Map<string, string>();
const deadlines = new Map<string, string>();
const events = new Map<string, string>();
const contacts = new Map<string, string>();
/** A submission about each place. */
const submitted = new Map<string, string>();
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL, RECORDER, REVIEWER, COUNTRY_ADMIN, ELSEWHERE);
  await ensureSystem(database.staff);
  for (const place of PLACES) {
    standing.set(place, await recorded(database.staff, { country: place }));
    const named = { countries: [place], chain: `stay-${place.toLowerCase()}` };
    deadlines.set(place, accepted(await act(database.staff, (tx) => announceDeadline(tx, CENTRAL, deadline(named), NOW))));
    events.set(place, accepted(await act(database.staff, (tx) => recordEvent(tx, CENTRAL, event(named), NOW))));
    contacts.set(place, accepted(await act(database.staff, (tx) => recordContact(tx, CENTRAL, contact({ country: place }), NOW))));
    const { confirm, ...content } = figure({ country: place, source: source("Submitted") });
    const of = { statementId: `submitted-${place}`, replacesRevision: 0 };
    const confirmed = { warnings: [], confirmation: null };
    accepted(await act(database.staff, (tx) => submit(tx, ELSEWHERE, "record", of, [place], { ...content, confirmed })));
    submitted.set(place, (await openAbout(database.staff, of.statementId))?.submissionId ?? "");
  }
});
afterAll(() => database.close());

function run(tx: Database, verb: Verb, actor: Actor, place: string): Promise<Outcome<unknown>> {
  const changeOf = (names: Map<string, string>) => ({ statementId: names.get(place) ?? "", replacesRevision: 1, reason: "A reason" });
  const change = changeOf(standing);
  const changeOfContact = changeOf(contacts);
  const seen = { submissionId: submitted.get(place) ?? "", version: 1 };
  switch (verb) {
    case "recordSnapshot":
      return recordSnapshot(tx, actor, figure({ country: place, source: source("Another") }), NOW);
    case "correctSnapshot":
      return correctSnapshot(tx, actor, change, figure({ country: place, value: 2000 }), NOW);
    case "withdrawSnapshot":
      return withdrawSnapshot(tx, actor, change);
    case "rankSnapshot":
      return rankSnapshot(tx, actor, change, "preferred");
    case "publishSubmission":
      return publishSubmission(tx, actor, seen, NOW);
    case "returnSubmission":
      return returnSubmission(tx, actor, seen, "A reason");
    case "announceDeadline":
      return announceDeadline(tx, actor, deadline({ countries: [place] }), NOW);
    case "correctDeadline":
      return correctDeadline(tx, actor, changeOf(deadlines), deadline({ countries: [place], falls_on: "2026-10-01" }), NOW);
    case "withdrawDeadline":
      return withdrawDeadline(tx, actor, changeOf(deadlines));
    case "recordEvent":
      return recordEvent(tx, actor, event({ countries: [place] }), NOW);
    case "correctEvent":
      return correctEvent(tx, actor, changeOf(events), event({ countries: [place], kind: "law" }), NOW);
    case "withdrawEvent":
      return withdrawEvent(tx, actor, changeOf(events));
    case "recordCountry":
      return recordCountry(tx, actor, country({ country: place }));
    case "recordContact":
      return recordContact(tx, actor, contact({ country: place }), NOW);
    case "correctContact":
      return correctContact(tx, actor, changeOfContact, contact({ country: place, telephone: "+7 495 111 11 11" }), NOW);
    case "confirmContact":
      return confirmContact(tx, actor, changeOfContact, NOW);
    case "withdrawContact":
      return withdrawContact(tx, actor, changeOfContact);
  }
}

const undone = new Error("undone");

/** Runs a verb, says how many rows each table gained, and undoes it. */
async function tried(verb: Verb, actor: Actor, place: string) {
  let outcome: Outcome<unknown> | undefined;
  const gained: Record<string, number> = {};
  await database.staff
    .transaction(async (tx) => {
      const before = await rowCounts(tx);
      outcome = await run(tx, verb, actor, place);
      for (const [table, count] of Object.entries(await rowCounts(tx)))
        if (count !== before[table]) gained[table] = count - (before[table] ?? 0);
      throw undone;
    })
    .catch((error) => {
      if (error !== undone) throw error;
    });
  return { outcome, gained };
}

const FORBIDDEN = { outcome: { ok: false, failure: { code: "forbidden" } }, gained: {} };
const WAITING = { outcome: { ok: true, value: { state: "waiting" } }, gained: { "staff.submissions": 1, "staff.acts": 1 } };
const LANDED: Record<Verb, { outcome: object; gained: Record<string, number> }> = {
  recordSnapshot: {
    outcome: { ok: true, value: { state: "published", revision: 1 } },
    gained: { "record.snapshots": 1, "record.sources": 1, "derived.snapshots": 1 },
  },
  correctSnapshot: { outcome: { ok: true, value: { state: "published", revision: 2 } }, gained: { "record.snapshots": 1 } },
  withdrawSnapshot: {
    outcome: { ok: true, value: { state: "published", revision: 2 } },
    gained: { "record.snapshots": 1, "derived.snapshots": -1 },
  },
  rankSnapshot: { outcome: { ok: true, value: { state: "published", revision: 2 } }, gained: { "record.snapshots": 1 } },
  publishSubmission: {
    outcome: { ok: true, value: { state: "published", revision: 1 } },
    gained: { "record.snapshots": 1, "record.sources": 1, "derived.snapshots": 1, "staff.acts": 1 },
  },
  returnSubmission: { outcome: { ok: true, value: null }, gained: { "staff.acts": 1 } },
  announceDeadline: { outcome: { ok: true }, gained: { "record.deadlines": 1, "derived.deadlines": 1 } },
  correctDeadline: { outcome: { ok: true, value: 2 }, gained: { "record.deadlines": 1 } },
  withdrawDeadline: { outcome: { ok: true, value: 2 }, gained: { "record.deadlines": 1, "derived.deadlines": -1 } },
  recordEvent: { outcome: { ok: true }, gained: { "record.events": 1, "derived.events": 1 } },
  correctEvent: { outcome: { ok: true, value: 2 }, gained: { "record.events": 1 } },
  withdrawEvent: { outcome: { ok: true, value: 2 }, gained: { "record.events": 1, "derived.events": -1 } },
  recordCountry: { outcome: { ok: true }, gained: { "record.countries": 1, "derived.countries": 1 } },
  recordContact: { outcome: { ok: true }, gained: { "record.contacts": 1, "derived.contacts": 1 } },
  correctContact: { outcome: { ok: true, value: 2 }, gained: { "record.contacts": 1 } },
  confirmContact: { outcome: { ok: true, value: 2 }, gained: { "record.contacts": 1 } },
  withdrawContact: { outcome: { ok: true, value: 2 }, gained: { "record.contacts": 1, "derived.contacts": -1 } },
};

test("every role is looked at", () => {
  expect([...EXPECTED_ROLES].sort()).toEqual(Object.keys(WHO_MAY).sort());
});

describe.each(EXPECTED_ROLES)("%s", (role) => {
  const cases = VERBS.flatMap((verb) => PLACES.map((place) => [verb, place, expectedOf(role, verb, place === OWN)] as const));

  test.each(cases)("%s about %s: %s", async (verb, place, expected) => {
    const { outcome, gained } = await tried(verb, ACTORS[role], place);
    const should = expected === "forbidden" ? FORBIDDEN : expected === "waits" ? WAITING : LANDED[verb];
    expect(outcome).toMatchObject(should.outcome);
    expect(gained).toEqual(should.gained);
  });
});

describe("beyond one's own countries", () => {
  const nothing = async (work: (tx: Database) => Promise<Outcome<unknown>>) => {
    const before = await rowCounts(database.staff);
    expect(await act(database.staff, work)).toEqual({ ok: false, failure: { code: "forbidden" } });
    expect(await rowCounts(database.staff)).toEqual(before);
  };

  test("a country admin cannot announce or record for several of which one is not theirs", async () => {
    await nothing((tx) => announceDeadline(tx, COUNTRY_ADMIN, deadline({ countries: [OWN, OTHER] }), NOW));
    await nothing((tx) => recordEvent(tx, COUNTRY_ADMIN, event({ countries: [OWN, "ALL"] }), NOW));
  });

  test.each([RECORDER, COUNTRY_ADMIN])("$role cannot move a figure to another country", async (actor) => {
    const change = { statementId: standing.get(OWN) ?? "", replacesRevision: 1, reason: "x" };
    await nothing((tx) => correctSnapshot(tx, actor, change, figure({ country: OTHER }), NOW));
  });

  test("a country admin cannot move a deadline or an event to another country", async () => {
    const change = (names: Map<string, string>) => ({ statementId: names.get(OWN) ?? "", replacesRevision: 1, reason: "x" });
    await nothing((tx) => correctDeadline(tx, COUNTRY_ADMIN, change(deadlines), deadline({ countries: [OWN, OTHER] }), NOW));
    await nothing((tx) => correctEvent(tx, COUNTRY_ADMIN, change(events), event({ countries: ["ALL"] }), NOW));
  });

  test("a country admin cannot move a contact to another country, nor take one over", async () => {
    const own = { statementId: contacts.get(OWN) ?? "", replacesRevision: 1, reason: "x" };
    await nothing((tx) => correctContact(tx, COUNTRY_ADMIN, own, contact({ country: OTHER }), NOW));
    const theirs = { ...own, statementId: contacts.get(OTHER) ?? "" };
    await nothing((tx) => correctContact(tx, COUNTRY_ADMIN, theirs, contact({ country: OWN }), NOW));
  });

  test("a country admin cannot cancel, replace or stand beside a deadline that binds others too", async () => {
    const all = accepted(
      await act(database.staff, (tx) => announceDeadline(tx, CENTRAL, deadline({ chain: "all", countries: ["ALL"] }), NOW)),
    );
    await nothing((tx) => announceDeadline(tx, COUNTRY_ADMIN, deadline({ chain: "all", replaces: all, cancelled: true }), NOW));
    await nothing((tx) => announceDeadline(tx, COUNTRY_ADMIN, deadline({ chain: "all" }), NOW));
    const own = accepted(await act(database.staff, (tx) => announceDeadline(tx, CENTRAL, deadline({ chain: "all", replaces: all }), NOW)));
    const change = { statementId: own, replacesRevision: 1, reason: "x" };
    await nothing((tx) => correctDeadline(tx, COUNTRY_ADMIN, change, deadline(), NOW));
    await nothing((tx) => withdrawDeadline(tx, COUNTRY_ADMIN, change));
  });
});

test("a submission holds what was sent, by whom and about what", async () => {
  const { confirm, ...sent } = figure({ value: 77, source: source("A submitted source") });
  const { statementId } = accepted(await act(database.staff, (tx) => recordSnapshot(tx, RECORDER, sent, NOW)));
  const change = { statementId: standing.get(OWN) ?? "", replacesRevision: 1, reason: "A reason" };
  accepted(await act(database.staff, (tx) => withdrawSnapshot(tx, RECORDER, change)));
  const rows = await database.owner`
    select feature, statement_id, replaces_revision, verb, content, countries, reason, state, submitted_by from staff.submissions
    where statement_id = any(${[statementId, change.statementId]}) order by verb`;
  const same = { feature: "snapshots", countries: [OWN], state: "waiting", submitted_by: "recorder" };
  expect([...rows]).toEqual([
    {
      ...same,
      statement_id: statementId,
      replaces_revision: 0,
      verb: "record",
      content: { ...sent, confirmed: { warnings: [], confirmation: null } },
      reason: null,
    },
    { ...same, statement_id: change.statementId, replaces_revision: 1, verb: "withdraw", content: {}, reason: "A reason" },
  ]);
});
