import { describe, expect, test } from "vitest";
import { POST as start } from "@/app/staff/provider/start/route.staff";
import { POST as signOut } from "@/app/staff/sign-out/route.staff";
import { act } from "@/lib/ledger/write";
import { sealNote, unsealNote } from "@/lib/sign-in/seal";
import { beginSession } from "@/lib/sign-in/write";
import { managedPeople } from "@/lib/staff/read";
import { resetPerson } from "@/lib/staff/write";
import { Visit } from "../setup/provider";
import { arrive, bound, go, invited, leave, ORIGIN, provider, route, withProvider } from "../setup/provider-visits";
import { accepted, CENTRAL } from "../setup/record";
import { database, opened, sentForm, withDoor } from "../setup/sign-in";

withDoor();
withProvider();

describe("signing in with a provider", () => {
  test("leaves with PKCE, state and nonce, and asks for nothing but who it is", async () => {
    const { address } = await leave({ to: "/staff/record" });
    expect(address.origin).toBe(provider.issuer);
    const asked = Object.fromEntries(address.searchParams);
    expect(asked).toMatchObject({ response_type: "code", scope: "openid", code_challenge_method: "S256", client_id: "muhlat" });
    for (const name of ["code_challenge", "state", "nonce"]) expect(asked[name], name).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(asked)).not.toContain(provider.client.secret);
  });

  test("binds by an admin's link, once; afterwards the account alone lets in, and leads back to where one was going", async () => {
    const { personId, token } = await invited();
    const first = await go({ account: "a-first" }, { link: token });
    expect(await opened(first.token)).toEqual([personId, "whole"]);
    const again = await go({ account: "a-first" }, { to: "/staff/record" });
    expect([again.location, (await opened(again.token))?.[0]]).toEqual(["/staff/record", personId]);
    expect((await go({ account: "a-second" }, { link: token })).location).toContain("refused=unbound");
    const [{ bind } = { bind: 0 }] =
      await database.owner`select count(*)::int as bind from staff.acts where verb = 'bind' and object_id = ${personId}`;
    expect(bind).toBe(1);
    expect((await managedPeople(database.staff, CENTRAL)).find((one) => one.personId === personId)).toMatchObject({
      bound: true,
      hasPassword: false,
      linkUntil: null,
    });
  });

  test("lets nobody in whose account only has the e-mail of one of our people, nor makes anybody", async () => {
    const people = async () => (await database.owner`select count(*)::int as people from staff.people`)[0]?.people;
    const before = await people();
    for (const account of ["central", "recorder"]) {
      const refused = await go({ account });
      expect([refused.location, refused.token]).toEqual(["/staff/sign-in?to=%2Fstaff&refused=unbound", ""]);
    }
    expect(await people()).toBe(before);
  });

  test("binds no account to a second person, and no link that holds no more", async () => {
    await bound("a-taken");
    const { token } = await invited();
    expect((await go({ account: "a-taken" }, { link: token })).location).toContain("refused=unbound");
    await database.owner`update staff.set_up_links set expires_at = now() - interval '1 second'`;
    expect((await go({ account: "a-late" }, { link: token })).location).toContain("refused=unbound");
    expect((await go({ account: "a-invented" }, { link: "invented" })).location).toContain("refused=unbound");
  });

  test("takes an answer once, for what was asked in this browser, and nothing that was changed on the way", async () => {
    const { came, errand } = await bound("a-once");
    const other = await leave();
    const changed = (name: string, value: string) => {
      const url = new URL(came);
      url.searchParams.set(name, value);
      return url.href;
    };
    for (const [address, cookie] of [
      [came, errand],
      [came, other.errand],
      [changed("state", "x"), errand],
      [changed("iss", "https://evil.example"), errand],
      [`${ORIGIN}/staff/provider/callback?error=access_denied&state=x`, errand],
    ] as const)
      expect((await arrive(address, cookie)).headers.get("location")).toContain("refused=provider");
    for (const cookie of ["", "x", `${errand}x`]) expect((await arrive(came, cookie)).headers.get("location")).toContain("refused=ended");
  });

  test.each(["nonce", "verifier"])("takes no answer for another %s", async (name) => {
    const { personId } = await bound(`a-other-${name}`);
    const { address, errand } = await leave();
    const came = await new Visit().until(ORIGIN, address.href);
    const note = unsealNote("provider", errand) ?? {};
    const other = sealNote("provider", { ...note, [name]: "x".repeat(43) }, 60);
    expect((await arrive(came, other)).headers.get("location")).toContain("refused=provider");
    const again = await go({ account: `a-other-${name}` });
    expect((await opened(again.token))?.[0]).toBe(personId);
  });

  test("goes to no provider that calls itself otherwise than the settings do, nor to one that does not answer", async () => {
    const before = process.env.OIDC_ISSUER;
    try {
      for (const issuer of [provider.issuer.replace("127.0.0.1", "localhost"), "http://127.0.0.1:1/"]) {
        process.env.OIDC_ISSUER = issuer;
        const answer = await start(sentForm("/staff/provider/start", {}));
        expect(answer.headers.get("location"), issuer).toBe("/staff/sign-in?to=%2Fstaff&refused=provider");
      }
    } finally {
      process.env.OIDC_ISSUER = before;
    }
  });

  test.each(["//evil.example", "/\\evil.example", "https://evil.example/staff", "/staff\r\nx"])(
    "leads on to no stranger: %j",
    async (to) => {
      await database.owner`delete from staff.provider_identities`;
      await bound("a-led");
      expect((await go({ account: "a-led" }, { to })).location).toBe("/staff");
    },
  );

  test("does not let in who was deactivated, or reset by an admin", async () => {
    const { personId, token } = await bound("a-gone");
    await database.owner`update staff.people set active = false where person_id = ${personId}`;
    expect(await opened(token)).toBeUndefined();
    expect((await go({ account: "a-gone" })).location).toContain("refused=unbound");
    await database.owner`update staff.people set active = true where person_id = ${personId}`;
    const seen = (await managedPeople(database.staff, CENTRAL)).find((one) => one.personId === personId)?.seen ?? 0;
    accepted(await act(database.staff, (tx) => resetPerson(tx, CENTRAL, { personId, seen })));
    expect((await go({ account: "a-gone" })).location).toContain("refused=unbound");
  });
});

describe("a second factor of the provider's", () => {
  test("counts for nothing unless a setting says so", async () => {
    const { personId } = await bound("r-one", "reviewer");
    const { token } = await go({ account: "r-one", acr: "two", amr: ["pwd", "otp"] });
    expect(await opened(token)).toEqual([personId, "enrol"]);
  });

  test.each(["two", "otp, hwk"])("counts where a setting names what it says: %s", async (setting) => {
    await database.owner`delete from staff.provider_identities`;
    const { personId } = await bound("r-two", "reviewer");
    process.env.OIDC_SECOND_FACTOR = setting;
    expect(await opened((await go({ account: "r-two", acr: "two", amr: ["pwd", "otp"] })).token)).toEqual([personId, "whole"]);
    expect(await opened((await go({ account: "r-two", acr: "one", amr: ["pwd"] })).token)).toEqual([personId, "enrol"]);
  });

  test("counts for nobody who has a factor of ours: who made the link may have bound an account of their own", async () => {
    await database.owner`delete from staff.provider_identities`;
    const { personId } = await bound("r-three", "reviewer");
    process.env.OIDC_SECOND_FACTOR = "two";
    await database.owner`insert into staff.authenticators (person_id, sealed_secret, last_step) values (${personId}, decode('00', 'hex'), 0)`;
    expect(await opened((await go({ account: "r-three", acr: "two", amr: ["pwd"] })).token)).toEqual([personId, "second_factor"]);
  });
});

describe("signing out", () => {
  const send = (token: string) => signOut(sentForm("/staff/sign-out", {}, { cookie: `muhlat-session=${token}` }));

  test("ends the session here, and leads to the provider with the hint that lets it sign out there", async () => {
    const { token } = await bound("a-out");
    const answer = await send(token);
    const address = new URL(answer.headers.get("location") ?? "");
    expect(address.origin).toBe(provider.issuer);
    expect(address.searchParams.get("id_token_hint")).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(address.searchParams.get("post_logout_redirect_uri")).toBe(`${ORIGIN}/staff/sign-in`);
    expect(await opened(token)).toBeUndefined();
    expect(answer.headers.getSetCookie()).toContainEqual(expect.stringMatching(/^muhlat-session=; .*Max-Age=0$/));
  });

  test("stays here for who signed in with a password", async () => {
    const token = await beginSession(database.staff, "recorder", { method: "password" });
    expect((await send(token)).headers.get("location")).toBe("/staff/sign-in");
    expect(await opened(token)).toBeUndefined();
  });

  test("at the provider ends the session here at once, though no browser comes by", async () => {
    const { token, visit } = await bound("a-there");
    const theirs = await beginSession(database.staff, "recorder", { method: "password" });
    const asked = await (await visit.ask(`${provider.issuer}/session/end`)).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asked)?.[1] ?? "";
    await visit.ask(`${provider.issuer}/session/end/confirm`, { xsrf, logout: "yes" });
    expect(route.answers.at(-1)).toBe(200);
    expect([await opened(token), await opened(theirs)]).toEqual([undefined, ["recorder", "whole"]]);
  });
});
