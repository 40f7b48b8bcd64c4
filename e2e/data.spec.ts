import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";
import { SaxesParser } from "saxes";
import { languages } from "../lib/i18n/languages";
import { wordsFor } from "../lib/i18n/words";
import { measureCodes } from "../lib/measures/rules";
import { needs } from "../tests/setup/debian";
import { expect, expectNoAxeViolations, test } from "./fixtures";

const run = promisify(execFile);

// The page brings no script of its own: what it is with scripts is what it is without.

const FILES = {
  "/data/snapshots.csv": "text/csv; charset=utf-8; header=present",
  "/data/snapshots.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "/data/muhlat.zip": "application/zip",
  "/data/catalog.jsonld": "application/ld+json",
};

for (const language of languages)
  test(`in ${language}: title, what there is, nothing missing, no way sideways from 320 pixels on`, async ({ page }) => {
    const words = wordsFor(language);
    await page.setViewportSize({ width: 320, height: 800 });
    expect((await page.goto(`/${language}/data`))?.status()).toBe(200);
    await expect(page).toHaveTitle(`${words.t("data.title")} · Muhlat`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.t("data.title"));
    expect(await page.locator("html").evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(320);
    const text = await page.getByRole("main").innerText();
    expect(text).toContain(words.t("files.licenceText"));
    expect(text).toMatch(/\b1\.\d+\.\d+\b/);
    expect(text).not.toMatch(/undefined|NaN|\[object|\bdata\.(?:title|lead|files|state)\b/);
    await expectNoAxeViolations(page);
    await expect(page.getByRole("contentinfo").getByRole("link", { name: words.t("data.title") })).toHaveAttribute("aria-current", "page");
  });

test("every file it names is there, under its own type, and is answered by a short word to who has it already", async ({
  page,
  request,
}) => {
  await page.goto("/en/data");
  const links = page.getByRole("region", { name: "Files" }).getByRole("link");
  const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  expect(addresses).toEqual(Object.keys(FILES));
  for (const [address, type] of Object.entries(FILES)) {
    const answer = await request.get(address);
    expect(answer.status(), address).toBe(200);
    const headers = answer.headers();
    expect(headers["content-type"]).toBe(type);
    // What is packed already becomes no smaller.
    expect(headers["content-encoding"], address).toBe(/csv|json/.test(type) ? "br" : undefined);
    expect(headers).toMatchObject({ vary: "Accept-Encoding", "accept-ranges": "none", "ratelimit-policy": '"files";q=30;w=600' });
    expect(headers["cache-control"]).toBe("public, max-age=0, must-revalidate");
    expect(headers["content-disposition"]).toMatch(/^attachment; filename="muhlat[\w.-]*"$/);
    expect(headers["set-cookie"]).toBeUndefined();
    expect((await answer.body()).length).toBeGreaterThan(1000);
    const head = await request.head(address);
    expect([head.status(), head.headers().etag]).toEqual([200, headers.etag]);
    expect((await request.get(address, { headers: { "if-none-match": headers.etag ?? "" } })).status(), address).toBe(304);
  }
  for (const link of await page.getByRole("main").getByRole("link").all()) {
    const address = (await link.getAttribute("href")) ?? "";
    // Whole files are counted, what is asked of them is not.
    const ask = address.startsWith("/data/") ? request.head : request.get;
    if (address.startsWith("/")) expect((await ask.call(request, address)).status(), address).toBe(200);
  }
});

for (const language of languages)
  test(`search engines are told in ${language} what a dataset must say of itself`, async ({ page, request, baseURL }) => {
    await page.goto(`/${language}/data`);
    const told = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? "");
    const words = wordsFor(language);
    expect(told).toMatchObject({
      "@context": "https://schema.org/",
      "@type": "Dataset",
      name: words.t("data.name"),
      url: `${baseURL}/${language}/data`,
      license: "https://creativecommons.org/licenses/by/4.0/",
      creator: { "@type": "Organization", name: "Muhlat" },
      isAccessibleForFree: true,
      spatialCoverage: { "@type": "Place" },
    });
    expect(told.description.length).toBeGreaterThanOrEqual(50);
    expect(told.description.length).toBeLessThanOrEqual(5000);
    expect(Number.isNaN(Date.parse(told.dateModified))).toBe(false);
    expect(told.temporalCoverage).toMatch(/^\d{4}-\d\d-\d\d\/\d{4}-\d\d-\d\d$/);
    expect(told.variableMeasured.map((one: { propertyID: string }) => one.propertyID)).toEqual(measureCodes);
    expect(told.distribution).toHaveLength(4);
    for (const { "@type": type, encodingFormat, contentUrl } of told.distribution) {
      expect(type).toBe("DataDownload");
      const answer = await request.head(contentUrl);
      expect(answer.status(), contentUrl).toBe(200);
      expect(answer.headers()["content-type"]?.split(";")[0]).toBe(encodingFormat);
    }
  });

/** How each is run, and what it then says of Kyrgyzstan's gray list. */
const PROGRAMS = {
  curl: { command: (code: string) => ["bash", "-c", code], says: /^kg-gray-list-2025-09-11,.*,73278,/m },
  python: { command: (code: string) => ["python3", "-c", code], says: /^2025-09-11 \w+ 73278 http/m },
  javascript: {
    command: (code: string) => [process.execPath, "--input-type=module", "-e", code],
    says: /^KG \d+ \d{4}-\d\d-\d\d known on \d{4}-\d\d-\d\d$/m,
  },
};

// The examples are for readers' machines, which have these.
test.beforeAll(() => {
  for (const program of ["curl", "python3"]) needs(program, program);
});

for (const [name, { command, says }] of Object.entries(PROGRAMS))
  test(`the example for ${name} runs as it stands`, async ({ page }) => {
    await page.goto("/en/data");
    const code = (await page.locator(`pre#${name}`).textContent()) ?? "";
    const [program = "", ...given] = command(code);
    const { stdout } = await run(program, given, { env: { ...process.env, FORCE_COLOR: "0" } });
    expect(stdout).toMatch(says);
  });

test("Python's csv module reads the table as it was meant: as many rows, numbers, empty cells, letters", async ({ request, baseURL }) => {
  const code = `
import csv, io, json, sys, urllib.request
with urllib.request.urlopen(sys.argv[1]) as answer:
    rows = list(csv.DictReader(io.TextIOWrapper(answer, encoding="utf-8-sig", newline="")))
print(json.dumps({"rows": {row["statement_id"]: row for row in rows}, "odd": [row for row in rows if None in row or None in row.values()]}))`;
  const { stdout } = await run("python3", ["-c", code, `${baseURL}/data/snapshots.csv`], { maxBuffer: 64 * 1024 * 1024 });
  const { rows, odd } = JSON.parse(stdout);
  expect(odd).toEqual([]);
  const { data } = await (await request.get("/api/v1/snapshots?limit=1000")).json();
  // Others may record between the two.
  const both = data.filter(({ statement_id }: { statement_id: string }) => rows[statement_id]);
  expect(both.length).toBeGreaterThan(35);
  for (const statement of both) {
    const row = rows[statement.statement_id];
    for (const name of ["value", "low", "high"]) expect(row[name] === "" ? null : Number(row[name])).toBe(statement[name]);
    for (const name of ["country", "measure", "as_of", "qualifier", "known_from"]) expect(row[name]).toBe(statement[name] ?? "");
  }
});

test("Excel and Sheets ask for addresses that are tables, and R for columns that are there", async ({ page, request, baseURL }) => {
  await page.goto("/en/data");
  for (const name of ["excel", "sheets", "r"]) {
    const code = (await page.locator(`pre#${name}`).textContent()) ?? "";
    const address = /"(http[^"]+)"/.exec(code)?.[1] ?? "";
    expect(address.startsWith(baseURL ?? "-")).toBe(true);
    const answer = await request.get(address);
    expect(answer.headers()["content-type"]).toContain("text/csv");
    const [head = [], ...rows]: string[][] = parse(await answer.body(), { record_delimiter: "\r\n" });
    expect(rows.length).toBeGreaterThan(3);
    if (name === "r")
      for (const [, column = ""] of (/c\((.*)\)\]/.exec(code)?.[1] ?? "").matchAll(/"(\w+)"/g)) expect(head).toContain(column);
  }
});

test("search engines find every page in five languages, and not the desk", async ({ request, baseURL }) => {
  const robots = await (await request.get("/robots.txt")).text();
  expect(robots).toContain("Disallow: /staff\n");
  expect(robots).toContain(`Sitemap: ${baseURL}/sitemap.xml`);
  const answer = await request.get("/sitemap.xml");
  expect(answer.headers()["content-type"]).toBe("application/xml; charset=utf-8");
  const pages = new Map<string, string[]>();
  let loc = "";
  let inside = "";
  const changed = new Map<string, string>();
  const parser = new SaxesParser({ xmlns: true });
  parser.on("opentag", ({ local, attributes }) => {
    inside = local;
    if (local === "link") pages.get(loc)?.push(`${attributes.hreflang?.value} ${attributes.href?.value}`);
  });
  parser.on("text", (text) => {
    if (!text.trim()) return;
    if (inside === "lastmod") changed.set(loc, text);
    if (inside !== "loc") return;
    loc = text;
    pages.set(loc, []);
  });
  parser.write(await answer.text()).close();
  for (const path of ["", "/data", "/back-test", "/countries/kg", "/deadlines"])
    for (const language of languages)
      expect(pages.get(`${baseURL}/${language}${path}`)).toEqual(languages.map((code) => `${code} ${baseURL}/${code}${path}`));
  for (const address of pages.keys()) expect(address).not.toContain("/staff");
  // Every figure that counts, with the instant at which it was last recorded; what is of every day says none.
  const figures = await (await request.get("/api/v1/snapshots?limit=1000")).json();
  expect(figures.data.length).toBeGreaterThan(20);
  const recorded = new Map((figures.data as { url: string; recorded_at: string }[]).map((row) => [row.url, row.recorded_at]));
  for (const [url, at] of recorded)
    for (const language of languages) expect(changed.get(url.replace("/en/", `/${language}/`)), url).toBe(at);
  expect(changed.get(`${baseURL}/ky/countries/kg`)).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(changed.get(`${baseURL}/en`)).toBeUndefined();
  const [first = "", ...others] = [...pages.keys()].filter((address) => address.startsWith(`${baseURL}/en`));
  for (const address of [first, ...others]) expect((await request.get(address)).status(), address).toBe(200);
});

test("where no address for letters is set there is no word on whom to tell of a hole", async ({ request }) => {
  const answer = await request.get("/.well-known/security.txt");
  expect(answer.status()).toBe(404);
});
