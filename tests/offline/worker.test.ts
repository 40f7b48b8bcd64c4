import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { offlineWords } from "@/app/_server/offline-words";
import { isPart, isWorthKeeping, languageOfPage, partsOf } from "@/browser/shared/kept-pages";
import { instantIn, type OfflineWords, unkeptPage, withBand } from "@/browser/shared/offline-words";
import { languages } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";

const words: Record<string, OfflineWords> = offlineWords();
const wordsOf = (language: string) => words[language] as OfflineWords;

describe("what is kept", () => {
  test.each(languages)("home, countries, deadlines and days in %s", (language) => {
    for (const rest of ["", "/countries/kg", "/countries/all", "/deadlines", "/deadlines/ru-regularisation", "/days"]) {
      expect(isWorthKeeping(`/${language}${rest}`), rest).toBe(true);
      expect(languageOfPage(`/${language}${rest}`), rest).toBe(language);
    }
  });

  test.each([
    "/",
    "/staff",
    "/staff/record",
    "/api/time",
    "/api/v1/snapshots",
    "/en/embed/countdown",
    "/en/as-known/2025-07-26/countries/kg",
    "/en/method",
    "/en/countries/kg/more",
    "/de/countries/kg",
    "/english",
    "/kyrgyz/days",
    "/og/kg.png",
    "/sw.js",
    "/sources/x/copy",
    "/calendar/kg.ics",
  ])("not %s", (path) => expect(isWorthKeeping(path)).toBe(false));

  test.each(["/staff", "/staff/days", "/api/time", "/", "/english", "/en/embed/chart", "/og/kg.png"])(
    "%s is no public page at all",
    (path) => expect(languageOfPage(path)).toBeUndefined(),
  );

  test("of a page's files its styles and our modules alone, each once", () => {
    const html = `<link rel="stylesheet" href="/_next/static/chunks/a1.css" data-precedence="next"/><link rel="icon" href="/icon.svg"/>
      <link rel="preload" as="script" href="/_next/static/chunks/b.js"/><script src="/_next/static/chunks/b.js" async=""></script>
      <script type="module" src="/js/countdown-AB12.js"></script><script type="module" src="/js/countdown-AB12.js"></script>
      <script type="module" src="https://elsewhere.example/js/x.js"></script><a href="/js/y.js">y</a>`;
    expect(partsOf(html)).toEqual(["/_next/static/chunks/a1.css", "/js/countdown-AB12.js"]);
    for (const part of ["/js/names.json", "/_next/static/chunks/b.js", "/staff/x.css", "/og/kg.png"])
      expect(isPart(part), part).toBe(false);
  });
});

describe.each(languages)("in %s", (language) => {
  test("an instant is written as the pages write it, in every month and at any hour", () => {
    const instant = fc.date({ min: new Date("2024-01-01T00:00:00Z"), max: new Date("2039-12-31T00:00:00Z"), noInvalidDate: true });
    fc.assert(
      fc.property(instant, (at) => {
        expect(instantIn(wordsOf(language).months, at)).toBe(wordsFor(language).instant(at));
      }),
    );
  });

  test("the band stands on top of the page and changes nothing else of it", () => {
    const page = `<!DOCTYPE html><html lang="${language}"><head><title>T</title></head><body class="x"><main>M</main></body></html>`;
    const at = new Date("2026-11-25T15:00:00Z");
    const told = withBand(page, wordsOf(language), at);
    const band = /<body class="x">(<p class="band" role="status">[^<]*<\/p>)<main>/.exec(told)?.[1] ?? "";
    expect(told.replace(band, "")).toBe(page);
    expect(band).toContain(wordsFor(language).instant(at));
    expect(band).not.toMatch(/[{}]/);
  });

  test("a page that is not kept leads to those that are", () => {
    const html = unkeptPage(language, wordsOf(language), [{ path: `/${language}/countries/kg`, title: "A &amp; B" }]);
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).toContain(`<a href="/${language}/countries/kg">A &amp; B</a>`);
    expect(html).not.toContain(wordsOf(language).nothingKept);
    expect(unkeptPage(language, wordsOf(language), [])).toContain(wordsOf(language).nothingKept);
  });

  test("its words are words of HTML as they stand", () => {
    const { months, ...said } = wordsOf(language);
    expect(Object.values(said).filter((text) => /[<>&"]/.test(text))).toEqual([]);
    expect(months).toHaveLength(12);
    for (const month of months) for (const place of ["{day}", "{year}", "{time}"]) expect(month.split(place)).toHaveLength(2);
  });
});
