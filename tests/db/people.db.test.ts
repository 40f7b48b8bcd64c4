import { describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { beginSession } from "@/lib/sign-in/write";
import { managedPeople } from "@/lib/staff/read";
import type { Actor } from "@/lib/staff/rules";
import { changePerson, deactivatePerson, invitePerson, resetPerson, type SeenPerson, signOutPerson } from "@/lib/staff/write";
import {
  ABROAD,
  database,
  done,
  invitation,
  lastActs,
  leavesNothing,
  OTHER_ADMIN,
  OTHER_CENTRAL,
  personNow,
  refusal,
  seenOf,
  withPeople,
} from "../setup/people";
import { accepted, CENTRAL, COUNTRY_ADMIN, RECORDER, REVIEWER } from "../setup/record";

withPeople();

const change = { name: "Recorder", role: "reviewer", countries: ["TJ", "KG"] };
const VERBS = {
  change: (tx: Database, actor: Actor, of: SeenPerson) => changePerson(tx, actor, of, { ...change, countries: ["KG"] }),
  deactivate: deactivatePerson,
  reset: resetPerson,
  signOut: signOutPerson,
};

describe.each(Object.entries(VERBS))("%s", (_verb, verb) => {
  test.each([
    ["a recorder", RECORDER, REVIEWER],
    ["a reviewer", REVIEWER, RECORDER],
    ["a country admin with somebody of another country", COUNTRY_ADMIN, ABROAD],
    ["a country admin with somebody of theirs and another", COUNTRY_ADMIN, OTHER_ADMIN],
    ["a country admin with a central admin", COUNTRY_ADMIN, CENTRAL],
    ["a central admin with the product itself", CENTRAL, { personId: "system" }],
  ])("%s is refused", async (_who, actor, person) => {
    await leavesNothing((tx) => verb(tx, actor, { personId: person.personId, seen: 0 }), refusal("forbidden"));
  });

  test("nobody does it to themselves, nor to somebody who is not there", async () => {
    for (const actor of [CENTRAL, COUNTRY_ADMIN])
      await leavesNothing((tx) => verb(tx, actor, { personId: actor.personId, seen: 0 }), refusal("own_rights"));
    await leavesNothing((tx) => verb(tx, CENTRAL, { personId: "nobody", seen: 0 }), refusal("not_found"));
  });

  test("the last central admin stays one", async () => {
    accepted(await done(async (tx) => deactivatePerson(tx, CENTRAL, await seenOf(OTHER_CENTRAL.personId))));
    await leavesNothing((tx) => verb(tx, CENTRAL, { personId: CENTRAL.personId, seen: 0 }), refusal("last_admin"));
  });

  test("what somebody else did meanwhile makes it a conflict", async () => {
    const seen = await seenOf(RECORDER.personId);
    accepted(await done((tx) => changePerson(tx, OTHER_CENTRAL, seen, { ...change, role: "recorder" })));
    const now = await seenOf(RECORDER.personId);
    await leavesNothing((tx) => verb(tx, CENTRAL, seen), refusal("conflict", { current: now.seen }));
    expect(await done((tx) => verb(tx, CENTRAL, now))).toMatchObject({ ok: true });
  });

  test("an admin who was deactivated while the page was open is refused", async () => {
    accepted(await done(async (tx) => deactivatePerson(tx, CENTRAL, await seenOf(OTHER_CENTRAL.personId))));
    await leavesNothing((tx) => verb(tx, OTHER_CENTRAL, { personId: RECORDER.personId, seen: 0 }), refusal("forbidden"));
  });
});

test("of two admins who deactivate each other at once one is left", async () => {
  const outcomes = await Promise.all([
    done((tx) => deactivatePerson(tx, CENTRAL, { personId: OTHER_CENTRAL.personId, seen: 0 })),
    done((tx) => deactivatePerson(tx, OTHER_CENTRAL, { personId: CENTRAL.personId, seen: 0 })),
  ]);
  expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
  expect(outcomes).toContainEqual(refusal("forbidden"));
});

describe("changing", () => {
  test("takes a new role and countries, and says what was before and after", async () => {
    accepted(await done((tx) => changePerson(tx, CENTRAL, { personId: RECORDER.personId, seen: 0 }, change)));
    expect(await personNow(RECORDER.personId)).toMatchObject({ name: "Recorder", role: "reviewer", countries: ["KG", "TJ"] });
    const before = { name: "recorder", email: "recorder@example.org", role: "recorder", countries: ["KG"], active: true };
    const after = { ...before, name: "Recorder", role: "reviewer", countries: ["KG", "TJ"] };
    const same = { person_id: CENTRAL.personId, feature: "people", object_id: RECORDER.personId, countries: ["KG", "TJ"] };
    expect(await lastActs()).toEqual([{ ...same, verb: "change", before, after }]);
  });

  test.each([
    ["to a central admin", { role: "central_admin" }],
    ["to another country", { countries: ["TJ"] }],
    ["to more countries", { countries: ["KG", "TJ"] }],
  ])("a country admin raises nobody %s", async (_what, more) => {
    const sent = { ...change, countries: ["KG"], ...more };
    await leavesNothing((tx) => changePerson(tx, COUNTRY_ADMIN, { personId: RECORDER.personId, seen: 0 }, sent), refusal("forbidden"));
  });

  test.each([
    ["name", { name: "" }, "required"],
    ["role", { role: "king" }, "unknown_choice"],
    ["countries", { countries: [] }, "required"],
  ])("a slip in %s changes nothing", async (field, more, code) => {
    const of = { personId: RECORDER.personId, seen: 0 };
    await leavesNothing((tx) => changePerson(tx, CENTRAL, of, { ...change, ...more }), refusal("invalid", { fields: { [field]: code } }));
  });
});

describe("the list", () => {
  const listed = async (actor: Actor) => (await managedPeople(database.staff, actor)).map((one) => one.personId);

  test("has those whom one may manage, and oneself", async () => {
    expect(await listed(RECORDER)).toEqual([]);
    expect(await listed(REVIEWER)).toEqual([]);
    expect(await listed(COUNTRY_ADMIN)).toEqual(["country-admin", "recorder", "reviewer"]);
    expect(await listed(OTHER_ADMIN)).toEqual(["abroad", "country-admin", "other-admin", "recorder", "reviewer"]);
    expect(await listed(CENTRAL)).toHaveLength(7);
    expect(await listed({ ...COUNTRY_ADMIN, countries: [] })).toEqual([]);
  });

  test("says who has a password, a link, and sessions", async () => {
    const { personId } = accepted(await done((tx) => invitePerson(tx, CENTRAL, invitation())));
    await beginSession(database.staff, RECORDER.personId, { method: "password" });
    const people = new Map((await managedPeople(database.staff, COUNTRY_ADMIN)).map((one) => [one.personId, one]));
    expect(people.get(personId)).toMatchObject({ hasPassword: false, sessions: 0, linkUntil: expect.any(Date), active: true });
    expect(people.get(RECORDER.personId)).toMatchObject({ hasPassword: true, sessions: 1, linkUntil: null, seen: 0 });
    expect(JSON.stringify([...people.values()])).not.toContain("argon2");
  });
});
