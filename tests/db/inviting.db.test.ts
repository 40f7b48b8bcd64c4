import { describe, expect, test } from "vitest";
import { act } from "@/lib/ledger/write";
import { personOfLink } from "@/lib/staff/read";
import type { Actor } from "@/lib/staff/rules";
import { choosePassword, invitePerson, makeFirstAdmin, newSetUpLink, setUpFirstAdmin } from "@/lib/staff/write";
import { freshDatabase } from "../setup/fresh-database";
import {
  database,
  done,
  invitation,
  lastActs,
  leavesNothing,
  OTHER_CENTRAL,
  personNow,
  refusal,
  signIn,
  withPeople,
} from "../setup/people";
import { accepted, CENTRAL, COUNTRY_ADMIN, PASSWORD, RECORDER, REVIEWER } from "../setup/record";

withPeople();

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
    expect(await signIn("aigul@example.org", "")).toEqual({ refused: "wrong" });
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
