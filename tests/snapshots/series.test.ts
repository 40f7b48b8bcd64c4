import { expect, test } from "vitest";
import { lastFigures } from "@/lib/snapshots/series";
import { calm } from "./candidates";
import { figureOf, noFigureOf } from "./statements";

test("the last figures of a series: its own, newest first, as many as asked for", () => {
  const other = figureOf("2026-01-01", 5, { measure: "black_list" });
  const [preferred, rival] = [figureOf("2025-12-05", 2, { rank: "preferred" }), figureOf("2025-12-05", 3)];
  const last = lastFigures([rival, ...calm, other, preferred, noFigureOf("2026-01-02")], "gray_list", 3);
  expect(last).toEqual([preferred, rival, calm[6]]);
});
