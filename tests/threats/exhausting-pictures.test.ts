/**
 * Threat: somebody asks for pictures until the machine does nothing else.
 *
 * Seen to fail without its control: with 200 at a time, and again with 1,200 that may wait, all forty were made.
 */
import { expect, test, vi } from "vitest";
import { chartSvg } from "@/app/_server/explore-files/chart-svg";
import { pngOf, TooManyPictures } from "@/app/_server/explore-files/png";
import { kg, shown, tj } from "../components/drawings";
import { decodePng } from "../pictures/png";

/** How many pictures are being made at this moment, and how many were at most; the making itself is the real one. */
const making = vi.hoisted(() => ({ now: 0, most: 0, times: 0 }));
vi.mock("@resvg/resvg-js", async (original) => {
  const real = await original<typeof import("@resvg/resvg-js")>();
  const renderAsync: typeof real.renderAsync = async (...given) => {
    making.now += 1;
    making.times += 1;
    making.most = Math.max(making.most, making.now);
    return real.renderAsync(...given).finally(() => {
      making.now -= 1;
    });
  };
  return { ...real, renderAsync };
});

test("a PNG is as large as its drawing, however many are asked for at once", async () => {
  const svg = await chartSvg(shown({ KG: kg, TJ: tj }, "tg"));
  const height = Number(/ height="(\d+)"/.exec(svg)?.[1]);
  const made = await Promise.all([1, 2, 3, 4, 5].map(() => pngOf(svg)));
  const first = decodePng(made[0] ?? new Uint8Array());
  expect([first.width, first.height]).toEqual([1200, height]);
  for (const other of made) expect(Buffer.compare(other, made[0] ?? other)).toBe(0);
});

test("of forty asked for at once two are made at a time, fourteen in all, and the others are told to come again", async () => {
  Object.assign(making, { now: 0, most: 0, times: 0 });
  const svg = await chartSvg(shown({ KG: kg }, "en"));
  const asked = await Promise.allSettled(Array.from({ length: 40 }, () => pngOf(svg)));
  expect([making.most, making.times]).toEqual([2, 14]);
  const refused = asked.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(refused).toHaveLength(26);
  for (const reason of refused) expect(reason).toBeInstanceOf(TooManyPictures);
  // Whoever comes later is served.
  expect((await pngOf(svg)).length).toBeGreaterThan(1000);
});
