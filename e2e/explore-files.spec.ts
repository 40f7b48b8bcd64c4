import { writeFile } from "node:fs/promises";
import type { APIRequestContext, TestInfo } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { SaxesParser } from "saxes";
import { wordsFor } from "../lib/i18n/words";
import { readWorkbook, sheetRows } from "../lib/imports/files/xlsx";
import { withArchive } from "../lib/imports/files/zip";
import { FIGURE_COLUMNS } from "../lib/open-data/figure-rows";
import { decodePng } from "../tests/pictures/png";
import { expect, test } from "./fixtures";

const VIEWS = ["?c=kg,tj", "?c=kg&v=per_1000", "?c=kg&known=2025-07-26", "?c=uz"];
const TYPES = {
  "figures.csv": /^text\/csv; charset=utf-8/,
  "figures-excel.csv": /^text\/csv; charset=utf-8/,
  "figures.xlsx": /^application\/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet$/,
  "figures.json": /^application\/json; charset=utf-8$/,
  "chart.svg": /^image\/svg\+xml; charset=utf-8$/,
  "chart.png": /^image\/png$/,
};

/** A file's bytes, after its headers were looked at. */
async function fetched(request: APIRequestContext, address: string): Promise<Buffer> {
  const answer = await request.get(address);
  expect(answer.status(), address).toBe(200);
  const file = /explore\/([\w.-]+)/.exec(address)?.[1] as keyof typeof TYPES;
  const headers = answer.headers();
  expect(headers["content-type"]).toMatch(TYPES[file]);
  expect(headers["content-disposition"]).toMatch(/^attachment; filename="muhlat-gray-list-[a-z0-9-]+\.\w+"$/);
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["cache-control"]).toBe("public, max-age=0, must-revalidate");
  expect(headers["set-cookie"]).toBeUndefined();
  return await answer.body();
}

/** The cells of a workbook's first sheet. */
async function firstSheet(workbook: Buffer, info: TestInfo): Promise<string[][]> {
  const file = info.outputPath("figures.xlsx");
  await writeFile(file, workbook);
  return await withArchive(file, async (archive) => {
    const read = await readWorkbook(archive);
    const [sheet] = read.sheets;
    const rows: string[][] = [];
    if (sheet) for await (const { cells } of sheetRows(archive, read, sheet)) rows.push(cells);
    return rows;
  });
}

for (const language of ["en", "ky"] as const)
  for (const query of VIEWS)
    test(`in ${language} every file of ${query} has what the page shows`, async ({ page, request }, info) => {
      const words = wordsFor(language);
      await page.goto(`/${language}/explore${query}`);
      const links = page.getByRole("region", { name: words.t("explore.download") }).getByRole("link");
      const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
      expect(addresses).toEqual(Object.keys(TYPES).map((file) => `/${language}/explore/${file}${query}`));
      const [csv = "", excel = "", xlsx = "", json = "", svg = "", png = ""] = addresses;

      const rows: Record<string, string>[] = parse(await fetched(request, csv), { columns: true });
      const table = await page
        .locator("main table.series tbody a[href*='/snapshots/']")
        .evaluateAll((all) => all.map((a) => a.getAttribute("href")));
      expect(rows.map((row) => new URL(row.url ?? "").pathname)).toEqual(table);
      if (query.includes("known")) expect(rows.map((row) => row.value)).toEqual(["103000", "113000"]);
      if (query === "?c=uz") expect(rows).toEqual([]);

      const spoken = parse(await fetched(request, excel), { bom: true, delimiter: ";" }) as string[][];
      expect(spoken).toHaveLength(rows.length + 1);
      expect(spoken[0]?.[0]).toBe(words.t("explore.country"));
      const column = FIGURE_COLUMNS.indexOf("reading_value") + 1;
      const sign = language === "en" ? "." : ",";
      expect(spoken.slice(1).map((row) => row[column])).toEqual(rows.map((row) => row.reading_value?.replace(".", sign)));

      const cells = await firstSheet(await fetched(request, xlsx), info);
      expect(cells[0]).toEqual(spoken[0]);
      expect(cells.slice(1).map((row) => Number(row[column] ?? ""))).toEqual(
        rows.map((row) => Number(Number(row.reading_value).toPrecision(15))),
      );

      const whole = JSON.parse((await fetched(request, json)).toString());
      expect(whole.data.map((row: { statement_id: string }) => row.statement_id)).toEqual(rows.map((row) => row.statement_id));
      const pinned = new URL(whole.address);
      expect(pinned.searchParams.get("known")).toBe(whole.as_known_on);
      expect(pinned.searchParams.get("recorded")).toBe(whole.as_recorded_at);
      // The same figures stand at the pinned address, in its files too.
      const again = JSON.parse((await fetched(request, json.replace(/\?.*/, pinned.search))).toString());
      const without = (row: Record<string, unknown>) => ({ ...row, url: undefined });
      expect(again.data.map(without)).toEqual(whole.data.map(without));

      const drawing = (await fetched(request, svg)).toString();
      const texts: string[] = [];
      const parser = new SaxesParser();
      parser.on("error", (error) => {
        throw error;
      });
      parser.on("text", (text) => texts.push(text));
      parser.write(drawing).close();
      expect(texts.join("")).toContain(`/${language}/explore?`);
      expect(texts.join(" ")).toContain(words.t("measures.gray_list"));
      expect(drawing).not.toMatch(/<script|var\(/);

      const { width, height } = decodePng(await fetched(request, png));
      expect([width, height]).toEqual([1200, Number(/ height="(\d+)"/.exec(drawing)?.[1])]);
    });

test("a file never shows something else than was asked", async ({ request }) => {
  for (const [address, ...told] of [
    ["/en/explore/figures.csv?c=kg,xx", "c=xx", "two small letters"],
    ["/ru/explore/chart.png?m=grey", "m=grey", "gray_list"],
    ["/ky/explore/figures.xlsx?c=kg&known=2099-01-01", "known=2099-01-01"],
    ["/uz/explore/figures.json?country=kg", "country", "recorded"],
    ["/tg/explore/chart.svg?from=2025-07&to=2025-01", "to=2025-01"],
  ] as const) {
    const answer = await request.get(address);
    expect(answer.status(), address).toBe(400);
    expect(answer.headers()["content-type"]).toBe("text/plain; charset=utf-8");
    const text = await answer.text();
    for (const part of told) expect(text).toContain(part);
  }
});

test("there is no other file, and none in another language", async ({ request }) => {
  for (const address of ["/en/explore/figures.pdf", "/ky/explore/constructor", "/de/explore/figures.csv"]) {
    const answer = await request.get(address);
    expect(answer.status(), address).toBe(404);
    expect(await answer.text()).toContain("figures-excel.csv");
  }
  expect((await request.head("/en/explore/figures.csv?c=kg")).status()).toBe(200);
});
