import { afterAll, beforeAll, expect, test } from "vitest";
import type { Row } from "@/app/api/v1/contract";
import { closePools } from "@/db/client";
import { answered } from "../api/asking";
import { COUNTRIES, type LivelyRecord, livelyRecord, MEASURE } from "../setup/lively-record";

let record: LivelyRecord;
beforeAll(async () => {
  record = await livelyRecord();
  process.env.DATABASE_URL = record.database.url;
}, 120_000);
afterAll(async () => {
  await closePools();
  delete process.env.DATABASE_URL;
  await record.database.close();
});

type Series = Row<"series">[number];
const pointsOf = ({ pieces, rivals }: Series) => [...pieces.flat(), ...rivals];
/** Every statement that an answer tells of a country. */
const told = (one: Series) => [
  ...pointsOf(one).map((point) => point.statement_id),
  ...one.left_out,
  ...one.missing.map((m) => m.statement_id),
];

test.each(["absolute", "change"])(
  "a series (%s) has at most as many statements a country as were asked for, extremes among them",
  { timeout: 120_000 },
  async (v) => {
    const asked = async (points: number) =>
      (await answered<Series[]>("series", `/series?country=${COUNTRIES}&measure=${MEASURE}&points=${points}&v=${v}&from=2023-06&to=2025`))
        .data;
    const [whole, least] = [await asked(20_000), await asked(10)];
    let shortened = 0;
    for (const points of [10, 40, 90, 150, 250, 350])
      for (const [index, one] of (await asked(points)).entries()) {
        const [all, fewest] = [whole[index] as Series, least[index] as Series];
        if (told(one).length > points) expect(new Set(told(one))).toEqual(new Set(told(fewest)));
        if (told(one).length < told(all).length) shortened += 1;
        if (v !== "absolute") continue;
        const exact = (of: Series) => pointsOf(of).flatMap((point) => (point.exact ? [point.value] : []));
        expect([Math.min(...exact(one)), Math.max(...exact(one))]).toEqual([Math.min(...exact(all)), Math.max(...exact(all))]);
        expect([one.pieces[0]?.[0], one.pieces.at(-1)?.at(-1)]).toEqual([all.pieces[0]?.[0], all.pieces.at(-1)?.at(-1)]);
      }
    expect(shortened).toBeGreaterThan(8);
    // The limit is not reached by leaving nothing.
    expect(told(least[0] as Series).length).toBeGreaterThan(10);
  },
);
