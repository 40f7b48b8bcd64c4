import { describe, expect, test } from "vitest";
import { encodingFor, names, turnOf } from "@/server/front/document";

describe("how it is sent", () => {
  test.each([
    [undefined, "identity"],
    ["", "identity"],
    ["gzip, deflate, br", "br"],
    ["gzip, deflate", "gzip"],
    ["GZIP", "gzip"],
    ["br;q=0, gzip;q=0.5", "gzip"],
    ["br;q=0.000", "identity"],
    ["zstd, brotli", "identity"],
    ["br;q=0.1", "br"],
  ])("to who takes %j: %s", (accepted, encoding) => {
    expect(encodingFor(accepted)).toBe(encoding);
  });

  test.each([
    ['"a"', true],
    ['W/"a"', true],
    ['"b", W/"a"', true],
    ["*", true],
    ['"a-br"', false],
    ["a", false],
    [undefined, false],
  ])("who has %j has it already: %s", (header, has) => {
    expect(names(header, '"a"')).toBe(has);
  });
});

describe("when it turns", () => {
  const at = Date.parse("2025-09-10T20:50:00Z");
  test("at the next quarter of an hour, on which the midnights of all zones fall", () => {
    expect(new Date(turnOf("<p>nothing</p>", at)).toISOString()).toBe("2025-09-10T21:00:00.000Z");
    expect(new Date(turnOf("", Date.parse("2025-09-10T21:00:00Z"))).toISOString()).toBe("2025-09-10T21:15:00.000Z");
  });
  test("at the first instant its elements name that is ahead", () => {
    const html =
      '<article data-turns="2025-09-10T20:40:00Z"></article><article data-turns="2025-09-10T20:52:30.000Z"></article><i data-turns="never"></i>';
    expect(new Date(turnOf(html, at)).toISOString()).toBe("2025-09-10T20:52:30.000Z");
  });
});
