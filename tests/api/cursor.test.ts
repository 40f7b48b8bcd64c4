import fc from "fast-check";
import { expect, test } from "vitest";
import { type Cursor, markOf, readCursor, written } from "@/app/_server/api/cursor";

const row = ["KG", "gray_list", "2025-07-01T00:00:00.000Z", "kg-gray-list-2025-07-01", 2];
const cursor = (more: Partial<Cursor> = {}): Cursor => ({
  q: markOf(["snapshots"]),
  known: "2026-01-01",
  recorded: "2026-01-01T00:00:00.000Z",
  after: row as Cursor["after"],
  ...more,
});

test("a cursor says again what was written, and fits into an address", () => {
  for (const [name, after] of [
    ["snapshots", row],
    ["corrections", ["2026-01-01T00:00:00.123456Z", "deadline", "a"]],
    ["countries", [100]],
  ] as const) {
    const text = written(cursor({ after: [...after] }));
    expect(text).toMatch(/^[A-Za-z0-9_-]{1,600}$/);
    expect(readCursor(name, text)).toEqual(cursor({ after: [...after] }));
  }
});

test.each<[string, unknown]>([
  ["the place of another kind of list", cursor({ after: [7] })],
  ["no country", cursor({ after: ["XX", ...row.slice(1)] as Cursor["after"] })],
  ["no measure", cursor({ after: ["KG", "grey", ...row.slice(2)] as Cursor["after"] })],
  ["no instant", cursor({ after: ["KG", "gray_list", "2025-02-30T00:00:00Z", "a", 1] })],
  ["a year that the database lacks", cursor({ after: ["KG", "gray_list", "0000-01-01T00:00:00Z", "a", 1] })],
  ["a revision that is too large", cursor({ after: ["KG", "gray_list", "2025-07-01T00:00:00Z", "a", 2 ** 31] })],
  ["an id with a zero byte", cursor({ after: ["KG", "gray_list", "2025-07-01T00:00:00Z", "a\0", 1] })],
  ["a day of no calendar", cursor({ known: "2025-02-30" })],
  ["more than is asked", { ...cursor(), more: 1 }],
  ["less", { q: "x" }],
  ["a list", [cursor()]],
  ["nothing", null],
])("%s is no cursor", (_what, said) => {
  expect(readCursor("snapshots", Buffer.from(JSON.stringify(said)).toString("base64url"))).toBeUndefined();
});

test("a change of a kind that there is not is no place in the corrections", () => {
  const place = (kind: string) => cursor({ after: ["2026-01-01T00:00:00Z", kind, "a"] });
  expect(readCursor("corrections", written(place("source")))).toBeUndefined();
  expect(readCursor("corrections", written(place("event")))).toEqual(place("event"));
});

test("any text may be sent", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.base64String(),
        fc.json().map((json) => Buffer.from(json).toString("base64url")),
      ),
      (text) => {
        expect(readCursor("snapshots", text)).toBeUndefined();
      },
    ),
  );
});

test("questions that differ in anything have other marks, however long they are", () => {
  const long = "KG,".repeat(200);
  expect(markOf([long, "a"])).not.toBe(markOf([long, "b"]));
  expect(markOf([long, "a"])).toBe(markOf([long, "a"]));
});
