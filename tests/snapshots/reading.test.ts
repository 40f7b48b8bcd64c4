import { expect, test } from "vitest";
import { readSnapshot } from "@/lib/snapshots/input";
import { fieldsOf } from "@/lib/texts";
import { figure, input, now } from "./sent";

const earlier = new Date("2025-07-03T09:00:00Z");

test("a snapshot is read as its schema reads it", () => {
  expect(readSnapshot(figure, now)).toEqual(input.safeParse(figure));
  expect(readSnapshot({}, now).error?.issues).toEqual(input.safeParse({}).error?.issues);
});

test("each is read for its own instant, whoever was read before", () => {
  const sent = { ...figure, as_of: "2025-07-05", source: { title: "A briefing", published_on: "2025-07-06" } };
  for (let time = 0; time < 2; time += 1) {
    expect(readSnapshot(sent, now).success).toBe(true);
    const refused = readSnapshot(sent, earlier);
    expect(refused.error && fieldsOf(refused.error)).toEqual({ as_of: "in_the_future", "source.published_on": "in_the_future" });
  }
});
