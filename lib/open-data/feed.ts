import type { Language } from "../i18n/languages";
import type { Line } from "./deadline-lines";
import { fitLine, fitText } from "./text";

/** One piece of news: what, in words, who said it, and when the record first and last wrote it down. */
export type Entry = {
  /** The same in every language and for ever. */
  id: string;
  url: string;
  title: string;
  lines: Line[];
  /** As sources write their speakers, in whatever language. */
  author: string;
  published: Date;
  updated: Date;
};

export type Feed = {
  id: string;
  title: string;
  language: Language;
  /** The page that tells the same to people. */
  home: string;
  atom: string;
  json: string;
  /** Newest first. */
  entries: readonly Entry[];
};

const SIGNS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;" };
const attribute = (text: string) => fitText(text).replace(/[&<>"\n]/g, (sign) => SIGNS[sign] ?? "");
const xml = (text: string) => fitText(text).replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? "");

/** The lines as paragraphs that are XHTML and HTML alike. */
function paragraphs(lines: readonly Line[]): string {
  return lines
    .flatMap(({ text, language }) => {
      const marked = language === undefined ? "" : ` lang="${language}" xml:lang="${language}"`;
      return fitText(text)
        .split("\n")
        .map((line) => `<p${marked}>${xml(line)}</p>`);
    })
    .join("");
}

const newest = ({ entries }: Feed): Date => new Date(Math.max(0, ...entries.map(({ updated }) => updated.getTime())));

const entryAtom = (entry: Entry) => `<entry>
<id>${xml(entry.id)}</id>
<title>${xml(fitLine(entry.title))}</title>
<link rel="alternate" type="text/html" href="${attribute(entry.url)}"/>
<published>${entry.published.toISOString()}</published>
<updated>${entry.updated.toISOString()}</updated>
<author><name xml:lang="">${xml(fitLine(entry.author))}</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${paragraphs(entry.lines)}</div></content>
</entry>
`;

/** A feed as Atom (RFC 4287). Without any entry it was last updated in 1970. */
export function atomOf(feed: Feed): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language}">
<id>${xml(feed.id)}</id>
<title>${xml(fitLine(feed.title))}</title>
<link rel="self" type="application/atom+xml" href="${attribute(feed.atom)}"/>
<link rel="alternate" type="text/html" hreflang="${feed.language}" href="${attribute(feed.home)}"/>
<updated>${newest(feed).toISOString()}</updated>
<author><name>Muhlat</name></author>
${feed.entries.map(entryAtom).join("")}</feed>
`;
}

/** The same as JSON Feed 1.1. */
export function jsonFeedOf(feed: Feed): string {
  const told = {
    version: "https://jsonfeed.org/version/1.1",
    title: fitLine(feed.title),
    home_page_url: feed.home,
    feed_url: feed.json,
    language: feed.language,
    authors: [{ name: "Muhlat" }],
    items: feed.entries.map((entry) => ({
      id: entry.id,
      url: entry.url,
      title: fitLine(entry.title),
      content_html: paragraphs(entry.lines),
      date_published: entry.published.toISOString(),
      date_modified: entry.updated.toISOString(),
      authors: [{ name: fitLine(entry.author) }],
    })),
  };
  return `${JSON.stringify(told, null, 1)}\n`;
}
