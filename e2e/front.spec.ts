import { weigh } from "../bench/front/weight";
import { languages } from "../lib/i18n/languages";
import { expect, test } from "./fixtures";

const LIGHT = [
  "",
  "/countries/kg",
  "/countries/all",
  "/snapshots/kg-gray-list-2025-07-01",
  "/corrections",
  "/method",
  "/back-test",
  "/data",
  "/ledger",
];
const POLICY = /^default-src 'none'; script-src 'self'; style-src 'self'( 'sha256-[\w+/=]{44}')+; .*frame-ancestors 'none'$/;

test("light pages hold no script but our own modules, inline or linked, and may run no other", async ({ request }) => {
  for (const language of languages)
    for (const path of [...LIGHT, "/nowhere"]) {
      const answer = await request.get(`/${language}${path}`);
      const html = await answer.text();
      expect(html, path).toContain('data-light="true"');
      const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
      expect(
        scripts.filter((tag) => !/ src="\/js\/[a-z-]+-[A-Z0-9]{8}\.js"| type="application\/ld\+json"/.test(tag)),
        path,
      ).toEqual([]);
      expect(html, path).toMatch(/<head>.*<style>.*<\/style>.*<\/head>/s);
      expect(html, path).not.toMatch(/rel="stylesheet"|__next_f|TURBOPACK|\/_next\/[^"]*\.js|<!--|id="[SBP]:/);
      expect(answer.headers()["content-security-policy"], path).toMatch(POLICY);
      expect(answer.headers()["x-frame-options"], path).toBe("DENY");
    }
});

test("no light page asks the browser for a script of the framework", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  for (const path of LIGHT) await page.goto(`/en${path}`, { waitUntil: "networkidle" });
  expect(asked.filter((path) => path.startsWith("/_next/") && !path.endsWith(".css"))).toEqual([]);
});

test("pages that need the framework keep it", async ({ request }) => {
  for (const path of ["/staff/sign-in", "/staff/second-factor"])
    expect(await (await request.get(path)).text(), path).toContain("/_next/static/chunks/");
});

test("styles and modules are kept by browsers for ever, under names that change with them", async ({ request, page }) => {
  await page.goto("/staff/sign-in");
  const sheet = await page.locator("link[rel=stylesheet]").first().getAttribute("href");
  const names = await (await request.get("/js/names.json")).json();
  for (const file of [sheet ?? "", ...Object.values<string>(names).map((name) => `/js/${name}`)]) {
    const answer = await request.get(file);
    expect(answer.status(), file).toBe(200);
    expect(answer.headers()["cache-control"], file).toBe("public, max-age=31536000, immutable");
  }
  expect((await request.get("/js/names.json")).headers()["cache-control"]).not.toContain("immutable");
});

test("everything that a first visit of the home or a country's page asks for is 30 KB at most, 4 KB of it script", async ({
  browser,
  baseURL,
}) => {
  for (const language of languages)
    for (const path of ["", "/countries/kg"]) {
      const { all, script, document } = await weigh(browser, `${baseURL}/${language}${path}`);
      expect(document, path).toBeGreaterThan(2000);
      expect(all, `${language}${path}`).toBeLessThanOrEqual(30 * 1024);
      expect(script, `${language}${path}`).toBeLessThanOrEqual(4 * 1024);
    }
});
