import { describe, expect, test } from "vitest";
import { isElsewhere } from "@/server/face";

describe("a process for the public alone", () => {
  test.each(["/", "/en", "//", "//:99999/x", "http://", "/%", "*", "/staffing", "/en/staff"])("answers %s", (url) => {
    expect(isElsewhere("public", { url, method: "GET" })).toBe(false);
  });

  test.each(["/staff", "/staff/sign-in?a=b", "/x/../staff", "http://elsewhere/staff"])("knows nothing of %s", (url) => {
    expect(isElsewhere("public", { url, method: "GET" })).toBe(true);
  });

  test.each(["POST", "PUT", "DELETE", "PATCH"])("takes nothing in by %s", (method) => {
    for (const url of ["/en", "//", "/api/v1/snapshots"]) expect(isElsewhere("public", { url, method })).toBe(true);
  });
});

test("a process for staff alone answers nobody else, and one for all answers everybody", () => {
  for (const url of ["/", "/en", "/data/snapshots.csv", "/staffing"]) expect(isElsewhere("staff", { url })).toBe(true);
  for (const url of ["/staff", "/staff?x", "/api/v1/snapshots", "/_next/static/a.js", "/icon.svg"])
    expect(isElsewhere("staff", { url })).toBe(false);
  for (const url of ["/", "/staff", "//"]) expect(isElsewhere("all", { url, method: "POST" })).toBe(false);
});
