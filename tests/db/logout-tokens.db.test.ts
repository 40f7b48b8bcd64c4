import { describe, expect, test } from "vitest";
import { POST as loggedOut } from "@/app/staff/provider/logout/route.staff";
import { beginSession } from "@/lib/sign-in/write";
import { bound, go, provider, withProvider } from "../setup/provider-visits";
import { database, opened, sentForm, withDoor } from "../setup/sign-in";

withDoor();
withProvider();

const EVENT = "http://schemas.openid.net/event/backchannel-logout";

describe("a logout token", () => {
  const told = async (token: string) => (await loggedOut(sentForm("/staff/provider/logout", { logout_token: token }))).status;
  const now = () => Math.floor(Date.now() / 1000);
  let made = 0;
  const claims = (subject: string, more: Record<string, unknown> = {}) => {
    made += 1;
    const base = {
      iss: provider.issuer,
      aud: "muhlat",
      iat: now(),
      exp: now() + 120,
      jti: `j${made}`,
      events: { [EVENT]: {} },
      sub: subject,
    };
    return { ...base, ...more };
  };

  test("ends the session that it names and no other; and one of that person whose name there is not known", async () => {
    const { personId, token } = await bound("a-named");
    const other = await go({ account: "a-named" });
    const named = (await database.owner`select provider_session as sid from staff.sessions where ended_at is null order by created_at`)[0]
      ?.sid;
    const unnamed = { issuer: provider.issuer, subject: "a-named", idToken: "x" };
    const third = await beginSession(database.staff, personId, { method: "provider", provider: unnamed });
    expect(await told(await provider.signed(claims("a-named", { sub: undefined, sid: named }), { typ: "logout+jwt" }))).toBe(200);
    expect([await opened(token), (await opened(other.token))?.[0], (await opened(third))?.[0]]).toEqual([undefined, personId, personId]);
    expect(await told(await provider.signed(claims("a-named", { sid: "another" }), { typ: "logout+jwt" }))).toBe(200);
    expect([(await opened(other.token))?.[0], await opened(third)]).toEqual([personId, undefined]);
  });

  test("ends every session of a subject, and counts once", async () => {
    const { token } = await bound("a-told");
    const other = await go({ account: "a-told" });
    const sent = await provider.signed(claims("a-told"), { typ: "logout+jwt" });
    expect(await told(sent)).toBe(200);
    expect([await opened(token), await opened(other.token)]).toEqual([undefined, undefined]);
    const later = await go({ account: "a-told" });
    expect(await told(sent)).toBe(400);
    expect(await opened(later.token)).toBeDefined();
  });

  test.each<[string, Record<string, unknown>, Record<string, string>]>([
    ["of another issuer", { iss: "https://evil.example" }, {}],
    ["for another program", { aud: "another" }, {}],
    ["without its event", { events: {} }, {}],
    ["with an event that is no object", { events: { [EVENT]: true } }, {}],
    ["with a nonce, as ID tokens have one", { nonce: "x" }, {}],
    ["about nobody", { sub: undefined }, {}],
    ["without a name of its own", { jti: undefined }, {}],
    ["that is over", { iat: now() - 200, exp: now() - 100 }, {}],
    ["that is old", { iat: now() - 3600, exp: now() + 3600 }, {}],
    ["without an end", { exp: undefined }, {}],
    ["of another kind", {}, { typ: "at+jwt" }],
    ["of no kind", {}, { typ: "JWT" }],
    ["under a key that is not the provider's", {}, { kid: "k2" }],
  ])("%s ends nothing", async (_, more, header) => {
    await database.owner`delete from staff.provider_identities`;
    const { token } = await bound("a-kept");
    expect(await told(await provider.signed(claims("a-kept", more), { typ: "logout+jwt", ...header }))).toBe(400);
    expect(await opened(token)).toBeDefined();
  });

  test("that nobody signed, or somebody else, ends nothing", async () => {
    const { token } = await bound("a-safe");
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const stranger = await crypto.subtle.generateKey(
      { name: "RSASSA-PKCS1-v1_5", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" },
      false,
      ["sign", "verify"],
    );
    for (const forged of [
      `${part({ alg: "none", typ: "logout+jwt" })}.${part(claims("a-safe"))}.`,
      await provider.signed(claims("a-safe"), { typ: "logout+jwt" }, stranger.privateKey),
      `${await provider.signed(claims("a-safe"), { typ: "logout+jwt" })}x`,
      "x",
      "",
      "x".repeat(20_000),
    ])
      expect(await told(forged)).toBe(400);
    expect(await opened(token)).toBeDefined();
  });
});
