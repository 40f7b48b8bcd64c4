import type { ComponentProps } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { SnapshotBody } from "@/app/_components/snapshot-body";
import { languages } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import type { FigureSnapshot, Revision } from "@/lib/snapshots/rules";
import { standingOf } from "@/lib/snapshots/standing";
import { figureOf, knownOn, noFigureOf } from "../snapshots/statements";

type Props = ComponentProps<typeof SnapshotBody>;
const english = wordsFor("en");
const source = { ...figureOf("2025-07-01", 1).source, title: "AKIpress", speaker: "The ambassador", publishedOn: "2025-07-24" };
const said = {
  ...figureOf("2025-07-01/2025-07-05", { qualifier: "about", value: 113_000 }, { source, ...knownOn("2025-07-24") }),
  statementId: "july",
};
const revision = (snapshot: Revision["snapshot"], more: Partial<Revision> = {}): Revision => ({
  snapshot,
  state: "published",
  reason: null,
  recordedBy: "somebody",
  publishedBy: "somebody",
  confirmation: null,
  tokenId: null,
  ...more,
});
const props = (more: Partial<Props> = {}): Props => ({
  revisions: [revision(said)],
  copy: undefined,
  standing: { ...standingOf(said, [said]), counts: true, reasons: new Map() },
  restated: undefined,
  restating: [],
  sealed: undefined,
  pinned: { knownOn: "2026-06-01", recordedAt: new Date("2026-05-01T10:00:00Z") },
  origin: "https://muhlat.example",
  accessed: "2026-06-01",
  words: english,
  ...more,
});
const htmlOf = (more: Partial<Props> = {}) => renderToStaticMarkup(<SnapshotBody {...props(more)} />);
const textOf = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
const citedIn = (html: string) => /<textarea[^>]*>([^<]*)</.exec(html)?.[1] ?? "";

describe("how to cite", () => {
  test("one line with count, country, figure, time, who said it, the address for good and the pinned one", () => {
    expect(citedIn(htmlOf())).toBe(
      "Gray list, Kyrgyzstan: about 113,000, as of 1–5 July 2025. The ambassador, AKIpress, published 24 July 2025. " +
        "Muhlat, https://muhlat.example/en/snapshots/july (accessed 1 June 2026). As known on 1 June 2026: " +
        "https://muhlat.example/en/as-known/2026-06-01/snapshots/july?recorded=2026-05-01T10%3A00%3A00.000Z",
    );
  });

  test.each(languages)("in the manner of %s", (language) => {
    const words = wordsFor(language);
    const line = citedIn(htmlOf({ words }));
    for (const part of [
      words.figure(said.answer.figure),
      words.moment(said.asOf),
      words.country("KG"),
      words.t("measures.gray_list"),
      "The ambassador",
      "Muhlat",
      `https://muhlat.example/${language}/snapshots/july`,
      `https://muhlat.example/${language}/as-known/2026-06-01/snapshots/july?recorded=2026-05-01T10%3A00%3A00.000Z`,
    ])
      expect(line).toContain(part);
  });

  test("a past day is pinned as such, and nothing where it does not know the statement", () => {
    expect(citedIn(htmlOf({ pinned: { knownOn: "2025-07-26", recordedAt: new Date("2026-05-01T10:00:00Z") } }))).toContain(
      "/en/as-known/2025-07-26/snapshots/july",
    );
    const html = htmlOf({ pinned: undefined });
    expect(html).not.toContain("as-known");
    expect(citedIn(html)).toMatch(/\(accessed 1 June 2026\)\.$/);
  });
});

test("a statement that was withdrawn says so with its reason, and stands beside nothing", () => {
  const withdrawn = revision({ ...said, revision: 2 }, { state: "withdrawn", reason: "The ambassador never said it" });
  const text = textOf(htmlOf({ revisions: [withdrawn, revision(said)], standing: undefined }));
  expect(text).toContain("This statement was withdrawn. 1 January 2026, 03:00 (Moscow) Reason: The ambassador never said it");
  expect(text).not.toContain("Other statements about the same time");
});

test("the newest revision's words, share and note stand above; earlier ones keep their own source, words and reason", () => {
  const worded = (snapshot: FigureSnapshot, wording: string, childrenShare: number): FigureSnapshot => ({
    ...snapshot,
    answer: { ...snapshot.answer, wording, childrenShare },
  });
  const first = worded(
    { ...said, source: { ...source, title: "A rumour" }, note: "Heard on the telephone" },
    "over a hundred thousand",
    0.1,
  );
  const second = worded({ ...said, revision: 2, note: "Start of July" }, "some 113,000", 0.3);
  const html = htmlOf({ revisions: [revision(second, { reason: "The briefing was published" }), revision(first)] });
  expect(html).toContain('<p class="wording" lang="">In the source&#x27;s words: “some 113,000”</p>');
  const [above = "", below = ""] = textOf(html).split("Its revisions");
  for (const text of ["some 113,000", "30% of them children", "Note: Start of July", "AKIpress"]) expect(above).toContain(text);
  for (const text of [
    "over a hundred thousand",
    "10% of them children",
    "Heard on the telephone",
    "A rumour",
    "The briefing was published",
  ]) {
    expect(below).toContain(text);
    expect(above).not.toContain(text);
  }
});

test("what replaces it and what it replaces are named, with the ways to them on the day that is shown", () => {
  const later = { ...figureOf("2025-07-04", 114_000, knownOn("2025-08-01")), statementId: "later" };
  const earlier = { ...figureOf("2025-07-02", 99_000, knownOn("2025-07-03")), statementId: "earlier" };
  const html = htmlOf({
    revisions: [revision({ ...said, restates: "earlier" })],
    restated: earlier,
    restating: [later],
    vintage: { knownOn: "2025-08-02" },
  });
  expect(html).toContain('<a href="/en/as-known/2025-08-02/snapshots/later">114,000</a>');
  expect(html).toContain('<a href="/en/as-known/2025-08-02/snapshots/earlier">99,000</a>');
  expect(textOf(html)).toContain(
    "A later statement of the same speaker replaces it: 114,000 , as of 4 July 2025, known since 1 August 2025",
  );
  expect(htmlOf({ revisions: [revision({ ...said, restates: "earlier" })] })).toContain(
    '<a href="/en/snapshots/earlier">See the statement it replaces</a>',
  );
});

test("a statement that there was no figure has neither bounds nor rivals", () => {
  const none = { ...noFigureOf("2025-07-01"), statementId: "none" };
  const text = textOf(htmlOf({ revisions: [revision(none)], standing: undefined }));
  expect(text).toContain("Gray list, Kyrgyzstan: no figure");
  expect(text).not.toContain("What it can mean");
});

describe("the ledger", () => {
  const twice = [revision({ ...said, revision: 2 }), revision(said)] as const;

  test("each revision names its entry; the page is made anew soon where one has none yet", () => {
    const sealed = { entries: new Map([[1, 57]]), turn: "2026-06-01T00:00:03.000Z" };
    const html = htmlOf({ revisions: twice, sealed });
    expect(html).toContain(`href="/api/v1/ledger?after=56&amp;limit=1"`);
    expect(textOf(html)).toContain("Sealed in the ledger as entry 57");
    expect(html.match(/data-turns="2026-06-01T00:00:03.000Z"/g)).toHaveLength(1);
    expect(textOf(html)).toContain("Is sealed in the ledger within seconds");
  });

  test("a past day says nothing of it, as it must stay what it was", () => {
    expect(htmlOf({ sealed: undefined })).not.toMatch(/ledger|data-turns/);
  });
});
