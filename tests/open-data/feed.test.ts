import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import type { Correction, OtherCorrection, Said } from "@/lib/corrections/read";
import { languages } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { momentOf } from "@/lib/moments/rules";
import { atomOf, jsonFeedOf } from "@/lib/open-data/feed";
import { feedOf, MOST_ENTRIES } from "@/lib/open-data/feed-of";
import type { News } from "@/lib/open-data/news";
import type { Snapshot } from "@/lib/snapshots/rules";
import { april, deadline, september } from "../deadlines/deadlines";
import { bare, hostile } from "./hostile";

const at = (iso: string) => new Date(iso);
const figure = (statementId: string, more: Partial<Snapshot> = {}, title = "24.kg"): Snapshot => ({
  statementId,
  revision: 1,
  country: "KG",
  measure: "gray_list",
  periodStart: null,
  asOf: momentOf("2025-07"),
  answer: { kind: "figure", figure: { qualifier: "about", value: 113_000 }, wording: null, childrenShare: null },
  note: null,
  rank: "normal",
  restates: null,
  recordedAt: at("2025-08-01T00:00:00Z"),
  knownFrom: at("2025-08-01T00:00:00Z"),
  source: { id: "s", title, publisher: null, speaker: "Bakyt", speakerRole: null, publishedOn: null, url: null },
  ...more,
});
const said = (value: number): Said => ({
  country: "KG",
  measure: "gray_list",
  asOf: momentOf("2025-07"),
  answer: { kind: "figure", figure: { qualifier: "more_than", value }, wording: null, childrenShare: null },
  rank: "normal",
  withdrawn: false,
});
const correction: Correction = {
  statementId: "one",
  revision: 2,
  at: at("2025-08-03T00:00:00Z"),
  reason: "Misheard",
  sourceTitle: "24.kg",
  before: said(1000),
  after: said(2000),
  changed: [{ field: "note", before: undefined, after: "On the registry" }],
};
const other: OtherCorrection = {
  feature: "deadlines",
  statementId: "april",
  revision: 2,
  at: at("2025-08-04T00:00:00Z"),
  reason: "The decree says so",
  before: { when: "2025-04-29", text: { en: "Decree" } },
  after: { when: "2025-04-30", text: { en: "Decree" }, withdrawn: false },
  changed: [{ field: "day_counts", before: true, after: false }],
};
const times = (iso: string) => ({ first: at(iso), last: at(iso) });
const news = (more: Partial<News> = {}): News => ({
  country: "KG",
  zone: "Asia/Bishkek",
  origin: "https://muhlat.example",
  deadlines: [april, september],
  times: new Map([
    ["april", times("2025-01-01T00:00:00Z")],
    ["september", times("2025-05-16T00:00:00Z")],
  ]),
  figures: [{ snapshot: figure("one"), first: at("2025-07-30T00:00:00Z") }],
  corrections: [correction],
  otherCorrections: [other],
  ...more,
});

/** An element of XML as read: its name, its attributes, its text and what stands in it. */
type Element = { name: string; attributes: Record<string, string>; text: string; children: Element[] };

function parsed(xml: string): Element {
  const root: Element = { name: "", attributes: {}, text: "", children: [] };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", (tag) => {
    const attributes = Object.fromEntries(Object.entries(tag.attributes).map(([name, { value }]) => [name, value]));
    const element = { name: `${tag.uri}|${tag.local}`, attributes, text: "", children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    for (const element of open) element.text += text;
  });
  parser.on("closetag", () => open.pop());
  parser.write(xml).close();
  const [top] = root.children;
  if (!top) throw new Error("no element");
  return top;
}

const ATOM = "http://www.w3.org/2005/Atom";
const named = (element: Element, name: string) => element.children.filter((child) => child.name === `${ATOM}|${name}`);
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What RFC 4287 demands of a feed and its entries, sections 4.1.1 and 4.1.2; the answer is its entries. */
function expectAtom(xml: string): Element[] {
  const feed = parsed(xml);
  expect(feed.name).toBe(`${ATOM}|feed`);
  const entries = named(feed, "entry");
  for (const part of [feed, ...entries]) {
    for (const once of ["id", "title", "updated"]) expect(named(part, once)).toHaveLength(1);
    expect(named(part, "id")[0]?.text).toMatch(/^tag:muhlat\.example,2026:[\w%/-]+$/);
    expect(named(part, "updated")[0]?.text).toMatch(ISO);
    expect(named(part, "author").map((author) => named(author, "name").length)).toEqual([1]);
    expect(named(part, "link").filter(({ attributes }) => attributes.rel === "alternate")).toHaveLength(1);
  }
  expect(new Set(entries.map((entry) => named(entry, "id")[0]?.text)).size).toBe(entries.length);
  for (const entry of entries) {
    const [content] = named(entry, "content");
    expect(content?.attributes).toEqual({ type: "xhtml" });
    expect(content?.children.map(({ name }) => name)).toEqual(["http://www.w3.org/1999/xhtml|div"]);
  }
  return entries;
}

const feed = (of: News, language: (typeof languages)[number] = "en") => feedOf(of, wordsFor(language));
const text = (element: Element | undefined, name: string) => (element && named(element, name)[0]?.text) ?? "";

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

/** The shape of XML: what stands in what, whatever is said there. */
const shape = ({ name, children }: Element): unknown => [name, children.filter(({ name }) => !name.endsWith("|p")).map(shape)];

test("whatever a text holds, neither feed's structure changes, and what it says is kept", () => {
  const plain = feed(news());
  fc.assert(
    fc.property(hostile, hostile, hostile, (title, note, reason) => {
      const made = feed(
        news({
          deadlines: [{ ...april, basis: { en: note }, source: { ...april.source, title } }, september],
          figures: [{ snapshot: figure("one", { note }, title), first: at("2025-07-30T00:00:00Z") }],
          corrections: [{ ...correction, reason, sourceTitle: title }],
        }),
      );
      const xml = atomOf(made);
      expectAtom(xml);
      const read = parsed(xml);
      expect(shape(read)).toEqual(shape(parsed(atomOf(plain))));
      for (const each of [title, note, reason]) expect(bare(read.text)).toContain(bare(each));
      const json = JSON.parse(jsonFeedOf(made));
      expect(json.items).toHaveLength(plain.entries.length);
      for (const { content_html } of json.items) parsed(`<div>${content_html}</div>`);
    }),
    { numRuns: 150 },
  );
}, 30_000);

test("a correction says of every field what it said and what it says now", () => {
  const texts = jsonFeedOf(feedOf(news({ corrections: [correction], otherCorrections: [other] }), wordsFor("en")));
  const words = typeof texts === "string" ? texts : JSON.stringify(texts);
  expect(words).toContain("Before: –. Now: On the registry.");
  expect(words).toContain("The day counts: Before: yes. Now: no.");
});
