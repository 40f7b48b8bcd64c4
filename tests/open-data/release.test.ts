import fc from "fast-check";
import { expect, test } from "vitest";
import { releaseOf } from "@/lib/open-data/release";

const numbers = (version: string) => version.split(".").map(Number);
const after = (one: string, other: string) => {
  const [a, b] = [numbers(one), numbers(other)];
  const first = a.findIndex((number, index) => number !== b[index]);
  return first >= 0 && (a[first] ?? 0) > (b[first] ?? 0);
};

test("new statements are a minor version, corrections a patch", () => {
  expect(releaseOf({ statements: 0, corrections: 0 })).toBe("1.0.0");
  expect(releaseOf({ statements: 88, corrections: 3 })).toBe("1.88.3");
});

test("whatever is recorded, the version rises by the rules of semantic versions", () => {
  const count = fc.nat(6_000_000);
  fc.assert(
    fc.property(count, count, fc.nat(50), fc.nat(50), (statements, corrections, more, corrected) => {
      fc.pre(more + corrected > 0);
      const before = releaseOf({ statements, corrections });
      expect(after(releaseOf({ statements: statements + more, corrections: corrections + corrected }), before)).toBe(true);
      expect(before).toMatch(/^[1-9]\d*\.\d+\.\d+$/);
    }),
  );
});
