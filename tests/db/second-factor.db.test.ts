import { execFile } from "node:child_process";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { POST } from "@/app/staff/second-factor/code/route.staff";
import { act } from "@/lib/ledger/write";
import { done } from "@/lib/outcome";
import { codeAt, newSecret } from "@/lib/sign-in/codes";
import { ownFactors } from "@/lib/sign-in/read";
import { beginSession, enrolAuthenticator, giveCode, makeRecoveryCodes, removeFactor } from "@/lib/sign-in/write";
import { managedPeople } from "@/lib/staff/read";
import type { Actor } from "@/lib/staff/rules";
import { resetFactor } from "@/lib/staff/write";
import { accepted, CENTRAL, RECORDER, REVIEWER } from "../setup/record";
import { database, opened, sentForm, THROTTLED, tokenOf, WRONG, withDoor } from "../setup/sign-in";

withDoor();

const STEP = 30_000;
const NOW = 1_800_000_000_000;
const OK = { ok: true };
const run = <T>(work: Parameters<typeof act<T>>[1]) => act(database.staff, work).then(accepted);

/** Gives somebody an authenticator app, with the code of the step before. */
async function withApp(actor: Actor = REVIEWER, now = NOW): Promise<string> {
  const secret = newSecret();
  await run((tx) => enrolAuthenticator(tx, actor, secret, codeAt(secret, now - STEP), now));
  return secret;
}
const codesOf = (actor: Actor = REVIEWER) => run(async (tx) => done(await makeRecoveryCodes(tx, actor)));
const give = (code: unknown, now = NOW, kind: "code" | "recovery_code" = "code") =>
  giveCode(database.staff, REVIEWER.personId, kind, code, now);
const acts = async () =>
  [...(await database.owner`select verb from staff.acts where object_id = 'reviewer' order by act_id`)].map(({ verb }) => verb);
const half = () => beginSession(database.staff, REVIEWER.personId, { method: "password" });

describe("a code of an authenticator app", () => {
  test("sets the app up when it is right, and nothing when it is wrong", async () => {
    const secret = newSecret();
    for (const wrong of ["", "12345", codeAt(newSecret(), NOW), codeAt(secret, NOW - 5 * STEP), 7])
      expect(await act(database.staff, (tx) => enrolAuthenticator(tx, REVIEWER, secret, wrong, NOW))).toMatchObject({
        failure: { code: "invalid", fields: { code: "wrong_code" } },
      });
    expect((await ownFactors(database.staff, "reviewer")).authenticator).toBeUndefined();
    await withApp();
    expect((await ownFactors(database.staff, "reviewer")).authenticator).toBeInstanceOf(Date);
  });

  test("counts once, not even for who set the app up with it, and none before it counts after it", async () => {
    const secret = await withApp();
    expect(await give(codeAt(secret, NOW - STEP))).toEqual(WRONG);
    expect(await give(codeAt(secret, NOW))).toEqual(OK);
    expect(await give(codeAt(secret, NOW))).toEqual(WRONG);
    expect(await give(codeAt(secret, NOW - STEP))).toEqual(WRONG);
    expect(await give(` ${codeAt(secret, NOW + STEP).replace(/^(...)/, "$1 ")} `)).toEqual(OK);
    expect(await give(codeAt(secret, NOW + STEP), NOW + STEP)).toEqual(WRONG);
  });

  test("counts once when it is sent eight times at once", async () => {
    const secret = await withApp();
    const given = await Promise.all(Array.from({ length: 8 }, () => give(codeAt(secret, NOW))));
    expect(given.filter((one) => "ok" in one)).toHaveLength(1);
    expect(given.filter((one) => "refused" in one && one.refused === "wrong")).toHaveLength(7);
  });

  test("is refused two steps away, and of somebody else's app", async () => {
    const secret = await withApp();
    const theirs = await withApp(CENTRAL);
    for (const code of [codeAt(secret, NOW + 2 * STEP), codeAt(secret, NOW - 2 * STEP), codeAt(theirs, NOW)])
      expect(await give(code)).toEqual(WRONG);
  });

  test("of fifty tries at once ten are looked at; the right one does not count after them, and does an hour later", async () => {
    const secret = await withApp();
    const given = await Promise.all(Array.from({ length: 50 }, () => give("000000", NOW)));
    expect(given.filter((one) => "refused" in one && one.refused === "wrong")).toHaveLength(10);
    expect(await give(codeAt(secret, NOW))).toMatchObject(THROTTLED);
    await database.owner`update staff.tries set until = until - interval '1 hour'`;
    expect(await give(codeAt(secret, NOW))).toEqual(OK);
  });

  test("means nothing under another AUTH_SECRET", async () => {
    const secret = await withApp();
    const before = process.env.AUTH_SECRET;
    process.env.AUTH_SECRET = "another secret, as after a restore without it";
    expect(await give(codeAt(secret, NOW))).toEqual(WRONG);
    process.env.AUTH_SECRET = before;
    expect(await give(codeAt(secret, NOW))).toEqual(OK);
  });
});

describe("recovery codes", () => {
  test("are ten, each counts once and is noted; new ones end the old", async () => {
    const codes = await codesOf();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[a-hj-np-z2-9]{5}-[a-hj-np-z2-9]{5}$/);
    const [first = "", second = ""] = codes;
    expect(await give(first, NOW, "recovery_code")).toEqual(OK);
    expect(await give(first, NOW, "recovery_code")).toEqual(WRONG);
    expect(await give(` ${second.toUpperCase().replace("-", " ")} `, NOW, "recovery_code")).toEqual(OK);
    expect((await ownFactors(database.staff, "reviewer")).codesLeft).toBe(8);
    expect((await acts()).slice(-3)).toEqual(["new_codes", "recovery_code", "recovery_code"]);
    const [fresh = ""] = await codesOf();
    expect(await give(codes[2], NOW, "recovery_code")).toEqual(WRONG);
    expect(await give(fresh, NOW, "recovery_code")).toEqual(OK);
  });

  test("count once when sent six times at once, and for nobody else", async () => {
    const [code = ""] = await codesOf();
    const [theirs = ""] = await codesOf(CENTRAL);
    const given = await Promise.all(Array.from({ length: 6 }, () => give(code, NOW, "recovery_code")));
    expect(given.filter((one) => "ok" in one)).toHaveLength(1);
    expect(await give(theirs, NOW, "recovery_code")).toEqual(WRONG);
    expect(await give("", NOW, "recovery_code")).toEqual(WRONG);
  });
});

describe("what a person has", () => {
  test("goes with their recovery codes when it is the last, unless their role needs one", async () => {
    await withApp();
    await codesOf();
    const refused = await act(database.staff, (tx) => removeFactor(tx, REVIEWER, "authenticator"));
    expect(refused).toEqual({ ok: false, failure: { code: "last_factor" } });
    expect(await ownFactors(database.staff, "reviewer")).toMatchObject({ authenticator: expect.any(Date), codesLeft: 10 });
    await withApp(RECORDER);
    await codesOf(RECORDER);
    await run((tx) => removeFactor(tx, RECORDER, "authenticator"));
    expect(await ownFactors(database.staff, "recorder")).toEqual({ authenticator: undefined, passkeys: [], codesLeft: 0 });
    expect(await act(database.staff, (tx) => removeFactor(tx, RECORDER, "authenticator"))).toMatchObject({
      failure: { code: "not_found" },
    });
  });

  test("is reset by another admin and by nobody for themselves: it ends sessions and is noted", async () => {
    const secret = await withApp();
    const [code = ""] = await codesOf();
    const session = await beginSession(database.staff, "reviewer", { method: "password", secondFactor: "code" });
    const seen = async (personId: string) => (await managedPeople(database.staff, CENTRAL)).find((one) => one.personId === personId);
    expect((await seen("reviewer"))?.factors).toEqual(["authenticator"]);
    const of = async (personId: string) => ({ personId, seen: (await seen(personId))?.seen ?? 0 });
    for (const actor of [REVIEWER, RECORDER])
      expect(await act(database.staff, async (tx) => resetFactor(tx, actor, await of("reviewer")))).toMatchObject({
        failure: { code: "forbidden" },
      });
    await withApp(CENTRAL);
    expect(await act(database.staff, async (tx) => resetFactor(tx, CENTRAL, await of("central")))).toMatchObject({ ok: false });
    expect((await ownFactors(database.staff, "central")).authenticator).toBeDefined();

    const reviewer = await of("reviewer");
    await run((tx) => resetFactor(tx, CENTRAL, reviewer));
    expect(await opened(session)).toBeUndefined();
    expect(await give(codeAt(secret, NOW))).toEqual(WRONG);
    expect(await give(code, NOW, "recovery_code")).toEqual(WRONG);
    expect(await opened(await half())).toEqual(["reviewer", "enrol"]);
    expect((await acts()).at(-1)).toBe("reset_factor");
  });
});

describe("the form for it", () => {
  const send = (token: string, fields: Record<string, string>) =>
    POST(sentForm("/staff/second-factor/code", fields, { cookie: `muhlat-session=${token}` }));

  test("lets the session go on under a new token, and back to where one was going", async () => {
    const secret = await withApp(REVIEWER, Date.now());
    const token = await half();
    const wrong = await send(token, { kind: "code", code: "000000", to: "/staff/review" });
    expect(wrong.headers.get("location")).toBe("/staff/second-factor?to=%2Fstaff%2Freview&refused=code");
    const right = await send(token, { kind: "code", code: codeAt(secret, Date.now()), to: "/staff/review" });
    expect(right.headers.get("location")).toBe("/staff/review");
    const renewed = tokenOf(right) ?? "";
    expect(renewed).not.toBe(token);
    expect([await opened(token), await opened(renewed)]).toEqual([undefined, ["reviewer", "whole"]]);
  });

  test("tells who used a recovery code so, and lets nobody in whose session has ended or is whole already", async () => {
    await withApp();
    const [code = "", other = ""] = await codesOf();
    const used = await send(await half(), { kind: "recovery_code", code, to: "/staff" });
    expect(used.headers.get("location")).toBe("/staff/account?recovered=");
    expect(await opened(tokenOf(used) ?? "")).toEqual(["reviewer", "whole"]);
    const none = await send("nothing", { kind: "recovery_code", code: other, to: "/staff" });
    expect(none.headers.get("location")).toBe("/staff/sign-in?to=%2Fstaff&refused=ended");
    const again = await send(tokenOf(used) ?? "", { kind: "recovery_code", code: other, to: "/staff" });
    expect([again.headers.get("location"), tokenOf(again)]).toEqual(["/staff", undefined]);
    expect((await ownFactors(database.staff, "reviewer")).codesLeft).toBe(9);
  });
});

describe("at the machine", () => {
  const reset = (email: string): Promise<{ code: number | null; out: string }> =>
    new Promise((resolve) => {
      const command = ["--import", "tsx", "bin/reset-factor.ts", email];
      const child = execFile(process.execPath, command, { cwd: path.resolve(import.meta.dirname, "../..") }, (_error, out) =>
        resolve({ code: child.exitCode, out }),
      );
    });

  test("whoever runs the server resets the factor of an admin who has nobody to ask", async () => {
    const secret = await withApp();
    const session = await beginSession(database.staff, "reviewer", { method: "password", secondFactor: "code" });
    expect(await reset("Reviewer@example.org")).toEqual({
      code: 0,
      out: "Reviewer@example.org sets up another second factor when they sign in next.\n",
    });
    expect([await opened(session), await give(codeAt(secret, NOW))]).toEqual([undefined, WRONG]);
    const [last] = await database.owner`select person_id, verb from staff.acts where object_id = 'reviewer' order by act_id desc limit 1`;
    expect(last).toEqual({ person_id: "system", verb: "reset_factor" });
    expect((await reset("reviewer@example.org")).code).toBe(1);
  });
});
