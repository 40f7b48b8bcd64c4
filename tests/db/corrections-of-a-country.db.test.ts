import { afterAll, beforeAll, expect, test } from "vitest";
import { type Change, listedChanges } from "@/lib/corrections/pages";
import { corrections } from "@/lib/corrections/read";
import { COUNTRIES, type LivelyRecord, livelyRecord } from "../setup/lively-record";
import { differences } from "../setup/record";

// What is found by the indexes of one country is what looking through the corrections of all finds.

let record: LivelyRecord;
beforeAll(async () => {
  record = await livelyRecord();
}, 120_000);
afterAll(() => record.database.close());

const ALL_OF_THEM = 100_000;
const concerns = (country: string, { before, after }: { before: { country: string }; after: { country: string } }) =>
  before.country === country || after.country === country;

test("a country's last corrections are those that concern it before or after, of all there are", async () => {
  const { reader } = record.database;
  const all = await corrections(reader, ALL_OF_THEM);
  expect(all.filter(({ before, after }) => before.country !== after.country).length).toBeGreaterThan(0);
  for (const country of COUNTRIES) {
    const its = all.filter((one) => concerns(country, one));
    expect(its.length).toBeGreaterThan(0);
    for (const limit of [1, 7, ALL_OF_THEM]) expect(await corrections(reader, limit, country)).toEqual(its.slice(0, limit));
  }
});

test("read by pages, up to an instant, they are the same", async () => {
  const { reader } = record.database;
  const last = new Date("2099-01-01T00:00:00Z");
  for (const until of [...record.instants.slice(0, 3), last]) {
    const asked = { until, knownBy: last };
    const all = (await listedChanges(reader, ALL_OF_THEM, asked)).filter((one) => one.kind === "snapshot");
    for (const country of COUNTRIES) {
      const walked: Change[] = [];
      for (;;) {
        const end = walked.at(-1);
        const after = end && { at: end.exactly, kind: end.kind, statementId: end.statementId };
        const page = await listedChanges(reader, 9, { ...asked, country, after });
        walked.push(...page);
        if (page.length < 9) break;
      }
      expect(walked.filter((one) => one.kind === "snapshot")).toEqual(
        all.filter((one) => one.kind === "snapshot" && concerns(country, one)),
      );
    }
  }
});

test("a note that is missing or too much is told, and made anew", async () => {
  const { owner } = record.database;
  expect(await differences(owner)).toEqual([]);
  const [gone] =
    await owner`delete from derived.moved where (statement_id, revision) in (select statement_id, revision from derived.moved limit 1) returning *`;
  await owner`insert into derived.moved values ('KG', now(), 'made-up', 2)`;
  expect((await differences(owner)).map((one) => one.statement_id).sort()).toEqual([gone?.statement_id, "made-up"].sort());
  await owner`select derived.rebuild()`;
  expect(await differences(owner)).toEqual([]);
});
