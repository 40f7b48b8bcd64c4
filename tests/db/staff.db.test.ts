import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { act } from "@/lib/ledger/write";
import { done } from "@/lib/outcome";
import { codeAt, newSecret } from "@/lib/sign-in/codes";
import { beginSession, enrolAuthenticator, makeRecoveryCodes } from "@/lib/sign-in/write";
import { hashToken, newToken } from "@/lib/staff/passwords";
import { hasAdmin, isSetUpLink } from "@/lib/staff/read";
import { ensureSystem, makeFirstAdmin, newSetUpLink, setUpFirstAdmin } from "@/lib/staff/write";
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

  test("no token, no password, no key and no code is stored anywhere", async () => {
    process.env.AUTH_SECRET = "a secret of these tests, and of nothing else";
    const secret = newSecret();
    const now = Date.now();
    const codes = accepted(
      await act(database.staff, async (tx) => {
        accepted(await enrolAuthenticator(tx, CENTRAL, secret, codeAt(secret, now), now));
        return done(await makeRecoveryCodes(tx, CENTRAL));
      }),
    );
    const provider = { issuer: "https://id.example.org", subject: "7", idToken: "an id token" };
    const secrets = [await beginSession(database.staff, "central", { method: "provider", provider }), await newSetUpLink(database.staff)];
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
    const hex = (text: string) => Buffer.from(text).toString("hex");
    for (const kept of [...secrets, PASSWORD, secret, hex(secret), hex("an id token"), codes[0] ?? "", (codes[0] ?? "").replace("-", "")])
      expect(await holding(kept)).toEqual([]);
    expect(await holding(hashToken(secrets[0] ?? ""))).toEqual(["staff.sessions"]);
    expect(await holding(hashToken(secrets[1] ?? ""))).toEqual(["staff.set_up_links"]);
  });
});
