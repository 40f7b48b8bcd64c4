import { SaxesParser } from "saxes";
import { expect } from "vitest";
import type { Correction, OtherCorrection, Said } from "@/lib/corrections/read";
import type { languages } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { momentOf } from "@/lib/moments/rules";
import { feedOf } from "@/lib/open-data/feed-of";
import type { News } from "@/lib/open-data/news";
import type { Snapshot } from "@/lib/snapshots/rules";
import { april, september } from "../deadlines/deadlines";

export const at = (iso: string) => new Date(iso);
export const figure = (statementId: string, more: Partial<Snapshot> = {}, title = "24.kg"): Snapshot => ({
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
export const said = (value: number): Said => ({
  country: "KG",
  measure: "gray_list",
  asOf: momentOf("2025-07"),
  answer: { kind: "figure", figure: { qualifier: "more_than", value }, wording: null, childrenShare: null },
  rank: "normal",
  withdrawn: false,
});
export const correction: Correction = {
  statementId: "one",
  revision: 2,
  at: at("2025-08-03T00:00:00Z"),
  reason: "Misheard",
  sourceTitle: "24.kg",
  before: said(1000),
  after: said(2000),
  changed: [{ field: "note", before: undefined, after: "On the registry" }],
};
export const other: OtherCorrection = {
  feature: "deadlines",
  statementId: "april",
  revision: 2,
  at: at("2025-08-04T00:00:00Z"),
  reason: "The decree says so",
  before: { when: "2025-04-29", text: { en: "Decree" } },
  after: { when: "2025-04-30", text: { en: "Decree" }, withdrawn: false },
  changed: [{ field: "day_counts", before: true, after: false }],
};
export const times = (iso: string) => ({ first: at(iso), last: at(iso) });
export const news = (more: Partial<News> = {}): News => ({
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
export type Element = { name: string; attributes: Record<string, string>; text: string; children: Element[] };

export function parsed(xml: string): Element {
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

export const ATOM = "http://www.w3.org/2005/Atom";
export const named = (element: Element, name: string) => element.children.filter((child) => child.name === `${ATOM}|${name}`);
export const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What RFC 4287 demands of a feed and its entries, sections 4.1.1 and 4.1.2; the answer is its entries. */
export function expectAtom(xml: string): Element[] {
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

export const feed = (of: News, language: (typeof languages)[number] = "en") => feedOf(of, wordsFor(language));
export const text = (element: Element | undefined, name: string) => (element && named(element, name)[0]?.text) ?? "";
