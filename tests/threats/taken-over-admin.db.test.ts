/**
 * Threat: one admin takes another admin's password and second factor, and goes on in their name.
 *
 * Seen to fail without its control: without the rule five of ten tests failed, one admin having done both; without
 * its look at what somebody was once, the one in which they are first made less; with a link free for whoever has no
 * factor of ours, the one of a provider's; with tokens left alone at the machine, the one about that.
 */
import { beforeEach, describe, expect, test } from "vitest";
import { personOfSession } from "@/lib/sign-in/read";
import { beginSession } from "@/lib/sign-in/write";
import { waysTakenFrom } from "@/lib/staff/read";
import { changePerson, choosePassword, resetFactor, resetFactorAtTheMachine, resetPerson } from "@/lib/staff/write";
import { tokenSent } from "@/lib/tokens/read";
import { makeToken } from "@/lib/tokens/write";
import { database, done, lastActs, leavesNothing, OTHER_CENTRAL, refusal, seenOf, withPeople } from "../setup/people";
import { accepted, CENTRAL, COUNTRY_ADMIN, PASSWORD, REVIEWER } from "../setup/record";

withPeople();

const VICTIM = OTHER_CENTRAL.personId;
const THIRD = { personId: "third-central", role: "central_admin", countries: [] } as const;
const REFUSED = refusal("second_admin");

/** They signed in themselves, with a factor of their own unless `own` says otherwise. */
async function cameIn(personId = VICTIM, own = true): Promise<string> {
  if (own)
    await database.owner`
      insert into staff.authenticators (person_id, sealed_secret, last_step) values (${personId}, decode('00', 'hex'), 0) on conflict do nothing`;
  return beginSession(database.staff, personId, { method: "password", secondFactor: own ? "code" : "provider" });
}
const link = (by: typeof CENTRAL, personId = VICTIM) => done(async (tx) => resetPerson(tx, by, await seenOf(personId)));
const factor = (by: typeof CENTRAL, personId = VICTIM) => done(async (tx) => resetFactor(tx, by, await seenOf(personId)));

beforeEach(async () => {
  await database.owner`
    insert into staff.people (person_id, email, name, role) values (${THIRD.personId}, 'third@example.org', 'Third', 'central_admin')`;
});

describe("one admin alone", () => {
  test("does not take the second factor of an admin for whom they made a link, with the password chosen by it or not", async () => {
    await cameIn();
    const token = accepted(await link(CENTRAL));
    await leavesNothing(async (tx) => resetFactor(tx, CENTRAL, await seenOf(VICTIM)), REFUSED);
    accepted(await done((tx) => choosePassword(tx, token, { password: PASSWORD })));
    // Who knows the password alone has come in nowhere.
    await beginSession(database.staff, VICTIM, { method: "password" });
    await leavesNothing(async (tx) => resetFactor(tx, CENTRAL, await seenOf(VICTIM)), REFUSED);
  });

  test("does not make a link for an admin whose second factor they took", async () => {
    await cameIn();
    accepted(await factor(CENTRAL));
    await leavesNothing(async (tx) => resetPerson(tx, CENTRAL, await seenOf(VICTIM)), REFUSED);
  });

  test("makes none for an admin who has no factor of ours to be asked for", async () => {
    await cameIn(VICTIM, false);
    await leavesNothing(async (tx) => resetPerson(tx, CENTRAL, await seenOf(VICTIM)), REFUSED);
    await leavesNothing(async (tx) => resetPerson(tx, THIRD, await seenOf(VICTIM)), REFUSED);
  });

  test("gains nothing by making them less first, and does neither to an admin of one country", async () => {
    await cameIn();
    const less = { name: "Other", role: "recorder", countries: ["KG"] };
    accepted(await done(async (tx) => changePerson(tx, CENTRAL, await seenOf(VICTIM), less)));
    accepted(await link(CENTRAL));
    await leavesNothing(async (tx) => resetFactor(tx, CENTRAL, await seenOf(VICTIM)), REFUSED);
    await cameIn(COUNTRY_ADMIN.personId);
    accepted(await factor(CENTRAL, COUNTRY_ADMIN.personId));
    expect(await link(CENTRAL, COUNTRY_ADMIN.personId)).toEqual(REFUSED);
  });

  test("does not by waiting", async () => {
    await cameIn();
    accepted(await link(CENTRAL));
    await database.owner`update staff.sessions set created_at = created_at - interval '1 year'`;
    await database.owner`alter table staff.acts disable trigger user`;
    await database.owner`update staff.acts set at = at - interval '200 days'`;
    expect(await factor(CENTRAL)).toEqual(REFUSED);
  });
});

describe("an admin who has lost both", () => {
  test.each([
    ["a link, then the factor", link, factor],
    ["the factor, then a link", factor, link],
  ])("is helped by two others: %s; sessions and tokens end each time, and they are told of both", async (_order, first, second) => {
    const session = await cameIn();
    const { token } = accepted(
      await done((tx) => makeToken(tx, OTHER_CENTRAL, { name: "A", countries: ["KG"], publishes: "", days: "30" })),
    );
    accepted<unknown>(await first(CENTRAL));
    expect([await personOfSession(database.staff, session), (await tokenSent(database.staff, token))?.state]).toEqual([undefined, "ended"]);
    accepted<unknown>(await second(THIRD));
    const told = await waysTakenFrom(database.staff, VICTIM);
    expect(told.map(({ verb, name }) => [verb, name]).sort()).toEqual(
      [
        [first === link ? "reset" : "reset_factor", "central"],
        [first === link ? "reset_factor" : "reset", "Third"],
      ].sort(),
    );
    expect((await lastActs()).filter(({ verb }) => /^reset/.test(verb)).map(({ person_id }) => person_id)).toEqual([
      "central",
      THIRD.personId,
    ]);
  });

  test("or by one of them and whoever runs the server, also where their factor is the provider's", async () => {
    await cameIn();
    accepted(await link(CENTRAL));
    accepted(await done((tx) => resetFactorAtTheMachine(tx, `${VICTIM}@example.org`)));
    accepted(await link(CENTRAL));
    await cameIn(COUNTRY_ADMIN.personId, false);
    const { token } = accepted(
      await done((tx) => makeToken(tx, COUNTRY_ADMIN, { name: "A", countries: ["KG"], publishes: "", days: "30" })),
    );
    accepted(await done((tx) => resetFactorAtTheMachine(tx, `${COUNTRY_ADMIN.personId}@example.org`)));
    expect((await tokenSent(database.staff, token))?.state).toBe("ended");
    accepted(await link(CENTRAL, COUNTRY_ADMIN.personId));
  });

  test("is helped by the same one again after they came in themselves", async () => {
    await cameIn();
    accepted(await link(CENTRAL));
    await cameIn();
    accepted(await factor(CENTRAL));
    await cameIn();
    accepted(await link(CENTRAL));
  });
});

test("one admin is enough for others, and for an admin who never came in", async () => {
  await cameIn(REVIEWER.personId);
  accepted(await link(CENTRAL, REVIEWER.personId));
  accepted(await factor(CENTRAL, REVIEWER.personId));
  accepted(await link(CENTRAL, REVIEWER.personId));
  accepted(await link(CENTRAL));
  accepted(await link(CENTRAL));
});
