import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordContact } from "@/lib/contacts/write";
import { announceDeadline } from "@/lib/deadlines/write";
import { historyFilter } from "@/lib/history/input";
import { type HistoryAct, historyOf, lastActs, wholeHistory } from "@/lib/history/read";
import { placeFrom, placeText } from "@/lib/history/rules";
import { act, noteAct } from "@/lib/ledger/write";
import { done } from "@/lib/outcome";
import { returnSubmission } from "@/lib/review/write";
import { correctSnapshot, recordSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import type { Actor } from "@/lib/staff/rules";
import { changePerson, invitePerson, signOutPerson } from "@/lib/staff/write";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import {
  accepted,
  addPeople,
  CENTRAL,
  COUNTRY_ADMIN,
  contact,
  deadline,
  figure,
  NOW,
  RECORDER,
  REVIEWER,
  recorded,
  refusalOf,
} from "../setup/record";

const ABROAD: Actor = { personId: "abroad", role: "country_admin", countries: ["TJ"] };

let database: FreshDatabase;
let figureId: string;
beforeAll(async () => {
  database = await freshDatabase();
  const { staff } = database;
  await addPeople(staff, CENTRAL, COUNTRY_ADMIN, ABROAD, REVIEWER, RECORDER);
  figureId = await recorded(staff, { value: 1000 });
  const change = { statementId: figureId, replacesRevision: 1, reason: "A slip" };
  accepted(await act(staff, (tx) => correctSnapshot(tx, COUNTRY_ADMIN, change, figure({ value: 1200, note: "Said again" }), NOW)));
  accepted(await act(staff, (tx) => withdrawSnapshot(tx, CENTRAL, { ...change, replacesRevision: 2, reason: "Never said" })));
  accepted(await act(staff, (tx) => announceDeadline(tx, CENTRAL, deadline({ countries: ["ALL"] }), NOW)));
  accepted(await act(staff, (tx) => recordContact(tx, ABROAD, contact({ country: "TJ" }), NOW)));
  accepted(await act(staff, (tx) => recordSnapshot(tx, RECORDER, figure({ as_of: "2025-09-02" }), NOW)));
  const [waiting] = await database.owner`select submission_id, version from staff.submissions`;
  const seen = { submissionId: waiting?.submission_id, version: waiting?.version };
  accepted(await act(staff, (tx) => returnSubmission(tx, REVIEWER, seen, "Which day?")));
  accepted(
    await act(staff, (tx) =>
      changePerson(tx, CENTRAL, { personId: "recorder", seen: 0 }, { name: "R", role: "recorder", countries: ["KG"] }),
    ),
  );
  accepted(await act(staff, (tx) => signOutPerson(tx, CENTRAL, { personId: ABROAD.personId, seen: 0 })));
  const invited = { name: "Boss", email: "boss@example.org", role: "central_admin", language: "en" };
  accepted(await act(staff, (tx) => invitePerson(tx, CENTRAL, invited)));
});
afterAll(() => database.close());

const asked = (actor: Actor, filter: Record<string, string> = {}, after?: string, most = 100) =>
  historyOf(database.staff, actor, historyFilter.parse(filter), placeFrom(after), most);
const inShort = (acts: Pick<HistoryAct, "feature" | "verb" | "personId">[]) =>
  acts.map(({ feature, verb, personId }) => `${personId} ${verb} ${feature}`);

const ON_THE_RECORD = [
  "reviewer return submissions",
  "recorder submit submissions",
  "abroad record contacts",
  "central record deadlines",
  "central withdraw snapshots",
  "country-admin correct snapshots",
  "central record snapshots",
  "central record sources",
];
const ON_PEOPLE = ["central invite people", "central sign_out sessions", "central change people"];

test("the desk's last things are those done with what it keeps: returns and withdrawals too, people and sources not", async () => {
  const shown = ON_THE_RECORD.filter((one) => !one.endsWith("sources"));
  expect(inShort(await lastActs(database.staff, RECORDER, 100))).toEqual(shown);
  expect(inShort(await lastActs(database.staff, CENTRAL, 2))).toEqual(shown.slice(0, 2));
});

describe("who sees what, newest first", () => {
  test("a central admin everything", async () => {
    expect(inShort(await asked(CENTRAL))).toEqual([...ON_PEOPLE, ...ON_THE_RECORD]);
  });

  test.each([RECORDER, REVIEWER])("a $role nothing about people", async (actor) => {
    const seen = await asked(actor);
    expect(seen.filter(({ feature }) => feature === "people" || feature === "sessions")).toEqual([]);
    expect(inShort(seen)).toEqual(ON_THE_RECORD);
    expect(await asked(actor, { feature: "people" })).toEqual([]);
  });

  test("a country admin acts on those whom they manage", async () => {
    const about = async (actor: Actor) => inShort(await asked(actor)).filter((one) => / (people|sessions)$/.test(one));
    expect(await about(COUNTRY_ADMIN)).toEqual(["central change people"]);
    expect(await about(ABROAD)).toEqual(["central sign_out sessions"]);
    expect(await about({ ...COUNTRY_ADMIN, countries: [] })).toEqual([]);
  });

  test("the reading role nothing at all", async () => {
    expect(await refusalOf(historyOf(database.reader, CENTRAL, {}, undefined, 10))).toBe("42501");
  });
});

describe("before and after", () => {
  test("of a correction the revision before and its own", async () => {
    const [corrected] = await asked(CENTRAL, { verb: "correct" });
    expect(corrected).toMatchObject({ objectId: figureId, revision: 2, reason: "A slip", countries: ["KG"], publishedBy: "country-admin" });
    expect(corrected?.changes).toEqual([
      { field: "note", before: undefined, after: "Said again" },
      { field: "value", before: 1000, after: 1200 },
    ]);
  });

  test("of a withdrawal its state, of a new statement everything", async () => {
    const [withdrawn] = await asked(CENTRAL, { verb: "withdraw" });
    expect(withdrawn?.changes).toEqual([{ field: "state", before: "published", after: "withdrawn" }]);
    const [made] = await asked(CENTRAL, { feature: "contacts" });
    const changes = new Map(made?.changes.map(({ field, before, after }) => [field, [before, after]]));
    expect(changes.get("telephone")).toEqual([undefined, "+7 495 000 00 00"]);
    expect(changes.get("name.en")).toEqual([undefined, "A consulate"]);
    expect(changes.has("recorded_by")).toBe(false);
  });

  test("of an act of the desk what it said itself", async () => {
    const [changed] = await asked(CENTRAL, { feature: "people", verb: "change" });
    expect(changed?.changes).toEqual([{ field: "name", before: "recorder", after: "R" }]);
    const [returned] = await asked(CENTRAL, { verb: "return" });
    expect(returned).toMatchObject({ reason: "Which day?", changes: [{ field: "state", before: "waiting", after: "returned" }] });
  });
});

describe("the filter", () => {
  test.each<[Record<string, string>, number]>([
    [{ person: "abroad" }, 1],
    [{ person: "nobody" }, 0],
    [{ feature: "deadlines" }, 1],
    [{ verb: "withdraw", feature: "snapshots" }, 1],
    [{ verb: "withdraw", feature: "contacts" }, 0],
    [{ country: "TJ" }, 2],
    [{ country: "ALL" }, 1],
    [{ to: "2020-01-01" }, 0],
    [{ from: "2900-01-01" }, 0],
    [{ person: "", feature: "", verb: "", country: "", from: "", to: "", feature_of: "x", after: "x" }, 11],
  ])("%j finds %i", async (filter, count) => {
    expect(await asked(CENTRAL, filter)).toHaveLength(count);
  });

  test("days are those of Moscow, both included", async () => {
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Moscow" }).format(new Date());
    expect(await asked(CENTRAL, { from: today, to: today })).toHaveLength(11);
  });
});

describe("page by page", () => {
  const FILTERS: Record<string, string>[] = [
    {},
    { feature: "people" },
    { feature: "snapshots" },
    { verb: "correct" },
    { country: "TJ" },
    { person: "reviewer" },
    { from: "2020-01-01", to: "2020-01-02" },
  ];
  test.each(FILTERS.flatMap((filter) => [1, 2, 5].map((most) => ({ filter, most }))))(
    "every act comes once, in the same order ($filter, $most at a time)",
    async ({ filter, most }) => {
      // More than there are is all there is: nothing is looked for among the last ones alone.
      const all = await asked(CENTRAL, filter, undefined, 1000);
      const paged: HistoryAct[] = [];
      for (let after: string | undefined; ; ) {
        const page = await asked(CENTRAL, filter, after, most);
        paged.push(...page);
        const last = page.at(-1);
        if (page.length < most || !last) break;
        after = placeText(last);
      }
      expect(paged).toEqual(all);
    },
  );

  test("acts of one instant are not lost between pages, and what comes meanwhile moves nothing", async () => {
    const notes = Array.from({ length: 7 }, (_, n) => ({
      verb: "import",
      feature: "imports" as const,
      objectId: `one-${n}`,
      countries: ["UZ"],
    }));
    await act(database.staff, async (tx) => {
      for (const note of notes) await noteAct(tx, CENTRAL, note);
      return done(null);
    });
    await database.owner`alter table staff.acts disable trigger user`;
    await database.owner`update staff.acts set at = '2026-01-01T00:00:00Z' where feature = 'imports'`;
    await database.owner`alter table staff.acts enable trigger user`;
    const found: string[] = [];
    for (let after: string | undefined; ; ) {
      const [one] = await asked(CENTRAL, { feature: "imports" }, after, 1);
      if (!one) break;
      found.push(one.objectId);
      after = placeText(one);
      if (found.length === 3)
        await act(database.staff, async (tx) =>
          done(await noteAct(tx, CENTRAL, { ...notes[0], verb: "import", feature: "imports", objectId: "late" })),
        );
    }
    expect(found).toEqual(notes.map((note) => note.objectId).reverse());
  });

  test.each(["'; drop table staff.acts; --", "2026-02-30T00:00:00.000000Z~people~x~1", "\0", "9".repeat(100), "~~~~"])(
    "a place that is none, %j, shows the newest",
    async (after) => {
      expect(await asked(CENTRAL, {}, after, 3)).toEqual(await asked(CENTRAL, {}, undefined, 3));
    },
  );
});

test("the whole comes in batches, and has what the pages have", async () => {
  await act(database.staff, async (tx) => {
    for (let n = 0; n < 600; n += 1) await noteAct(tx, CENTRAL, { verb: "store", feature: "copies", objectId: `copy-${n}` });
    return done(null);
  });
  const batches: HistoryAct[][] = [];
  for await (const batch of wholeHistory(database.staff, CENTRAL, {})) batches.push(batch);
  expect(batches.length).toBe(2);
  expect(batches.flat()).toEqual(await asked(CENTRAL, {}, undefined, 10_000));
  const copies: HistoryAct[] = [];
  for await (const batch of wholeHistory(database.staff, RECORDER, { feature: "people" })) copies.push(...batch);
  expect(copies).toEqual([]);
});

test("what a second person published is one thing done, and a table only looked at is none", async () => {
  const act = (verb: string, feature: "submissions" | "imports") =>
    noteAct(database.staff, CENTRAL, { verb, feature, objectId: `${verb} ${feature}`, countries: ["KG"] });
  const before = inShort(await lastActs(database.staff, CENTRAL, 1000));
  await act("publish", "submissions");
  await act("store", "imports");
  await act("withdraw", "imports");
  expect(inShort(await lastActs(database.staff, CENTRAL, 1000))).toEqual(["central withdraw imports", ...before]);
});

test("what waits or was sent back is seen by its author and by who may decide about its countries, and by nobody else", async () => {
  const seenBy = async (actor: Actor) =>
    (await historyOf(database.staff, actor, { feature: "submissions" }, undefined, 50)).map(({ verb }) => verb);
  const all = await seenBy(CENTRAL);
  expect(all).toEqual(expect.arrayContaining(["submit", "return"]));
  for (const actor of [REVIEWER, COUNTRY_ADMIN]) expect(await seenBy(actor), actor.personId).toEqual(all);
  expect(await seenBy(RECORDER)).toEqual(["return", "submit"]);
  for (const actor of [
    ABROAD,
    { ...REVIEWER, countries: ["TJ"] },
    { ...RECORDER, personId: "another-recorder" },
    { ...REVIEWER, countries: [] },
  ])
    expect(await seenBy(actor), `${actor.role} of ${actor.countries}`).toEqual([]);
});
