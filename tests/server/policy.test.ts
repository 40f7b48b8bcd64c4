import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { fileHeaders, pageHeaders, passedHeaders, strictTransport, styleHash } from "@/server/policy";

const POLICY = "content-security-policy";

test("nothing but what is made for it stands in other sites' frames", () => {
  expect(pageHeaders("/en/countries/kg")).toMatchObject({
    "x-frame-options": "DENY",
    [POLICY]: expect.stringContaining("frame-ancestors 'none'"),
  });
  const embed = pageHeaders("/ky/embed/countdown");
  expect(embed[POLICY]).toContain("frame-ancestors *");
  expect(embed).not.toHaveProperty("x-frame-options");
  for (const path of ["/en", "/en/embed", "/de/embed/countdown", "/en/embed/chart/x"])
    expect(pageHeaders(path)[POLICY], path).toContain("frame-ancestors 'none'");
});

test("no policy lets anything run or be drawn because it stands in the page", () => {
  const every = [
    pageHeaders("/en"),
    pageHeaders("/ky/embed/countdown", [styleHash("a")]),
    fileHeaders(),
    fileHeaders([styleHash("a")]),
    passedHeaders("/staff/record", "abc"),
    passedHeaders("/data/snapshots.csv", "abc"),
  ];
  for (const headers of every) {
    expect(headers[POLICY]).toMatch(/^default-src 'none';/);
    expect(headers[POLICY]).not.toMatch(/unsafe|https?:|\*(?!$)/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("same-origin");
  }
});

test("a sheet that stands in a page is named by its hash, a script of staff by a word for one answer", () => {
  const hash = createHash("sha256").update("body{color:red}").digest("base64");
  expect(pageHeaders("/en", [styleHash("body{color:red}")])[POLICY]).toContain(`style-src 'self' 'sha256-${hash}';`);
  expect(pageHeaders("/en")[POLICY]).toContain("script-src 'self';");
  expect(passedHeaders("/staff", "abc")[POLICY]).toContain("script-src 'self' 'nonce-abc';");
  for (const path of ["/staffing", "/en", "/api/v1/countries"]) expect(passedHeaders(path, "abc")[POLICY], path).not.toContain("nonce");
});

test("forms lead to ourselves alone, and those of staff to the provider they sign in with", () => {
  expect(passedHeaders("/staff/sign-in", "abc", "https://id.example")[POLICY]).toContain("form-action 'self' https://id.example;");
  for (const headers of [pageHeaders("/en"), passedHeaders("/staff", "abc")]) expect(headers[POLICY]).toContain("form-action 'self';");
});

test("stored copies say themselves what may be done with them", () => {
  for (const path of ["/sources/x/copy", "/staff/sources/x/copy"]) expect(passedHeaders(path, "abc"), path).not.toHaveProperty(POLICY);
});

test("who came by TLS is told to come by nothing else; who cannot is not", () => {
  expect(strictTransport("https://muhlat.example")).toMatch(/^max-age=\d{8}$/);
  expect(strictTransport("http://127.0.0.1:3000")).toBeUndefined();
});
