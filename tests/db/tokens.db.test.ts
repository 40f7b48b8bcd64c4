import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { closePools } from "@/db/client";
import { historyOf } from "@/lib/history/read";
import { act } from "@/lib/ledger/write";
import type { Outcome } from "@/lib/outcome";
import { openAbout, ownOpen, waitingFor } from "@/lib/review/read";
import { mendSubmission, publishSubmission, returnSubmission, takeBackSubmission } from "@/lib/review/write";
import { hashToken } from "@/lib/staff/passwords";
import { personOfSession } from "@/lib/staff/read";
import type { Actor } from "@/lib/staff/rules";
import { ensureSystem } from "@/lib/staff/write";
import { managedTokens, tokenNow } from "@/lib/tokens/read";
import { endToken, makeToken } from "@/lib/tokens/write";
import { entered, madeToken, refusedAs, send, statement } from "../api/sending";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import {
  accepted,
  addPeople,
  CENTRAL,
  COUNTRY_ADMIN,
  figure,
  NOW,
  PASSWORD,
  RECORDER,
  REVIEWER,
  refusalOf,
  rowCounts,
  STRANGER,
} from "../setup/record";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  process.env.DATABASE_URL = database.url;
  await ensureSystem(database.staff);
  await addPeople(database.staff, CENTRAL, COUNTRY_ADMIN, REVIEWER, RECORDER, STRANGER);
});
afterAll(async () => {
  await closePools();
  delete process.env.DATABASE_URL;
  await database.close();
});
beforeEach(async () => {
  await database.owner`update staff.people set role = 'country_admin', countries = '{KG,TJ}', active = true where person_id = 'country-admin'`;
});
/** The country admin as `beforeEach` leaves them. */
const ADMIN: Actor = { ...COUNTRY_ADMIN, countries: ["KG", "TJ"] };

const run = <T>(work: (tx: FreshDatabase["staff"]) => Promise<Outcome<T>>) => act(database.staff, work);
const asked = (more: Record<string, unknown> = {}) => ({ name: "Consulate", countries: ["KG"], days: "30", ...more });

let number = 0;
/** A statement that nothing speaks against. */
const another = (more: Record<string, unknown> = {}) => {
  number += 1;
  return statement({
    measure: "left",
    as_of: `2024-01`,
    value: 1000,
    source: { title: `Count ${number}` },
    confirm: ["already_there", "rival"],
    ...more,
  });
};
const refusals = async (tokenId: string) => [
  ...(await database.owner`select reason, country from staff.token_refusals where token_id = ${tokenId} order by reason, country`),
];

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

describe("a token that does not hold is refused, told why, and that is noted once however often it is tried", () => {
  /** The token is refused so ten times, stores nothing but one note, and challenges as RFC 6750 says. */
  async function refusedOften(token: string, status: number, code: string, more: Record<string, unknown> = {}) {
    const before = await rowCounts(database.staff);
    const responses = await Promise.all(Array.from({ length: 10 }, () => send(another(more), { token })));
    for (const response of responses) {
      await refusedAs(response.clone(), status, code);
      expect(response.headers.get("www-authenticate")).toBe(
        `Bearer realm="Muhlat", error="${status === 403 ? "insufficient_scope" : "invalid_token"}"`,
      );
    }
    const after = await rowCounts(database.staff);
    expect({ ...after, "staff.token_refusals": 0 }).toEqual({ ...before, "staff.token_refusals": 0 });
    expect((after["staff.token_refusals"] ?? 0) - (before["staff.token_refusals"] ?? 0)).toBeLessThanOrEqual(1);
  }

  test("one whose time is over", async () => {
    const { tokenId, token } = await madeToken(database.staff, ADMIN);
    await database.owner`update staff.tokens set made_at = now() - interval '2 days', expires_at = now() - interval '1 second' where token_id = ${tokenId}`;
    await refusedOften(token, 401, "token_expired");
    expect(await refusals(tokenId)).toEqual([{ reason: "expired", country: "" }]);
  });

  test("one that was ended, which is noted too and can be done once", async () => {
    const { tokenId, token } = await madeToken(database.staff, ADMIN);
    await entered(await send(another(), { token, key: "sent-before-its-end" }));
    expect(await run((tx) => endToken(tx, STRANGER, tokenId))).toMatchObject({ failure: { code: "forbidden" } });
    expect(await run((tx) => endToken(tx, REVIEWER, tokenId))).toMatchObject({ failure: { code: "forbidden" } });
    expect(await run((tx) => endToken(tx, ADMIN, "nothing"))).toMatchObject({ failure: { code: "not_found" } });
    accepted(await run((tx) => endToken(tx, CENTRAL, tokenId)));
    expect(await run((tx) => endToken(tx, CENTRAL, tokenId))).toMatchObject({ failure: { code: "conflict" } });
    await refusedOften(token, 401, "token_ended");
    await refusedAs(await send(another(), { token, key: "sent-before-its-end" }), 401, "token_ended");
    expect(await refusals(tokenId)).toEqual([{ reason: "ended", country: "" }]);
    const acts = await database.owner`select verb, person_id from staff.acts where object_id = ${tokenId} order by act_id`;
    expect([...acts]).toEqual([
      { verb: "make", person_id: "country-admin" },
      { verb: "end", person_id: "central" },
    ]);
  });

  test("one for another country, each country once, and the figure is nowhere", async () => {
    const { tokenId, token } = await madeToken(database.staff, ADMIN);
    await refusedOften(token, 403, "country", { country: "UZ" });
    await refusedOften(token, 403, "country", { country: "ALL" });
    expect(await refusals(tokenId)).toEqual([
      { reason: "country", country: "ALL" },
      { reason: "country", country: "UZ" },
    ]);
    const [managed] = (await managedTokens(database.staff, ADMIN)).filter((one) => one.tokenId === tokenId);
    expect(managed?.refusals.map(({ country }) => country).sort()).toEqual(["ALL", "UZ"]);
  });

  test("a later try is noted later, in the same row", async () => {
    const { tokenId, token } = await madeToken(database.staff, ADMIN);
    await refusedOften(token, 403, "country", { country: "UZ" });
    await database.owner`update staff.token_refusals set first_at = now() - interval '1 hour', last_at = now() - interval '2 minutes' where token_id = ${tokenId}`;
    await refusedOften(token, 403, "country", { country: "UZ" });
    const [row] = await database.owner`
      select last_at > now() - interval '1 minute' as late, first_at < now() - interval '30 minutes' as first from staff.token_refusals where token_id = ${tokenId}`;
    expect(row).toEqual({ late: true, first: true });
  });

  test("none at all, and one that is none, of which nothing is noted", async () => {
    const before = await rowCounts(database.staff);
    const none = await send(another());
    expect(none.headers.get("www-authenticate")).toBe('Bearer realm="Muhlat"');
    await refusedAs(none, 401, "token_missing");
    for (const authorization of ["Basic YTpi", "Bearer", "bearer ", "Bearer a b"])
      await refusedAs(await send(another(), { headers: { authorization } }), 401, "token_missing");
    for (const token of [`muhlat_${"a".repeat(43)}`, "a", "';drop/**/table/**/staff.tokens--", "x".repeat(9000)])
      await refusedAs(await send(another(), { token }), 401, "token_unknown");
    expect(await rowCounts(database.staff)).toEqual(before);
  });

  test("one that is ended while it waits for its turn", async () => {
    const { tokenId, token } = await madeToken(database.staff, ADMIN);
    let begun = () => {};
    const waiting = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const turn = act(database.staff, async (tx) => {
      begun();
      await tx.execute(sql`select pg_sleep(0.4)`);
      return endToken(tx as FreshDatabase["staff"], ADMIN, tokenId);
    });
    await waiting;
    const before = await rowCounts(database.staff);
    const sent = send(another(), { token });
    accepted(await turn);
    await refusedAs(await sent, 401, "token_ended");
    expect(await rowCounts(database.staff)).toMatchObject({
      "staff.submissions": before["staff.submissions"],
      "staff.sends": before["staff.sends"],
    });
  });
});

describe("a token never does more than its maker may now", () => {
  const sentAs = async (token: string, more: Record<string, unknown> = {}) => entered(await send(another(more), { token }));

  test("a country that they lost is lost to it, and comes back with them", async () => {
    const { token } = await madeToken(database.staff, ADMIN, { countries: ["KG", "TJ"], publishes: "✓" });
    expect(await sentAs(token, { country: "TJ" })).toMatchObject({ state: "published" });
    await database.owner`update staff.people set countries = '{KG}' where person_id = 'country-admin'`;
    await refusedAs(await send(another({ country: "TJ" }), { token }), 403, "country");
    expect(await sentAs(token)).toMatchObject({ state: "published" });
    await database.owner`update staff.people set countries = '{KG,TJ}' where person_id = 'country-admin'`;
    expect(await sentAs(token, { country: "TJ" })).toMatchObject({ state: "published" });
  });

  test.each(["recorder", "reviewer"])("when they are a %s what it sends waits, and they publish none of it themselves", async (role) => {
    const { token } = await madeToken(database.staff, ADMIN, { publishes: "✓" });
    await database.owner`update staff.people set role = ${role} where person_id = 'country-admin'`;
    const { statement_id, state } = await sentAs(token);
    expect(state).toBe("waiting");
    const open = await openAbout(database.staff, statement_id);
    const maker: Actor = { ...ADMIN, role: role as "recorder" };
    expect(await run((tx) => publishSubmission(tx, maker, { submissionId: open?.submissionId ?? "", version: 1 }, NOW))).toMatchObject({
      failure: { code: "forbidden" },
    });
  });

  test("when they are let in no more it stops, and goes on when they are let in again", async () => {
    const { tokenId, token } = await madeToken(database.staff, ADMIN);
    await database.owner`update staff.people set active = false where person_id = 'country-admin'`;
    await refusedAs(await send(another(), { token }), 401, "token_ended");
    expect(await refusals(tokenId)).toEqual([{ reason: "maker", country: "" }]);
    expect((await managedTokens(database.staff, CENTRAL)).find((one) => one.tokenId === tokenId)?.state).toBe("maker");
    await database.owner`update staff.people set active = true where person_id = 'country-admin'`;
    expect(await sentAs(token)).toMatchObject({ state: "waiting" });
  });
});

describe("what a token sent and what waits", () => {
  const waiting = async () => {
    const { tokenId, token } = await madeToken(database.staff, ADMIN, { name: "Moscow" });
    const sent = another({ value: 4321 });
    const { statement_id } = await entered(await send(sent, { token }));
    const open = await openAbout(database.staff, statement_id);
    return { tokenId, statementId: statement_id, sent, seen: { submissionId: open?.submissionId ?? "", version: 1 } };
  };

  test("is on the desk of who reviews, and is published by them in the maker's name with the token's", async () => {
    const { tokenId, statementId, seen } = await waiting();
    const found = (await waitingFor(database.staff, REVIEWER)).find(({ submissionId }) => submissionId === seen.submissionId);
    expect(found).toMatchObject({ submittedBy: "country-admin", tokenId });
    accepted(await run((tx) => publishSubmission(tx, REVIEWER, seen, NOW)));
    const history = await database.owner`
      select person_id, published_by, token_id, feature, verb from staff.history where object_id in (${statementId}, ${seen.submissionId}) order by at`;
    expect([...history]).toEqual([
      { person_id: "country-admin", published_by: "country-admin", token_id: tokenId, feature: "submissions", verb: "submit" },
      { person_id: "country-admin", published_by: "reviewer", token_id: tokenId, feature: "snapshots", verb: "record" },
      { person_id: "reviewer", published_by: "reviewer", token_id: null, feature: "submissions", verb: "publish" },
    ]);
    const told = await historyOf(database.staff, CENTRAL, { person: "country-admin", feature: "snapshots" }, undefined, 100);
    expect(told.find(({ objectId }) => objectId === statementId)).toMatchObject({ tokenId });
  });

  test("is sent back to who answers for it, who can mend it or take it back, and the token can do neither", async () => {
    const { tokenId, statementId, sent, seen } = await waiting();
    const token = accepted({ ok: true, value: (await tokenNow(database.staff, tokenId))?.actor as Actor });
    accepted(await run((tx) => returnSubmission(tx, REVIEWER, seen, "Which day?")));
    const now = { ...seen, version: 2 };
    expect((await ownOpen(database.staff, "country-admin")).map(({ submissionId }) => submissionId)).toContain(seen.submissionId);
    const mended = figure({ ...sent, confirm: { warnings: ["already_there"], word: "Mended" }, value: 4322 });
    for (const work of [
      (tx: FreshDatabase["staff"]) => mendSubmission(tx, token, now, mended, "", NOW),
      (tx: FreshDatabase["staff"]) => takeBackSubmission(tx, token, now),
      (tx: FreshDatabase["staff"]) => publishSubmission(tx, token, now, NOW),
      (tx: FreshDatabase["staff"]) => returnSubmission(tx, token, now, "x"),
    ])
      expect(await run<unknown>(work)).toMatchObject({ failure: { code: "forbidden" } });
    accepted(await run((tx) => mendSubmission(tx, ADMIN, now, mended, "", NOW)));
    accepted(await run((tx) => publishSubmission(tx, REVIEWER, { ...seen, version: 3 }, NOW)));
    const [row] = await database.owner`select value::int, token_id from record.snapshots where statement_id = ${statementId}`;
    expect(row).toEqual({ value: 4322, token_id: tokenId });
  });
});

describe("a token is no way in", () => {
  test("neither as a session nor as a password", async () => {
    const { token, tokenId } = await madeToken(database.staff, CENTRAL, { publishes: "✓" });
    expect(await personOfSession(database.staff, token)).toBeUndefined();
    expect(await personOfSession(database.staff, tokenId)).toBeUndefined();
    const { checkPassword } = await import("@/lib/staff/write");
    expect(await checkPassword(database.staff, { email: "central@example.org", password: token, address: "192.0.2.1" })).toBe("wrong");
  });

  test("nor is a session a token, nor does a cookie send anything", async () => {
    const { beginSession } = await import("@/lib/staff/write");
    const session = await beginSession(database.staff, "central");
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
