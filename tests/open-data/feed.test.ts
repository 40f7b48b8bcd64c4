import { describe, expect, test } from "vitest";
import { languages } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { atomOf, jsonFeedOf } from "@/lib/open-data/feed";
import { feedOf, MOST_ENTRIES } from "@/lib/open-data/feed-of";
import { april, deadline, september } from "../deadlines/deadlines";
import { at, correction, expectAtom, feed, figure, news, other, parsed, text, times } from "./news";

describe("a feed", () => {
  test("tells deadlines, figures and corrections, newest first, each with who said it", () => {
    const entries = expectAtom(atomOf(feed(news())));
    expect(entries.map((entry) => [text(entry, "title"), text(entry, "author"), text(entry, "updated").slice(0, 10)])).toEqual([
      ["Corrected: Deadline, 29 April 2025", "Muhlat", "2025-08-04"],
      ["Corrected: Kyrgyzstan, Gray list", "Muhlat", "2025-08-03"],
      ["Kyrgyzstan, Gray list: about 113,000", "Bakyt", "2025-08-01"],
      ["Deadline 30 April 2025: Citizens of all countries", "Somewhere", "2025-05-16"],
      ["Deadline extended to 10 September 2025: Citizens of all countries", "Somewhere", "2025-05-16"],
    ]);
    expect(text(entries[0], "content")).toContain("Before: 29 April 2025. Now: 30 April 2025.");
    expect(text(entries[1], "content")).toContain("Before: more than 1,000, July 2025. Now: more than 2,000, July 2025.");
    expect(text(entries[1], "content")).toContain("Misheard");
    expect(text(entries[2], "content")).toContain("about 113,000 people, as of July 2025");
    expect(text(entries[2], "published").slice(0, 10)).toBe("2025-07-30");
    expect(text(entries[3], "content")).toContain("Extended to 10 September 2025");
    expect(text(entries[4], "content")).toContain("11 September 2025, 02:59 in Bishkek");
  });

  test("tells a cancellation, and what it cancelled as cancelled", () => {
    const gone = deadline("gone", "2025-09-10", { replaces: "september", cancelled: true });
    const all = news({ deadlines: [april, september, gone], times: new Map([...news().times, ["gone", times("2025-06-01T00:00:00Z")]]) });
    const [first, second] = expectAtom(atomOf(feed({ ...all, corrections: [], otherCorrections: [], figures: [] })));
    expect(text(first, "title")).toBe("Deadline 10 September 2025 cancelled: Citizens of all countries");
    expect(text(second, "content")).toContain("Cancelled: it no longer holds");
  });

  test("says extended to nobody whom the extension leaves out", () => {
    const kyrgyz = deadline("longer", "2025-12-31", { replaces: "september", countries: ["KG"] });
    const of = (country: string) => {
      const all = { deadlines: [september, kyrgyz], times: new Map([...news().times, ["longer", times("2025-06-01T00:00:00Z")]]) };
      const entries = expectAtom(atomOf(feed(news({ ...all, country, figures: [], corrections: [], otherCorrections: [] }))));
      return text(
        entries.find((entry) => text(entry, "title").includes("10 September")),
        "content",
      );
    };
    expect(of("KG")).toContain("Extended to 31 December 2025");
    for (const country of ["TJ", "ALL"]) expect(of(country)).not.toContain("Extended to");
  });

  test("leaves out what does not bind the country; everybody's feed has it", () => {
    const tajik = deadline("tajik", "2025-09-10", { countries: ["TJ"], chain: "other" });
    const only = {
      deadlines: [tajik],
      times: new Map([["tajik", times("2025-06-01T00:00:00Z")]]),
      figures: [],
      corrections: [],
      otherCorrections: [],
    };
    expect(expectAtom(atomOf(feed(news(only))))).toHaveLength(0);
    expect(expectAtom(atomOf(feed(news({ ...only, country: "ALL" }))))).toHaveLength(1);
  });

  test("ends somewhere", () => {
    const figures = Array.from({ length: 80 }, (_, n) => ({ snapshot: figure(`figure-${n}`), first: at("2025-07-30T00:00:00Z") }));
    expect(expectAtom(atomOf(feed(news({ figures }))))).toHaveLength(MOST_ENTRIES);
  });

  test.each(languages)("speaks %s, and is the same as JSON Feed 1.1 under the same names", (language) => {
    const made = feed(news(), language);
    const xml = atomOf(made);
    const entries = expectAtom(xml);
    expect(parsed(xml).attributes["xml:lang"]).toBe(language);
    const json = JSON.parse(jsonFeedOf(made));
    expect(json).toMatchObject({
      version: "https://jsonfeed.org/version/1.1",
      title: text(parsed(xml), "title"),
      home_page_url: `https://muhlat.example/${language}/countries/kg`,
      feed_url: `https://muhlat.example/feed/kg.json?lang=${language}`,
      language,
    });
    expect(json.items.map(({ id, title, date_modified }: Record<string, string>) => [id, title, date_modified])).toEqual(
      entries.map((entry) => ["id", "title", "updated"].map((name) => text(entry, name))),
    );
    for (const item of json.items) {
      expect(item.content_html).toMatch(/^<p/);
      expect(item.authors).toEqual([{ name: expect.stringMatching(/./) }]);
    }
    // The names of entries are those of every language.
    expect(json.items.map(({ id }: { id: string }) => id)).toEqual(feed(news()).entries.map(({ id }) => id));
    expect(jsonFeedOf(feed(news(), language))).toBe(jsonFeedOf(made));
  });

  test("marks what is in another language", () => {
    const xml = atomOf(feed(news(), "ky"));
    expect(xml).toContain('<p lang="en" xml:lang="en">Decree</p>');
    expect(xml).toContain('<name xml:lang="">Bakyt</name>');
  });
});

test("a correction says of every field what it said and what it says now", () => {
  const texts = jsonFeedOf(feedOf(news({ corrections: [correction], otherCorrections: [other] }), wordsFor("en")));
  const words = typeof texts === "string" ? texts : JSON.stringify(texts);
  expect(words).toContain("Before: –. Now: On the registry.");
  expect(words).toContain("The day counts: Before: yes. Now: no.");
});
