import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toUse } from "@/app/_server/passkeys";
import { POST as asSecond } from "@/app/staff/second-factor/passkey/route.staff";
import { POST as alone } from "@/app/staff/sign-in/passkey/route.staff";
import { act } from "@/lib/ledger/write";
import { ownFactors, sessionOf } from "@/lib/sign-in/read";
import { beginSession, enrolPasskey, usePasskey } from "@/lib/sign-in/write";
import type { Actor } from "@/lib/staff/rules";
import { accepted, CENTRAL, REVIEWER } from "../setup/record";
import { database, opened, sentForm, tokenOf, withDoor } from "../setup/sign-in";
import { SoftwareKey } from "../setup/software-key";

withDoor();
beforeAll(() => {
  process.env.PUBLIC_URL = "http://localhost:3000";
});
afterAll(() => {
  delete process.env.PUBLIC_URL;
});

const site = { origin: "http://localhost:3000", id: "localhost" };
const challenge = () => randomBytes(32).toString("base64url");

async function withKey(actor: Actor = REVIEWER): Promise<SoftwareKey> {
  const key = new SoftwareKey();
  const asked = challenge();
  const sent = { answer: key.made({ challenge: asked }), challenge: asked, site };
  accepted(await act(database.staff, (tx) => enrolPasskey(tx, actor, sent, "Firefox, Linux")));
  return key;
}
const use = (answer: unknown, asked: string, personId?: string) => usePasskey(database.staff, { answer, challenge: asked, site }, personId);

describe("a passkey", () => {
  test.each<[string, Parameters<SoftwareKey["made"]>[0] | undefined]>([
    ["for another challenge", { challenge: challenge() }],
    ["for another site", { challenge: "", origin: "https://evil.example" }],
    ["for another name", { challenge: "", id: "evil.example" }],
    ["whose hand it is in was not asked", { challenge: "", verified: false }],
    ["that was not made but used", { challenge: "", type: "webauthn.get" }],
    ["that is no answer at all", undefined],
  ])("%s makes none", async (_, to) => {
    const asked = challenge();
    const answer = to && new SoftwareKey().made({ ...to, challenge: to.challenge || asked });
    const made = await act(database.staff, (tx) => enrolPasskey(tx, REVIEWER, { answer, challenge: asked, site }, ""));
    expect(made).toEqual({ ok: false, failure: { code: "invalid", fields: { passkey: "wrong_passkey" } } });
    expect((await ownFactors(database.staff, "reviewer")).passkeys).toEqual([]);
  });

  test("is made once with an answer, and belongs to one person", async () => {
    const key = await withKey();
    for (const actor of [REVIEWER, CENTRAL]) {
      const asked = challenge();
      const sent = { answer: key.made({ challenge: asked }), challenge: asked, site };
      expect(await act(database.staff, (tx) => enrolPasskey(tx, actor, sent, ""))).toMatchObject({ ok: false });
    }
    const asked = challenge();
    const answer = new SoftwareKey().made({ challenge: asked });
    const enrol = () => act(database.staff, (tx) => enrolPasskey(tx, CENTRAL, { answer, challenge: asked, site }, ""));
    expect((await Promise.all([enrol(), enrol(), enrol()])).filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("says whose it is, once for each challenge, also when sent at once", async () => {
    const key = await withKey();
    const asked = challenge();
    const answer = key.used({ challenge: asked });
    const answers = await Promise.all(Array.from({ length: 6 }, () => use(answer, asked)));
    expect(answers.filter((one) => one === "reviewer")).toHaveLength(1);
    expect(await use(answer, asked)).toBeUndefined();
  });

  test.each<[string, Partial<Parameters<SoftwareKey["used"]>[0]>]>([
    ["another challenge", { challenge: challenge() }],
    ["another site", { origin: "https://evil.example" }],
    ["another name", { id: "evil.example" }],
    ["a hand that nobody asked for", { verified: false }],
    ["the making of one", { type: "webauthn.create" }],
  ])("does not count for %s", async (_, to) => {
    const key = await withKey();
    const asked = challenge();
    expect(await use(key.used({ challenge: asked, ...to }), asked)).toBeUndefined();
    expect(await use(key.used({ challenge: asked }), asked)).toBe("reviewer");
  });

  test("does not count when its own count goes back, as a copy's would", async () => {
    const key = await withKey();
    const at = async (counter: number) => {
      const asked = challenge();
      return use(key.used({ challenge: asked, counter }), asked);
    };
    expect([await at(5), await at(5), await at(4), await at(6)]).toEqual(["reviewer", undefined, undefined, "reviewer"]);
  });

  test("does not count for a person it is not of, for one who was deactivated, or signed by another key", async () => {
    const [key, other] = [await withKey(), new SoftwareKey()];
    const asked = challenge();
    expect(await use(key.used({ challenge: asked }), asked, "central")).toBeUndefined();
    const forged = {
      ...JSON.parse(other.used({ challenge: asked })),
      id: key.id.toString("base64url"),
      rawId: key.id.toString("base64url"),
    };
    expect(await use(JSON.stringify(forged), asked)).toBeUndefined();
    await database.owner`update staff.people set active = false where person_id = 'reviewer'`;
    expect(await use(key.used({ challenge: asked }), asked)).toBeUndefined();
  });

  test.each(["", "x", "{}", "[]", "null", '{"id":7}', '{"id":"\\u0000"}', '{"id":"x","response":{}}', "x".repeat(30_000), undefined, 7])(
    "is not %j",
    async (answer) => {
      expect(await use(answer, challenge())).toBeUndefined();
    },
  );
});

describe("the forms for it", () => {
  /** What a page asks a browser, and the key's answer to it. */
  async function answerOf(key: SoftwareKey, token?: string) {
    const session = token ? await sessionOf(database.staff, token) : undefined;
    const asked = await toUse(session);
    if (!asked) throw new Error("nothing was asked");
    return {
      options: asked.options,
      fields: { sealed: asked.sealed, answer: key.used({ challenge: asked.options.challenge }), to: "/staff/review" },
    };
  }
  const half = () => beginSession(database.staff, "reviewer", { method: "password" });

  test("alone it signs in wholly, under a new token, and back to where one was going", async () => {
    const { options, fields } = await answerOf(await withKey());
    expect(options).toMatchObject({ rpId: "localhost", userVerification: "required", allowCredentials: [] });
    const answer = await alone(sentForm("/staff/sign-in/passkey", fields));
    expect(answer.headers.get("location")).toBe("/staff/review");
    expect(await opened(tokenOf(answer) ?? "")).toEqual(["reviewer", "whole"]);
    const again = await alone(sentForm("/staff/sign-in/passkey", fields));
    expect([again.headers.get("location"), tokenOf(again)]).toEqual(["/staff/sign-in?to=%2Fstaff%2Freview&refused=passkey", undefined]);
  });

  test("after the password it makes the session whole under another token; somebody else's does not", async () => {
    const [key, theirs] = [await withKey(), await withKey(CENTRAL)];
    const token = await half();
    const send = (fields: Record<string, string>) =>
      asSecond(sentForm("/staff/second-factor/passkey", fields, { cookie: `muhlat-session=${token}` }));
    const foreign = await answerOf(theirs, token);
    expect((await send(foreign.fields)).headers.get("location")).toContain("refused=passkey");
    // A challenge of the sign-in page is none of this person's.
    expect((await send((await answerOf(key)).fields)).headers.get("location")).toContain("refused=ended");
    const { options, fields } = await answerOf(key, token);
    expect(options.allowCredentials).toHaveLength(1);
    const right = await send(fields);
    expect(right.headers.get("location")).toBe("/staff/review");
    expect([await opened(token), await opened(tokenOf(right) ?? "")]).toEqual([undefined, ["reviewer", "whole"]]);
  });

  test("is not asked for under a bare address, which browsers make no passkeys for", async () => {
    process.env.PUBLIC_URL = "http://192.0.2.1";
    expect(await toUse()).toBeUndefined();
    process.env.PUBLIC_URL = "http://muhlat.example.org";
    expect(await toUse()).toBeUndefined();
    process.env.PUBLIC_URL = "http://localhost:3000";
    expect(await toUse()).toBeDefined();
  });
});
