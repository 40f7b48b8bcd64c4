import { describe, expect, test } from "vitest";
import { act } from "@/lib/ledger/write";
import { personOfSession } from "@/lib/sign-in/read";
import { beginSession, takeTries } from "@/lib/sign-in/write";
import { hashPassword } from "@/lib/staff/passwords";
import { changePassword } from "@/lib/staff/write";
import { accepted, PASSWORD, RECORDER } from "../setup/record";
import { database, openDoor, THROTTLED, tryFrom, WRONG, withDoor } from "../setup/sign-in";

withDoor();

const RIGHT = { personId: "central" };
const HERE = "192.0.2.1";
const ELSEWHERE = "192.0.2.2";
const times = (count: number) => Array.from({ length: count }, (_, index) => index);
const taken = async () => (await database.owner`select sum(taken)::int as taken from staff.tries`)[0]?.taken;

describe("checkPassword", () => {
  test("knows the right password, however the e-mail is written", async () => {
    expect(await tryFrom(HERE, "central@example.org")).toEqual(RIGHT);
    expect(await tryFrom(HERE, "  Central@Example.org ")).toEqual(RIGHT);
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
    expect(await tryFrom(HERE, email, password)).toEqual(WRONG);
  });

  test("takes a password as it was typed: one of 200 letters counts, and not with more behind it", async () => {
    const [before] = await database.owner`select password_hash as hash from staff.people where person_id = 'reviewer'`;
    const long = "x y z ".repeat(34).slice(0, 200);
    await database.owner`update staff.people set password_hash = ${await hashPassword(long)} where person_id = 'reviewer'`;
    expect(await tryFrom(HERE, "reviewer@example.org", `${long}z`)).toEqual(WRONG);
    expect(await tryFrom(HERE, "reviewer@example.org", long.slice(0, 199))).toEqual(WRONG);
    expect(await tryFrom(HERE, "reviewer@example.org", long)).toEqual({ personId: "reviewer" });
    await database.owner`update staff.people set password_hash = ${before?.hash} where person_id = 'reviewer'`;
  });

  test("says wrong to somebody who is not active", async () => {
    await database.owner`update staff.people set active = false where person_id = 'central'`;
    expect(await tryFrom(HERE, "central@example.org")).toEqual(WRONG);
  });

  test("after ten failures no password counts from that network, and from others it does", async () => {
    for (const time of times(10)) expect(await tryFrom(HERE, "central@example.org", "wrong"), `${time}`).toEqual(WRONG);
    const refused = await tryFrom(HERE, "central@example.org");
    expect(refused).toMatchObject(THROTTLED);
    const { until } = refused as { until: Date };
    expect(Math.abs(until.getTime() - Date.now() - 15 * 60_000)).toBeLessThan(60_000);
    expect(await tryFrom(HERE, "CENTRAL@example.org ")).toMatchObject(THROTTLED);
    expect(await tryFrom(ELSEWHERE, "central@example.org")).toEqual(RIGHT);
    expect(await tryFrom(HERE, "recorder@example.org")).toEqual({ personId: "recorder" });
  });

  test("addresses of one network of IPv6 count together", async () => {
    for (const time of times(10)) await tryFrom(`2001:db8:1:2::${time}`, "central@example.org", "wrong");
    expect(await tryFrom("2001:db8:1:2:9::9", "central@example.org")).toMatchObject(THROTTLED);
    expect(await tryFrom("2001:db8:1:3::1", "central@example.org")).toEqual(RIGHT);
  });

  test("after fifty failures nobody gets in from that network", async () => {
    await Promise.all(times(50).map((time) => tryFrom(HERE, `made-up-${time}@example.org`, "wrong", openDoor())));
    expect(await tryFrom(HERE, "recorder@example.org")).toMatchObject(THROTTLED);
    expect(await tryFrom(ELSEWHERE, "recorder@example.org")).toEqual({ personId: "recorder" });
  });

  test("after fifty failures from everywhere an account is closed, but for the networks where its person signs in", async () => {
    await beginSession(database.staff, "central", { method: "password", address: "198.51.100.7" });
    for (const network of times(5))
      await Promise.all(times(10).map(() => tryFrom(`203.0.113.${network}`, "central@example.org", "wrong", openDoor())));
    expect(await tryFrom(ELSEWHERE, "central@example.org")).toMatchObject(THROTTLED);
    expect(await tryFrom("198.51.100.7", "central@example.org")).toEqual(RIGHT);
    expect(await tryFrom(ELSEWHERE, "recorder@example.org")).toEqual({ personId: "recorder" });
    await database.owner`update staff.sessions set created_at = now() - interval '91 days'`;
    expect(await tryFrom("198.51.100.7", "central@example.org")).toMatchObject(THROTTLED);
  });

  test("failures are forgotten after a quarter of an hour, and by the right password", async () => {
    for (const _ of times(9)) await tryFrom(HERE, "central@example.org", "wrong");
    expect(await tryFrom(HERE, "central@example.org")).toEqual(RIGHT);
    for (const _ of times(10)) await tryFrom(HERE, "central@example.org", "wrong");
    expect(await tryFrom(HERE, "central@example.org")).toMatchObject(THROTTLED);
    await database.owner`update staff.tries set until = until - interval '15 minutes'`;
    expect(await tryFrom(HERE, "central@example.org")).toEqual(RIGHT);
  });

  test("a right password takes no try of the network's", async () => {
    for (const _ of times(3)) await tryFrom(HERE, "central@example.org");
    expect(await taken()).toBe(0);
  });
});

describe("tries", () => {
  test("rows whose window is over are taken away by whoever tries next", async () => {
    await Promise.all(times(40).map((time) => tryFrom(`203.0.113.${time}`, `made-up-${time}@example.org`, "wrong", openDoor())));
    const rows = async () => (await database.owner`select count(*)::int as rows from staff.tries`)[0]?.rows;
    expect(await rows()).toBe(120);
    await database.owner`update staff.tries set until = now() - interval '1 second'`;
    await takeTries(database.staff, [{ on: "one", most: 1, minutes: 1 }]);
    expect(await rows()).toBe(1);
  });

  test("are taken of each limit or of none", async () => {
    const [wide, narrow] = [
      { on: "wide", most: 10, minutes: 1 },
      { on: "narrow", most: 1, minutes: 1 },
    ];
    expect(await takeTries(database.staff, [wide, narrow])).toEqual({ ok: true });
    expect(await takeTries(database.staff, [wide, narrow])).toMatchObject({ ok: false });
    expect(await taken()).toBe(2);
  });
});

test("a changed password counts at once, the one before does not, and every session of the person is over", async () => {
  const person = { ...RECORDER, email: "recorder@example.org", name: "recorder" };
  const [before] = await database.owner`select password_hash as hash from staff.people where person_id = 'recorder'`;
  const token = await beginSession(database.staff, "recorder", { method: "password", secondFactor: "code", device: "x" });
  expect(await personOfSession(database.staff, token)).toBeDefined();
  for (const [password, why] of [
    ["short", "password_too_short"],
    ["recorder recorder", "password_too_easy"],
  ])
    expect(await act(database.staff, (tx) => changePassword(tx, person, { password }))).toEqual({
      ok: false,
      failure: { code: "invalid", fields: { password: why } },
    });
  expect(await personOfSession(database.staff, token)).toBeDefined();
  accepted(await act(database.staff, (tx) => changePassword(tx, person, { password: "a quite different sentence" })));
  expect(await personOfSession(database.staff, token)).toBeUndefined();
  expect(await tryFrom(HERE, "recorder@example.org")).toEqual(WRONG);
  expect(await tryFrom(HERE, "recorder@example.org", "a quite different sentence")).toEqual({ personId: "recorder" });
  const [noted] = await database.owner`select verb, object_id from staff.acts order by act_id desc limit 1`;
  expect({ ...noted }).toEqual({ verb: "change_password", object_id: "recorder" });
  await database.owner`update staff.people set password_hash = ${before?.hash} where person_id = 'recorder'`;
});
