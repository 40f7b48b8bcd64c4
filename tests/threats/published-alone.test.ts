/**
 * Threat: somebody makes a figure public alone who may not.
 *
 * Seen to fail without its control: with "others" taken for everybody's, a reviewer published their own.
 */
import { describe, expect, test } from "vitest";
import { mayDecide, type SubmissionState } from "@/lib/review/rules";
import type { Actor, Role } from "@/lib/staff/rules";

const actor = (role: Role, personId = "me", countries = ["KG"]): Actor => ({ personId, role, countries });
const waiting = (more: { state?: SubmissionState; submittedBy?: string; countries?: string[] } = {}) => ({
  state: "waiting",
  submittedBy: "recorder",
  countries: ["KG"],
  ...more,
});

describe("who may publish or send back what waits", () => {
  test.each<[Role, own: boolean, others: boolean, abroad: boolean, all: boolean]>([
    ["recorder", false, false, false, false],
    ["reviewer", false, true, false, false],
    ["country_admin", true, true, false, false],
    ["central_admin", true, true, true, true],
    ["system", true, true, true, true],
  ])("%s: one's own %s, others' %s, another country's %s, that of all %s", (role, own, others, abroad, all) => {
    expect([
      mayDecide(actor(role), waiting({ submittedBy: "me" })),
      mayDecide(actor(role), waiting()),
      mayDecide(actor(role), waiting({ countries: ["TJ"] })),
      mayDecide(actor(role), waiting({ countries: ["ALL"] })),
    ]).toEqual([own, others, abroad, all]);
  });

  test("what concerns two countries is decided by somebody who has both", () => {
    const both = waiting({ countries: ["KG", "TJ"] });
    expect(mayDecide(actor("reviewer"), both)).toBe(false);
    expect(mayDecide(actor("reviewer", "me", ["TJ", "KG", "UZ"]), both)).toBe(true);
  });

  test("what concerns none is decided by nobody whose reach is their own countries", () => {
    expect(mayDecide(actor("country_admin", "me", []), waiting({ countries: [] }))).toBe(false);
    expect(mayDecide(actor("central_admin", "me", []), waiting({ countries: [] }))).toBe(true);
  });

  test.each<SubmissionState>(["returned", "published", "discarded"])("what is %s is decided already", (state) => {
    for (const role of ["reviewer", "country_admin", "central_admin"] as const)
      expect(mayDecide(actor(role), waiting({ state }))).toBe(false);
  });
});
