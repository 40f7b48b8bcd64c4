import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { historyOf } from "@/lib/history/read";
import { personOfSession } from "@/lib/sign-in/read";
import { beginSession, checkPassword } from "@/lib/sign-in/write";
import { hashToken } from "@/lib/staff/passwords";
import type { Actor } from "@/lib/staff/rules";
import { resetPerson } from "@/lib/staff/write";
import { managedTokens } from "@/lib/tokens/read";
import { makeToken } from "@/lib/tokens/write";
import { entered, madeToken, refusedAs, send } from "../api/sending";
import { accepted, CENTRAL, PASSWORD, RECORDER, REVIEWER, refusalOf, rowCounts, STRANGER } from "../setup/record";
import { ADMIN, another, database, run, withMakers } from "../setup/tokens";

withMakers();
const asked = (more: Record<string, unknown> = {}) => ({ name: "Consulate", countries: ["KG"], days: "30", ...more });

describe("making a token", () => {
  test("shows it once, keeps nothing but its hash, and is noted", async () => {
    const { tokenId, token } = accepted(await run((tx) => makeToken(tx, ADMIN, asked({ countries: ["TJ", "KG"], publishes: "✓" }))));
    expect(token).toMatch(/^muhlat_[A-Za-z0-9_-]{43}$/);
    const [row] = await database.owner`
      select name, made_by, countries, publishes, token_hash, ended_at, last_used_at,
        expires_at - made_at = interval '30 days' as thirty_days from staff.tokens where token_id = ${tokenId}`;
    expect(row).toEqual({
      name: "Consulate",
      made_by: "country-admin",
      countries: ["KG", "TJ"],
      publishes: true,
      token_hash: hashToken(token),
      ended_at: null,
      last_used_at: null,
      thirty_days: true,
    });
    const [noted] = await database.owner`
      select person_id, token_id, verb, feature, countries, after from staff.acts where object_id = ${tokenId}`;
    expect(noted).toEqual({
      person_id: "country-admin",
      token_id: null,
      verb: "make",
      feature: "tokens",
      countries: ["KG", "TJ"],
      after: { name: "Consulate", countries: ["KG", "TJ"], publishes: true, expires_at: expect.stringMatching(/^\d{4}-/) },
    });
    // Nowhere in the database does it stand.
    for (const table of ["staff.tokens", "staff.acts", "staff.sends"]) {
      const [found] = await database.owner.unsafe(`select count(*)::int as count from ${table} t where t::text like '%${token.slice(7)}%'`);
      expect(found, table).toEqual({ count: 0 });
    }
  });

  test.each<[string, Actor, Record<string, unknown>, object]>([
    ["a recorder", RECORDER, {}, { code: "forbidden" }],
    ["a reviewer", REVIEWER, {}, { code: "forbidden" }],
    [
      "a country admin for another country",
      ADMIN,
      { countries: ["KG", "UZ"] },
      { code: "invalid", fields: { countries: "not_your_country" } },
    ],
    ["a country admin for the total", ADMIN, { countries: ["ALL"] }, { code: "invalid", fields: { countries: "not_your_country" } }],
    ["without a country", CENTRAL, { countries: [] }, { code: "invalid", fields: { countries: "required" } }],
    ["for ever", CENTRAL, { days: "100000" }, { code: "invalid", fields: { days: "unknown_choice" } }],
    ["by somebody who is not there any more", { ...CENTRAL, personId: "nobody" }, {}, { code: "forbidden" }],
  ])("%s is refused and leaves nothing", async (_what, actor, more, failure) => {
    const before = await rowCounts(database.staff);
    expect(await run((tx) => makeToken(tx, actor, asked(more)))).toEqual({ ok: false, failure });
    expect(await rowCounts(database.staff)).toEqual(before);
  });

  test("a central admin makes one for every country and the total", async () => {
    const { token } = await madeToken(database.staff, CENTRAL, { countries: ["ALL", "UZ"], publishes: "✓" });
    expect(await entered(await send(another({ country: "ALL" }), { token }))).toMatchObject({ state: "published" });
    await refusedAs(await send(another({ country: "KG" }), { token }), 403, "country");
  });

  test("nobody but those who may end it see it", async () => {
    const { tokenId } = await madeToken(database.staff, CENTRAL, { countries: ["KG", "UZ"] });
    const seen = async (actor: Actor) => (await managedTokens(database.staff, actor)).some((token) => token.tokenId === tokenId);
    expect([await seen(CENTRAL), await seen(ADMIN), await seen(STRANGER), await seen(REVIEWER), await seen(RECORDER)]).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    const inHistory = async (actor: Actor) =>
      (await historyOf(database.staff, actor, { feature: "tokens" }, undefined, 100)).some((one) => one.objectId === tokenId);
    expect([await inHistory(CENTRAL), await inHistory(ADMIN), await inHistory(REVIEWER)]).toEqual([true, false, false]);
  });
});

describe("a token is no way in", () => {
  test("neither as a session nor as a password", async () => {
    const { token, tokenId } = await madeToken(database.staff, CENTRAL, { publishes: "✓" });
    expect(await personOfSession(database.staff, token)).toBeUndefined();
    expect(await personOfSession(database.staff, tokenId)).toBeUndefined();
    expect(await checkPassword(database.staff, { email: "central@example.org", password: token, address: "192.0.2.1" })).toMatchObject({
      refused: "wrong",
    });
  });

  test("nor is a session a token, nor does a cookie send anything", async () => {
    const session = await beginSession(database.staff, "central", { method: "password", secondFactor: "code", device: "x" });
    await refusedAs(await send(another(), { token: session }), 401, "token_unknown");
    await refusedAs(await send(another(), { token: PASSWORD.replaceAll(" ", "") }), 401, "token_unknown");
    await refusedAs(await send(another(), { headers: { cookie: `muhlat-session=${session}` } }), 401, "token_missing");
  });
});

test("its last use is noted to some minutes, so that requests write nothing for it", async () => {
  const { tokenId, token } = await madeToken(database.staff, ADMIN);
  const used = async () =>
    (await database.owner`select last_used_at, xmin::text as version from staff.tokens where token_id = ${tokenId}`)[0];
  await entered(await send(another(), { token }));
  const first = await used();
  expect(first?.last_used_at).toBeInstanceOf(Date);
  await Promise.all([1, 2, 3].map(async () => entered(await send(another(), { token }))));
  expect(await used()).toEqual(first);
  await database.owner`update staff.tokens set last_used_at = now() - interval '6 minutes' where token_id = ${tokenId}`;
  await entered(await send(another(), { token }));
  expect((await used())?.last_used_at.getTime()).toBeGreaterThanOrEqual(first?.last_used_at.getTime());
});

test("the database itself lets nobody change what a token is, or remove one", async () => {
  const { tokenId } = await madeToken(database.staff, ADMIN);
  for (const change of [
    sql`update staff.tokens set countries = '{UZ}'`,
    sql`update staff.tokens set publishes = true`,
    sql`update staff.tokens set expires_at = now() + interval '9 years'`,
    sql`update staff.tokens set token_hash = ${"0".repeat(64)}`,
    sql`delete from staff.tokens where token_id = ${tokenId}`,
    sql`delete from staff.token_refusals`,
  ])
    expect(await refusalOf(database.staff.execute(change))).toBe("42501");
  expect(await refusalOf(database.reader.execute(sql`select from staff.tokens`))).toBe("42501");
});

test("whoever is given a new way in, or a new factor, has no token left from before: it may have been made by somebody else", async () => {
  const { token, tokenId } = await madeToken(database.staff, ADMIN, { publishes: "✓" });
  const [last] = await database.owner`select max(act_id) as seen from staff.acts where feature = 'people' and object_id = 'country-admin'`;
  accepted(await run((tx) => resetPerson(tx, CENTRAL, { personId: "country-admin", seen: Number(last?.seen ?? 0) })));
  await refusedAs(await send(another(), { token }), 401, "token_ended");
  const noted = await database.owner`select person_id from staff.acts where feature = 'tokens' and verb = 'end' and object_id = ${tokenId}`;
  expect(noted.map(({ person_id }) => person_id)).toEqual(["central"]);
});
