import { describe, expect, test } from "vitest";
import { personOfSession } from "@/lib/sign-in/read";
import { beginSession } from "@/lib/sign-in/write";
import { personOfLink } from "@/lib/staff/read";
import { choosePassword, deactivatePerson, invitePerson, reactivatePerson, resetPerson, signOutPerson } from "@/lib/staff/write";
import { database, done, invitation, lastActs, leavesNothing, refusal, seenOf, signIn, withPeople } from "../setup/people";
import { accepted, CENTRAL, COUNTRY_ADMIN, PASSWORD, RECORDER } from "../setup/record";

withPeople();

describe("ways in", () => {
  const of = async () => seenOf(RECORDER.personId);

  test("deactivating ends sessions and links at once; reactivating lets in with the same password", async () => {
    const session = await beginSession(database.staff, RECORDER.personId, { method: "password" });
    expect(await personOfSession(database.staff, session)).toBeDefined();
    accepted(await done(async (tx) => deactivatePerson(tx, COUNTRY_ADMIN, await of())));
    expect(await personOfSession(database.staff, session)).toBeUndefined();
    expect(await signIn("recorder@example.org")).toEqual({ refused: "wrong" });
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
    const session = await beginSession(database.staff, RECORDER.personId, { method: "password" });
    const first = accepted(await done(async (tx) => resetPerson(tx, COUNTRY_ADMIN, await of())));
    expect(await personOfSession(database.staff, session)).toBeUndefined();
    expect(await signIn("recorder@example.org")).toEqual({ refused: "wrong" });
    const second = accepted(await done(async (tx) => resetPerson(tx, COUNTRY_ADMIN, await of())));
    expect(await personOfLink(database.staff, first)).toBeUndefined();
    accepted(await done((tx) => choosePassword(tx, second, { password: "quite another one" })));
    expect(await signIn("recorder@example.org")).toEqual({ refused: "wrong" });
    expect(await signIn("recorder@example.org", "quite another one")).toEqual({ personId: RECORDER.personId });
    expect((await lastActs()).map(({ verb, before }) => [verb, before.has_password])).toEqual([
      ["reset", true],
      ["reset", false],
      ["accept", false],
    ]);
  });

  test("signing out everywhere ends every session, and one can sign in again", async () => {
    const sessions = [
      await beginSession(database.staff, RECORDER.personId, { method: "password" }),
      await beginSession(database.staff, RECORDER.personId, { method: "password" }),
    ];
    accepted(await done(async (tx) => signOutPerson(tx, COUNTRY_ADMIN, await of())));
    for (const session of sessions) expect(await personOfSession(database.staff, session)).toBeUndefined();
    expect(await signIn("recorder@example.org")).toEqual({ personId: RECORDER.personId });
    expect(await lastActs()).toMatchObject([
      { person_id: COUNTRY_ADMIN.personId, verb: "sign_out", feature: "sessions", object_id: "recorder" },
    ]);
  });
});
