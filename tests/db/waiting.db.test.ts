import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { people } from "@/db/schema";
import { act } from "@/lib/ledger/write";
import { openAbout, ownOpen, type Submission, submissionOf, waitingFor } from "@/lib/review/read";
import { publishSubmission, returnSubmission, takeBackSubmission } from "@/lib/review/write";
import { recordSnapshot } from "@/lib/snapshots/write";
import { peopleWhoMay } from "@/lib/staff/read";
import type { Actor } from "@/lib/staff/rules";
import { ensureSystem } from "@/lib/staff/write";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import {
  accepted,
  addPeople,
  CENTRAL,
  COUNTRY_ADMIN,
  figure,
  NOW,
  RECORDER,
  REVIEWER,
  SECOND_REVIEWER,
  STRANGER,
  source,
} from "../setup/record";

const ABROAD: Actor = { personId: "abroad", role: "recorder", countries: ["TJ"] };
const GONE: Actor = { personId: "gone", role: "country_admin", countries: ["KG"] };

let database: FreshDatabase;
/** Submissions by what became of them. */
const made: Record<string, Submission> = {};

async function submit(name: string, actor: Actor, country = "KG"): Promise<void> {
  const sent = figure({ country, source: source(name) });
  const { statementId } = accepted(await act(database.staff, (tx) => recordSnapshot(tx, actor, sent, NOW)));
  made[name] = (await openAbout(database.staff, statementId)) as Submission;
}
const seen = (name: string, version = 1) => ({ submissionId: made[name]?.submissionId ?? "", version });

beforeAll(async () => {
  database = await freshDatabase();
  await ensureSystem(database.staff);
  await addPeople(database.staff, CENTRAL, COUNTRY_ADMIN, RECORDER, REVIEWER, SECOND_REVIEWER, STRANGER, ABROAD, GONE);
  await database.staff.update(people).set({ active: false }).where(eq(people.personId, "gone"));
  for (const name of ["oldest", "returned", "published", "discarded", "newest"]) await submit(name, RECORDER);
  await submit("of a reviewer", REVIEWER);
  await submit("abroad", ABROAD, "TJ");
  accepted(await act(database.staff, (tx) => returnSubmission(tx, REVIEWER, seen("returned"), "Which day?")));
  accepted(await act(database.staff, (tx) => publishSubmission(tx, REVIEWER, seen("published"), NOW)));
  accepted(await act(database.staff, (tx) => takeBackSubmission(tx, RECORDER, seen("discarded"))));
});
afterAll(() => database.close());

const names = (rows: readonly Submission[]) =>
  rows.map((row) => Object.keys(made).find((name) => made[name]?.submissionId === row.submissionId));

describe("what waits", () => {
  test.each<[string, Actor, string[]]>([
    ["a reviewer sees what others submitted, oldest first", REVIEWER, ["oldest", "newest"]],
    ["another one sees the first one's, too", SECOND_REVIEWER, ["oldest", "newest", "of a reviewer"]],
    ["a country admin sees the own country's", COUNTRY_ADMIN, ["oldest", "newest", "of a reviewer"]],
    ["that of another country sees that one's", STRANGER, ["abroad"]],
    ["the central admin sees all", CENTRAL, ["oldest", "newest", "of a reviewer", "abroad"]],
    ["a recorder sees none", RECORDER, []],
  ])("%s", async (_what, actor, expected) => {
    expect(names(await waitingFor(database.staff, actor))).toEqual(expected);
  });

  test("one's own that is not decided: what was sent back first, then the newest", async () => {
    expect(names(await ownOpen(database.staff, "recorder"))).toEqual(["returned", "newest", "oldest"]);
    expect(names(await ownOpen(database.staff, "reviewer"))).toEqual(["of a reviewer"]);
    expect(await ownOpen(database.staff, "nobody")).toEqual([]);
  });

  test.each([
    ["oldest", true],
    ["returned", true],
    ["published", false],
    ["discarded", false],
  ])("what is %s stands in the way of a change: %s", async (name, open) => {
    const row = await openAbout(database.staff, made[name]?.statementId ?? "");
    expect(row?.submissionId).toBe(open ? made[name]?.submissionId : undefined);
    expect(await openAbout(database.staff, "nobody")).toBeUndefined();
  });

  test("one submission is found whatever became of it", async () => {
    for (const [name, state] of Object.entries({ oldest: "waiting", returned: "returned", published: "published", discarded: "discarded" }))
      expect((await submissionOf(database.staff, made[name]?.submissionId ?? ""))?.state, name).toBe(state);
    expect(await submissionOf(database.staff, "nobody")).toBeUndefined();
  });
});

describe("whom to ask", () => {
  const whoMay = async (...asked: [Parameters<typeof peopleWhoMay>[1], string[], string?]) =>
    (await peopleWhoMay(database.staff, ...asked)).map((person) => person.personId);

  test("those who may publish for a country, by name, without those who are gone and the system", async () => {
    expect(await whoMay("publish", ["KG"])).toEqual(["central", "country-admin", "reviewer", "second-reviewer"]);
    expect(await whoMay("publish", ["KG"], "reviewer")).toEqual(["central", "country-admin", "second-reviewer"]);
  });

  test("who only submits is not named", async () => {
    expect(await whoMay("record", ["KG"])).toEqual(["central", "country-admin"]);
    expect(await whoMay("rank", ["TJ"])).toEqual(["central", "stranger"]);
  });

  test("for several countries, all of them or none those who have them all", async () => {
    expect(await whoMay("publish", ["KG", "TJ"])).toEqual(["central"]);
    expect(await whoMay("publish", ["ALL"])).toEqual(["central"]);
    expect(await whoMay("publish", [])).toEqual(["central"]);
  });

  test("who needs no second person is named for their own too, such as what their program sent; who needs one is not", async () => {
    expect(await whoMay("publish", ["ALL"], "central")).toEqual(["central"]);
    expect(await whoMay("publish", ["KG"], "second-reviewer")).toEqual(["central", "country-admin", "reviewer"]);
  });

  test("nothing but their names is given", async () => {
    expect(await peopleWhoMay(database.staff, "publish", ["ALL"])).toEqual([{ personId: "central", name: "central" }]);
  });
});
