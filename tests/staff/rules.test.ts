import { describe, expect, test } from "vitest";
import { type Actor, may, mayRecordAnything, type Role, SYSTEM, type Verb, WHO_MAY } from "@/lib/staff/rules";

const VERBS = ["record", "correct", "publish", "rank", "withdraw", "announce", "manage_people", "manage_tokens"] as const satisfies Verb[];

// Written out a second time on purpose: whoever changes a right has to say so twice.
const RIGHTS: Record<Role, string> = {
  //                  record  correct publish rank    withdraw announce manage_people manage_tokens
  recorder: "         submits submits no      submits submits  no       no            no ",
  reviewer: "         submits submits others  yes     yes      no       no            no ",
  country_admin: "    yes     yes     yes     yes     yes      yes      yes           yes",
  central_admin: "    yes     yes     yes     yes     yes      yes      yes           yes",
  system: "           yes     yes     yes     yes     yes      yes      no            no ",
  token: "            submits no      no      no      no       no       no            no ",
  publishing_token: " yes     no      no      no      no       no       no            no ",
};

/** For whom each right holds: KG and TJ are the person's own countries, UZ is not. */
const ASKED = [
  { what: "their own country", countries: ["KG"], own: true },
  { what: "all their own countries", countries: ["KG", "TJ"], own: true },
  { what: "another country", countries: ["UZ"], own: false },
  { what: "their own and another country", countries: ["KG", "UZ"], own: false },
  { what: "all nationalities", countries: ["ALL"], own: false },
  { what: "their own country and all nationalities", countries: ["KG", "ALL"], own: false },
  { what: "no country", countries: [], own: false },
];

const EVERYWHERE: Role[] = ["central_admin", "system"];

const matrix = (Object.keys(RIGHTS) as Role[]).flatMap((role) =>
  ASKED.flatMap(({ what, countries, own }) =>
    VERBS.map((verb, column) => {
      const right = RIGHTS[role].trim().split(/\s+/)[column];
      return { role, verb, what, countries, expected: own || EVERYWHERE.includes(role) ? right : "no" };
    }),
  ),
);

describe("who may", () => {
  test("has a right written for every role and every verb", () => {
    expect(Object.keys(WHO_MAY)).toEqual(Object.keys(RIGHTS));
    for (const rights of Object.values(WHO_MAY)) expect(Object.keys(rights).sort()).toEqual([...VERBS, "reach"].sort());
    expect(matrix).toHaveLength(7 * 7 * 8);
  });

  test.each(matrix)("$role, $verb, for $what: $expected", ({ role, verb, countries, expected }) => {
    expect(may({ personId: "somebody", role, countries: ["KG", "TJ"] }, verb, countries)).toBe(expected);
  });

  test("nobody's own countries reach to the total, though it be written among them", () => {
    const actor: Actor = { personId: "somebody", role: "country_admin", countries: ["ALL"] };
    for (const verb of VERBS) {
      expect(may(actor, verb, ["ALL"])).toBe("no");
      expect(may(actor, verb, ["KG"])).toBe("no");
    }
  });

  test("a token reaches to what it names, to the total too, and to nothing beside", () => {
    const token: Actor = { personId: "somebody", role: "publishing_token", countries: ["KG", "ALL"], tokenId: "a" };
    expect(may(token, "record", ["ALL"])).toBe("yes");
    expect(may(token, "record", ["KG"])).toBe("yes");
    expect(may(token, "record", ["TJ"])).toBe("no");
    expect(may(token, "record", ["KG", "TJ"])).toBe("no");
    expect(may(token, "record", [])).toBe("no");
  });

  test("the product itself loads the record and manages nobody", () => {
    expect(SYSTEM).toEqual({ personId: "system", role: "system", countries: [] });
    expect(may(SYSTEM, "record", ["ALL"])).toBe("yes");
    expect(may(SYSTEM, "manage_people", ["KG"])).toBe("no");
  });
});

test.each<[Role, string[], boolean]>([
  ["recorder", ["KG"], true],
  ["recorder", [], false],
  ["reviewer", ["KG"], true],
  ["reviewer", [], false],
  ["country_admin", ["KG"], true],
  ["country_admin", [], false],
  ["central_admin", [], true],
])("whether a %s of %j may record anything: %s", (role, countries, expected) => {
  expect(mayRecordAnything({ personId: "somebody", role, countries })).toBe(expected);
});
