import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { act } from "@/lib/ledger/write";
import type { Outcome } from "@/lib/outcome";
import { managedPeople, personOfLink, personOfSession } from "@/lib/staff/read";
import type { Actor } from "@/lib/staff/rules";
import {
  beginSession,
  changePerson,
  checkPassword,
  choosePassword,
  deactivatePerson,
  ensureSystem,
  invitePerson,
  makeFirstAdmin,
  newSetUpLink,
  reactivatePerson,
  resetPerson,
  type SeenPerson,
  setUpFirstAdmin,
  signOutPerson,
} from "@/lib/staff/write";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, COUNTRY_ADMIN, PASSWORD, RECORDER, REVIEWER, rowCounts } from "../setup/record";

const OTHER_CENTRAL: Actor = { personId: "other-central", role: "central_admin", countries: [] };
const OTHER_ADMIN: Actor = { personId: "other-admin", role: "country_admin", countries: ["KG", "TJ"] };
const ABROAD: Actor = { personId: "abroad", role: "recorder", countries: ["TJ"] };

const invitation = (more: Record<string, unknown> = {}) => ({
  name: "Aigul",
  email: "aigul@example.org",
  role: "recorder",
  countries: ["KG"],
  language: "ky",
  ...more,
});

const refusal = (code: string, more: object = {}) => ({ ok: false, failure: { code, ...more } });

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase();
  await ensureSystem(database.staff);
  await addPeople(database.staff, CENTRAL, OTHER_CENTRAL, COUNTRY_ADMIN, OTHER_ADMIN, REVIEWER, RECORDER, ABROAD);
});
afterEach(() => database.close());

const done = <T>(work: (tx: Database) => Promise<Outcome<T>>) => act(database.staff, work);
const personNow = async (personId: string) =>
  (await database.owner`select name, role, countries, active, language, password_hash from staff.people where person_id = ${personId}`)[0];
const lastActs = async () => [
  ...(await database.owner`select person_id, verb, feature, object_id, countries, before, after from staff.acts order by act_id`),
];
const seenOf = async (personId: string): Promise<SeenPerson> => {
  const one = (await managedPeople(database.staff, CENTRAL)).find((person) => person.personId === personId);
  return { personId, seen: one?.seen ?? -1 };
};
/** The work is refused so, and leaves every table as it was. */
async function leavesNothing(work: (tx: Database) => Promise<Outcome<unknown>>, failure: object) {
  const before = await rowCounts(database.staff);
  expect(await done(work)).toEqual(failure);
  expect(await rowCounts(database.staff)).toEqual(before);
}
const signIn = (email: string, password = PASSWORD) => checkPassword(database.staff, { email, password, address: "1.2.3.4" });

describe("inviting", () => {
  const invite = (actor: Actor, more: Record<string, unknown> = {}) => done((tx) => invitePerson(tx, actor, invitation(more)));

  test("makes a person without a password, and a link with which they choose one", async () => {
    const { personId, token } = accepted(await invite(CENTRAL));
    expect(await personNow(personId)).toMatchObject({
      name: "Aigul",
      role: "recorder",
      countries: ["KG"],
      language: "ky",
      password_hash: null,
    });
    expect(await signIn("aigul@example.org", "")).toBe("wrong");
    expect(await personOfLink(database.staff, token)).toEqual({ name: "Aigul", email: "aigul@example.org" });

    expect(await done((tx) => choosePassword(tx, token, { password: "short" }))).toEqual(
      refusal("invalid", { fields: { password: "password_too_short" } }),
    );
    expect(accepted(await done((tx) => choosePassword(tx, token, { password: "a few words together" })))).toBe(personId);
    expect(await signIn("aigul@example.org", "a few words together")).toEqual({ personId });
    expect(await done((tx) => choosePassword(tx, token, { password: "another few words" }))).toEqual(refusal("forbidden"));
    expect(await personOfLink(database.staff, token)).toBeUndefined();
  });

  test("tells who did what when, and nothing secret", async () => {
    const began = new Date();
    const { personId, token } = accepted(await invite(COUNTRY_ADMIN));
    accepted(await done((tx) => choosePassword(tx, token, { password: "a few words together" })));
    const told = { name: "Aigul", email: "aigul@example.org", role: "recorder", countries: ["KG"], active: true };
    const same = { feature: "people", object_id: personId, countries: ["KG"] };
    expect(await lastActs()).toEqual([
      { ...same, person_id: COUNTRY_ADMIN.personId, verb: "invite", before: null, after: told },
      { ...same, person_id: personId, verb: "accept", before: { has_password: false }, after: { has_password: true } },
    ]);
    const [row] = await database.owner`select min(at) >= ${began} as later, string_agg(a::text, ' ') as all from staff.acts a`;
    expect(row?.later).toBe(true);
    expect(row?.all).not.toContain(token);
    expect(row?.all).not.toContain("argon2");
  });

  test("a link keeps nothing but its hash, and holds for 72 hours", async () => {
    const { personId, token } = accepted(await invite(CENTRAL));
    const [row] = await database.owner`
      select l::text as text, extract(epoch from expires_at - created_at) / 3600 as hours from staff.set_up_links l where person_id = ${personId}`;
    expect(row?.text).not.toContain(token);
    expect(Number(row?.hours)).toBeCloseTo(72, 1);
    await database.owner`update staff.set_up_links set expires_at = now() - interval '1 second' where person_id = ${personId}`;
    await leavesNothing((tx) => choosePassword(tx, token, { password: "a few words together" }), refusal("forbidden"));
    expect(await personOfLink(database.staff, token)).toBeUndefined();
  });

  test("two browsers with one link set one password", async () => {
    const { token } = accepted(await invite(CENTRAL));
    const outcomes = await Promise.all(
      ["a few words together", "other words together"].map((password) => done((tx) => choosePassword(tx, token, { password }))),
    );
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
  });

  test("the link of an invited person makes no first admin, nor the other way round", async () => {
    const { token } = accepted(await invite(CENTRAL));
    const first = await newSetUpLink(database.staff);
    expect(await personOfLink(database.staff, token)).toBeDefined();
    await database.owner`update staff.people set active = false where role = 'central_admin'`;
    const person = { name: "Somebody", email: "somebody@example.org", password: PASSWORD };
    await leavesNothing((tx) => setUpFirstAdmin(tx, token, person), refusal("forbidden"));
    await leavesNothing((tx) => choosePassword(tx, first, { password: PASSWORD }), refusal("forbidden"));
  });

  test.each([
    ["a recorder", RECORDER, {}],
    ["a reviewer", REVIEWER, {}],
    ["a country admin for another country", COUNTRY_ADMIN, { countries: ["TJ"] }],
    ["a country admin for theirs and another", COUNTRY_ADMIN, { countries: ["KG", "TJ"] }],
    ["a country admin who makes a central admin", COUNTRY_ADMIN, { role: "central_admin", countries: [] }],
    ["somebody who was never there", { ...CENTRAL, personId: "nobody" }, {}],
  ])("%s is refused", async (_who, actor, more) => {
    await leavesNothing((tx) => invitePerson(tx, actor, invitation(more)), refusal("forbidden"));
  });

  test.each([
    ["name", { name: " " }, "required"],
    ["email", { email: "aigul" }, "not_an_email"],
    ["email", { email: "Recorder@Example.org" }, "email_taken"],
    ["role", { role: "" }, "required"],
    ["role", { role: "system" }, "unknown_choice"],
    ["countries", { countries: [] }, "required"],
    ["countries.0", { countries: ["ALL"] }, "unknown_country"],
    ["language", { language: "de" }, "unknown_choice"],
  ])("a slip in %s makes nobody: %j", async (field, more, code) => {
    await leavesNothing((tx) => invitePerson(tx, CENTRAL, invitation(more)), refusal("invalid", { fields: { [field]: code } }));
  });

  test("the same twice makes one person", async () => {
    const outcomes = await Promise.all([invite(CENTRAL), invite(OTHER_CENTRAL)]);
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    expect(outcomes).toContainEqual(refusal("invalid", { fields: { email: "email_taken" } }));
  });

  test("a central admin has no countries of their own", async () => {
    const { personId } = accepted(await invite(CENTRAL, { role: "central_admin", countries: ["KG"] }));
    expect(await personNow(personId)).toMatchObject({ role: "central_admin", countries: [] });
  });
});

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

describe("ways in", () => {
  const of = async () => seenOf(RECORDER.personId);

  test("deactivating ends sessions and links at once; reactivating lets in with the same password", async () => {
    const session = await beginSession(database.staff, RECORDER.personId);
    expect(await personOfSession(database.staff, session)).toBeDefined();
    accepted(await done(async (tx) => deactivatePerson(tx, COUNTRY_ADMIN, await of())));
    expect(await personOfSession(database.staff, session)).toBeUndefined();
    expect(await signIn("recorder@example.org")).toBe("wrong");
    await leavesNothing(async (tx) => deactivatePerson(tx, COUNTRY_ADMIN, await of()), refusal("conflict", { current: (await of()).seen }));
    await leavesNothing(async (tx) => resetPerson(tx, COUNTRY_ADMIN, await of()), refusal("conflict", { current: (await of()).seen }));

    accepted(await done(async (tx) => reactivatePerson(tx, COUNTRY_ADMIN, await of())));
    expect(await personOfSession(database.staff, session)).toBeUndefined();
    expect(await signIn("recorder@example.org")).toEqual({ personId: RECORDER.personId });
    await leavesNothing(async (tx) => reactivatePerson(tx, COUNTRY_ADMIN, await of()), refusal("conflict", { current: (await of()).seen }));
    expect((await lastActs()).map(({ verb, before, after }) => [verb, before.active, after.active])).toEqual([
      ["deactivate", true, false],
      ["reactivate", false, true],
    ]);
  });

  test("deactivating voids the link of somebody invited", async () => {
    const { personId, token } = accepted(await done((tx) => invitePerson(tx, CENTRAL, invitation())));
    accepted(await done(async (tx) => deactivatePerson(tx, CENTRAL, await seenOf(personId))));
    expect(await done((tx) => choosePassword(tx, token, { password: PASSWORD }))).toEqual(refusal("forbidden"));
    accepted(await done(async (tx) => reactivatePerson(tx, CENTRAL, await seenOf(personId))));
    expect(await done((tx) => choosePassword(tx, token, { password: PASSWORD }))).toEqual(refusal("forbidden"));
  });

  test("resetting voids the password, ends sessions and earlier links", async () => {
    const session = await beginSession(database.staff, RECORDER.personId);
    const first = accepted(await done(async (tx) => resetPerson(tx, COUNTRY_ADMIN, await of())));
    expect(await personOfSession(database.staff, session)).toBeUndefined();
    expect(await signIn("recorder@example.org")).toBe("wrong");
    const second = accepted(await done(async (tx) => resetPerson(tx, COUNTRY_ADMIN, await of())));
    expect(await personOfLink(database.staff, first)).toBeUndefined();
    accepted(await done((tx) => choosePassword(tx, second, { password: "quite another one" })));
    expect(await signIn("recorder@example.org")).toBe("wrong");
    expect(await signIn("recorder@example.org", "quite another one")).toEqual({ personId: RECORDER.personId });
    expect((await lastActs()).map(({ verb, before }) => [verb, before.has_password])).toEqual([
      ["reset", true],
      ["reset", false],
      ["accept", false],
    ]);
  });

  test("signing out everywhere ends every session, and one can sign in again", async () => {
    const sessions = [await beginSession(database.staff, RECORDER.personId), await beginSession(database.staff, RECORDER.personId)];
    accepted(await done(async (tx) => signOutPerson(tx, COUNTRY_ADMIN, await of())));
    for (const session of sessions) expect(await personOfSession(database.staff, session)).toBeUndefined();
    expect(await signIn("recorder@example.org")).toEqual({ personId: RECORDER.personId });
    expect(await lastActs()).toMatchObject([
      { person_id: COUNTRY_ADMIN.personId, verb: "sign_out", feature: "sessions", object_id: "recorder" },
    ]);
  });

  test("somebody without a password is answered as slowly as anybody", async () => {
    accepted(await done((tx) => invitePerson(tx, CENTRAL, invitation())));
    const took = async (email: string) => {
      const began = performance.now();
      await signIn(email, "not the password");
      return performance.now() - began;
    };
    await took("warm@example.org");
    const known = await took("recorder@example.org");
    expect(await took("aigul@example.org")).toBeGreaterThan(known / 4);
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
    await beginSession(database.staff, RECORDER.personId);
    const people = new Map((await managedPeople(database.staff, COUNTRY_ADMIN)).map((one) => [one.personId, one]));
    expect(people.get(personId)).toMatchObject({ hasPassword: false, sessions: 0, linkUntil: expect.any(Date), active: true });
    expect(people.get(RECORDER.personId)).toMatchObject({ hasPassword: true, sessions: 1, linkUntil: null, seen: 0 });
    expect(JSON.stringify([...people.values()])).not.toContain("argon2");
  });
});

test("the first admin stands in the history too", async () => {
  const empty = await freshDatabase();
  try {
    const made = await act(empty.staff, (tx) => makeFirstAdmin(tx, { name: "First", email: "first@example.org", password: PASSWORD }));
    const acts = await empty.owner`select person_id, verb, object_id, after from staff.acts`;
    const personId = accepted(made);
    const after = { name: "First", email: "first@example.org", role: "central_admin", countries: [] };
    expect([...acts]).toEqual([{ person_id: personId, verb: "set_up", object_id: personId, after }]);
  } finally {
    await empty.close();
  }
});
