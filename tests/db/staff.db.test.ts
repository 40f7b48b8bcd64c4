import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { act } from "@/lib/ledger/write";
import { hashToken, newToken } from "@/lib/staff/passwords";
import { hasAdmin, isSetUpLink, personOfSession } from "@/lib/staff/read";
import {
  beginSession,
  checkPassword,
  chooseLanguage,
  endSession,
  endSessionsOf,
  ensureSystem,
  makeFirstAdmin,
  newSetUpLink,
  setUpFirstAdmin,
} from "@/lib/staff/write";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, PASSWORD, RECORDER, rowCounts, tablesOf } from "../setup/record";

const FORBIDDEN = { ok: false, failure: { code: "forbidden" } };
const person = (email = "first@example.org") => ({ name: "First", email, password: PASSWORD });

let database: FreshDatabase;
const admins = async () => (await database.owner`select email from staff.people where role = 'central_admin'`).map((row) => row.email);

describe("the first admin", () => {
  beforeEach(async () => {
    database = await freshDatabase();
    await ensureSystem(database.staff);
  });
  afterEach(() => database.close());

  const make = (sent: unknown) => act(database.staff, (tx) => makeFirstAdmin(tx, sent));
  const setUp = (link: string, sent: unknown = person()) => act(database.staff, (tx) => setUpFirstAdmin(tx, link, sent));

  test("is made once", async () => {
    expect(await hasAdmin(database.staff)).toBe(false);
    expect(await make(person(" First@Example.ORG "))).toMatchObject({ ok: true });
    expect(await hasAdmin(database.staff)).toBe(true);
    expect(await make(person("second@example.org"))).toEqual(FORBIDDEN);
    expect(await admins()).toEqual(["first@example.org"]);
  });

  test("is made once by several at the same time", async () => {
    const outcomes = await Promise.all(["a@example.org", "b@example.org", "c@example.org"].map((email) => make(person(email))));
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    expect(await admins()).toHaveLength(1);
  });

  test.each([
    ["password", { ...person(), password: "elevenchars" }],
    ["email", { ...person(), email: "nobody" }],
    ["email", { ...person(), email: "system@muhlat.invalid" }],
    ["name", { ...person(), name: " " }],
  ])("a slip in %s makes nobody, and the link still holds", async (field, sent) => {
    const link = await newSetUpLink(database.staff);
    const before = await rowCounts(database.staff);
    expect(await setUp(link, sent)).toMatchObject({ ok: false, failure: { code: "invalid", fields: { [field]: expect.any(String) } } });
    expect(await rowCounts(database.staff)).toEqual(before);
    expect(await setUp(link)).toMatchObject({ ok: true });
  });

  test("two browsers with one link make one admin, and the link is used up", async () => {
    const link = await newSetUpLink(database.staff);
    const outcomes = await Promise.all([setUp(link, person("a@example.org")), setUp(link, person("b@example.org"))]);
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    expect(outcomes).toContainEqual(FORBIDDEN);
    expect(await admins()).toHaveLength(1);
    expect(await isSetUpLink(database.staff, link)).toBe(false);
  });

  test("a used link makes nobody, even when there is no admin any more", async () => {
    const link = await newSetUpLink(database.staff);
    accepted(await setUp(link));
    await database.owner`update staff.people set active = false where role = 'central_admin'`;
    expect(await hasAdmin(database.staff)).toBe(false);
    expect(await setUp(link, person("second@example.org"))).toEqual(FORBIDDEN);
    expect(await setUp(await newSetUpLink(database.staff), person("second@example.org"))).toMatchObject({ ok: true });
  });

  test("an expired or an invented link makes nobody", async () => {
    const link = await newSetUpLink(database.staff);
    await database.owner`update staff.set_up_links set expires_at = now() - interval '1 second'`;
    expect([await isSetUpLink(database.staff, link), await setUp(link)]).toEqual([false, FORBIDDEN]);
    expect(await setUp(newToken())).toEqual(FORBIDDEN);
    expect(await admins()).toEqual([]);
  });

  test("a new link ends the earlier ones and holds for a day", async () => {
    const [first, second] = [await newSetUpLink(database.staff), await newSetUpLink(database.staff)];
    expect([await isSetUpLink(database.staff, first), await isSetUpLink(database.staff, second)]).toEqual([false, true]);
    expect(await setUp(first)).toEqual(FORBIDDEN);
    const [row] = await database.owner`
      select extract(epoch from expires_at - created_at)::int / 3600 as hours from staff.set_up_links where used_at is null`;
    expect(row).toEqual({ hours: 24 });
  });
});

describe("people who are there", () => {
  beforeAll(async () => {
    database = await freshDatabase();
    await ensureSystem(database.staff);
    await addPeople(database.staff, CENTRAL, RECORDER);
  });
  afterAll(() => database.close());
  afterEach(async () => {
    await database.owner`update staff.people set active = true`;
    await database.owner`delete from staff.sign_in_attempts`;
  });

  const signIn = (email: unknown, password: unknown, address = "192.0.2.1") => checkPassword(database.staff, { email, password, address });
  const RIGHT = { personId: "central" };

  describe("checkPassword", () => {
    test("knows the right password, however the e-mail is written", async () => {
      expect(await signIn("central@example.org", PASSWORD)).toEqual(RIGHT);
      expect(await signIn("  Central@Example.org ", PASSWORD)).toEqual(RIGHT);
    });

    test.each([
      ["a wrong password", "central@example.org", `${PASSWORD} `],
      ["somebody else's case", "central@example.org", PASSWORD.toUpperCase()],
      ["no password", "central@example.org", ""],
      ["an unknown e-mail", "nobody@example.org", PASSWORD],
      ["the system, which has no password", "system@muhlat.invalid", ""],
      ["something that is no text", 7, { length: 3 }],
      ["a text PostgreSQL cannot take", "central@example.org\u0000", PASSWORD],
    ])("says no more than wrong to %s", async (_, email, password) => {
      expect(await signIn(email, password)).toBe("wrong");
    });

    test("says wrong to somebody who is not active", async () => {
      await database.owner`update staff.people set active = false where person_id = 'central'`;
      expect(await signIn("central@example.org", PASSWORD)).toBe("wrong");
    });

    test("after ten failures no password counts from that address, and from others it does", async () => {
      for (let time = 1; time <= 10; time++) expect(await signIn("central@example.org", "wrong"), `${time}`).toBe("wrong");
      expect(await signIn("central@example.org", PASSWORD)).toBe("throttled");
      expect(await signIn("CENTRAL@example.org ", PASSWORD)).toBe("throttled");
      expect(await signIn("central@example.org", PASSWORD, "192.0.2.2")).toEqual(RIGHT);
      expect(await signIn("recorder@example.org", PASSWORD)).toEqual({ personId: "recorder" });
    });

    test("after fifty failures nobody gets in from that address", async () => {
      await database.owner`insert into staff.sign_in_attempts (key) select ${hashToken("192.0.2.1")} from generate_series(1, 50)`;
      expect(await signIn("recorder@example.org", PASSWORD)).toBe("throttled");
      expect(await signIn("recorder@example.org", PASSWORD, "192.0.2.2")).toEqual({ personId: "recorder" });
    });

    test("failures are forgotten after a quarter of an hour, and by the right password", async () => {
      for (let time = 1; time <= 9; time++) await signIn("central@example.org", "wrong");
      expect(await signIn("central@example.org", PASSWORD)).toEqual(RIGHT);
      for (let time = 1; time <= 10; time++) await signIn("central@example.org", "wrong");
      expect(await signIn("central@example.org", PASSWORD)).toBe("throttled");
      await database.owner`update staff.sign_in_attempts set at = at - interval '15 minutes'`;
      expect(await signIn("central@example.org", PASSWORD)).toEqual(RIGHT);
    });
  });

  describe("a session", () => {
    const begin = () => beginSession(database.staff, "recorder");
    const who = async (token: string) => (await personOfSession(database.staff, token))?.personId;

    test("names the person with role, countries and language as they are now", async () => {
      const token = await begin();
      await chooseLanguage(database.staff, "recorder", "ky");
      expect(await personOfSession(database.staff, token)).toEqual({
        ...RECORDER,
        name: "recorder",
        email: "recorder@example.org",
        language: "ky",
      });
      await database.owner`update staff.people set role = 'reviewer', countries = '{TJ}' where person_id = 'recorder'`;
      expect(await personOfSession(database.staff, token)).toMatchObject({ role: "reviewer", countries: ["TJ"] });
    });

    test("ends by itself alone, and stays ended", async () => {
      const [one, other] = [await begin(), await begin()];
      await endSession(database.staff, one);
      expect([await who(one), await who(other)]).toEqual([undefined, "recorder"]);
    });

    test("ends with all others of the person, and of nobody else", async () => {
      const [one, other, central] = [await begin(), await begin(), await beginSession(database.staff, "central")];
      await endSessionsOf(database.staff, "recorder");
      expect([await who(one), await who(other), await who(central)]).toEqual([undefined, undefined, "central"]);
    });

    test("ends when the person is not active any more", async () => {
      const token = await begin();
      await database.owner`update staff.people set active = false where person_id = 'recorder'`;
      expect(await who(token)).toBeUndefined();
    });

    test("ends after twelve hours", async () => {
      const token = await begin();
      const earlier = (interval: string) => database.owner`update staff.sessions set expires_at = expires_at - ${interval}::interval`;
      await earlier("11 hours 59 minutes");
      expect(await who(token)).toBe("recorder");
      await earlier("1 minute");
      expect(await who(token)).toBeUndefined();
    });

    test("is not there for an invented token", async () => {
      expect([await who(newToken()), await who(""), await who("\u0000")]).toEqual([undefined, undefined, undefined]);
    });
  });

  test("no token and no password is stored anywhere", async () => {
    const secrets = [await beginSession(database.staff, "central"), await newSetUpLink(database.staff)];
    const tables = await tablesOf(database.staff);
    const holding = async (text: string) => {
      const found: string[] = [];
      for (const { schema, name } of tables) {
        const [row] = await database.owner`
          select count(*)::int as rows from ${database.owner(schema)}.${database.owner(name)} t where position(${text} in t::text) > 0`;
        if (row?.rows > 0) found.push(`${schema}.${name}`);
      }
      return found;
    };
    for (const secret of [...secrets, PASSWORD]) expect(await holding(secret)).toEqual([]);
    expect(await holding(hashToken(secrets[0] ?? ""))).toEqual(["staff.sessions"]);
    expect(await holding(hashToken(secrets[1] ?? ""))).toEqual(["staff.set_up_links"]);
  });
});
