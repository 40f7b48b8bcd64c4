import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newToken } from "@/lib/staff/passwords";
import { type Actor, GIVEN_ROLES, may } from "@/lib/staff/rules";
import { tokenInput } from "@/lib/tokens/input";
import { actorOf, isTokenText, mayEnd, mayMake, PREFIX, stateOf } from "@/lib/tokens/rules";

const COUNTRIES = ["KG", "TJ", "UZ", "ALL"];
const VERBS = ["record", "correct", "publish", "rank", "withdraw", "announce", "manage_people", "manage_tokens"] as const;
const RANK = { no: 0, submits: 1, others: 2, yes: 3 };

const admin: Actor = { personId: "admin", role: "country_admin", countries: ["KG", "TJ"] };
const central: Actor = { personId: "central", role: "central_admin", countries: [] };

test("no token can do more than its maker may now, nor anything but record", () => {
  const makers = fc.record({
    personId: fc.constant("a"),
    role: fc.constantFrom(...GIVEN_ROLES),
    countries: fc.subarray(COUNTRIES.slice(0, 3)),
  });
  const grants = fc.record({ countries: fc.subarray(COUNTRIES, { minLength: 1 }), publishes: fc.boolean() });
  fc.assert(
    fc.property(makers, grants, fc.subarray(COUNTRIES), (maker, grant, asked) => {
      const token = actorOf("t", grant, maker);
      for (const verb of VERBS) {
        const extent = may(token, verb, asked);
        expect(RANK[extent]).toBeLessThanOrEqual(RANK[may(maker, verb, asked)]);
        if (verb !== "record") expect(extent).toBe("no");
        if (extent !== "no") expect(asked.every((country) => grant.countries.includes(country))).toBe(true);
        if (extent === "yes") expect(grant.publishes).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});

test.each<[string, Actor, string[], boolean, Partial<Actor>]>([
  ["what it was granted", admin, ["KG"], true, { role: "publishing_token", countries: ["KG"] }],
  ["no publishing that was not granted", admin, ["KG"], false, { role: "token", countries: ["KG"] }],
  ["no country that its maker lost", { ...admin, countries: ["TJ"] }, ["KG", "TJ"], true, { role: "publishing_token", countries: ["TJ"] }],
  ["no total for whoever is no central admin any more", admin, ["ALL", "KG"], true, { countries: ["KG"] }],
  ["the total for a central admin", central, ["ALL"], true, { role: "publishing_token", countries: ["ALL"] }],
  ["no publishing for whoever submits themselves", { ...admin, role: "recorder" }, ["KG"], true, { role: "token", countries: ["KG"] }],
  ["nothing for whoever has no country left", { ...admin, countries: [] }, ["KG"], true, { role: "token", countries: [] }],
])("a token has %s", (_what, maker, countries, publishes, expected) => {
  expect(actorOf("t", { countries, publishes }, maker)).toMatchObject({ ...expected, personId: maker.personId, tokenId: "t" });
});

describe("who may make a token and end it", () => {
  test.each<[Actor, string[], boolean]>([
    [admin, ["KG"], true],
    [admin, ["KG", "TJ"], true],
    [admin, ["KG", "UZ"], false],
    [admin, ["ALL"], false],
    [admin, [], false],
    [central, ["UZ", "ALL"], true],
    [{ ...admin, role: "reviewer" }, ["KG"], false],
    [{ ...admin, role: "recorder" }, ["KG"], false],
    [{ ...admin, role: "publishing_token", tokenId: "t" }, ["KG"], false],
  ])("%j for %j: %s", (actor, countries, expected) => {
    expect(mayMake(actor, countries)).toBe(expected);
    expect(mayEnd(actor, { countries, madeBy: "another" })).toBe(expected);
  });

  test("whoever made one may end it, though a country of it is theirs no more", () => {
    expect(mayEnd(admin, { countries: ["KG", "UZ"], madeBy: "admin" })).toBe(true);
    expect(mayEnd(admin, { countries: ["KG", "UZ"], madeBy: "another" })).toBe(false);
  });
});

test("a token stands as it was ended, as its time goes, and as its maker does", () => {
  const at = new Date("2026-03-01T00:00:00Z");
  const token = { endedAt: null, expiresAt: new Date("2026-03-01T00:00:01Z"), makerActive: true };
  expect(stateOf(token, at)).toBe("holds");
  expect(stateOf(token, token.expiresAt)).toBe("expired");
  expect(stateOf({ ...token, makerActive: false }, at)).toBe("maker");
  expect(stateOf({ ...token, endedAt: at, makerActive: false }, token.expiresAt)).toBe("ended");
});

test("a token has a form that is known when it is found, and nothing else has", () => {
  expect(isTokenText(PREFIX + newToken())).toBe(true);
  for (const text of ["", newToken(), `${PREFIX}short`, `${PREFIX}${newToken()}x`, ` ${PREFIX}${newToken()}`, `${PREFIX}${"é".repeat(43)}`])
    expect(isTokenText(text)).toBe(false);
});

describe("a token as it is asked for", () => {
  const asked = (more: object) => tokenInput.safeParse({ name: "A", countries: ["TJ", "KG", "TJ"], days: "90", ...more });

  test("has each country once, and publishes only where the box is ticked", () => {
    expect(asked({}).data).toEqual({ name: "A", countries: ["KG", "TJ"], publishes: false, days: "90" });
    expect(asked({ publishes: "✓" }).data).toMatchObject({ publishes: true });
    expect(asked({ publishes: "" }).data).toMatchObject({ publishes: false });
  });

  test.each<[object, string, string]>([
    [{ name: " " }, "name", "required"],
    [{ name: "x".repeat(101) }, "name", "too_long"],
    [{ countries: [] }, "countries", "required"],
    [{ countries: ["XX"] }, "countries.0", "unknown_country"],
    [{ days: "" }, "days", "required"],
    [{ days: "9999" }, "days", "unknown_choice"],
  ])("%j is refused", (more, field, code) => {
    const issues = asked(more).error?.issues.map(({ path, message }) => [path.join("."), message]);
    expect(issues).toEqual([[field, code]]);
  });
});
