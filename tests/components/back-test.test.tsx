import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { BackTestBody } from "@/app/_components/back-test-body";
import { type DeadlineTest, testOf } from "@/app/_server/back-test-record";
import type { Deadline } from "@/lib/deadlines/rules";
import { languages } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import type { Figure, Snapshot } from "@/lib/snapshots/rules";
import { deadline as deadlineOf } from "../deadlines/deadlines";
import { figureOf, knownOn } from "../snapshots/statements";

const english = wordsFor("en");
const september: Deadline = deadlineOf("september", "2025-09-10", knownOn("2025-05-16"));
const known = [figureOf("2025-07-01", 113_000, knownOn("2025-07-24")), figureOf("2025-07-22", 103_000, knownOn("2025-07-25"))];
const came = (figure: number | Figure) => figureOf("2025-09-11", figure, knownOn("2025-09-11"));

const tried = (series: readonly Snapshot[], deadline = september, more: Deadline[] = []): DeadlineTest => ({
  deadline,
  replacements: more,
  countries: [{ country: "KG", test: testOf(deadline, "KG", { deadlines: [deadline, ...more], events: [], series }) }],
});

const htmlOf = (tests: readonly DeadlineTest[], words = english) => renderToStaticMarkup(<BackTestBody tests={tests} words={words} />);
const textOf = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
const said = (tests: readonly DeadlineTest[]) => textOf(htmlOf(tests));

describe("nothing to hold against anything", () => {
  test.each(languages)("no deadline has passed: said in words in %s, with no number and no table", (language) => {
    const words = wordsFor(language);
    const html = htmlOf([], words);
    expect(html).toContain(words.t("backTest.noDeadline"));
    expect(html).not.toMatch(/<table|<svg|<dl|NaN|undefined/);
  });

  test("nobody could have projected anything", () => {
    const text = said([tried([came(1)])]);
    expect(text).toContain("To none of these deadlines could anything have been projected.");
    expect(text).toContain(
      "Kyrgyzstan Nothing is projected: no figure was known before the deadline. What came: 1 , as of 11 September 2025",
    );
  });

  test("nothing came in time: the projections stand, without a word on whether they held", () => {
    const text = said([tried(known)]);
    expect(text).toContain("No figure is known from the 14 days after the deadline.");
    expect(text).toContain("nothing came in time, or what came is too vague");
    expect(text).not.toMatch(/✓|✕|%|proves little/);
  });
});

describe("how honest it is", () => {
  test("all inside, of one figure: the share, and that it proves little", () => {
    const text = said([tried([...known, came(80_000)])]);
    expect(text).toContain("What came lay inside the band 1 of 1 (100%)");
    expect(text).toContain("All this rests on 1 figure that came. That is too few: such a share proves little.");
    expect(text).toContain("80,000: ✓ inside the band");
    expect(text).not.toContain("more often than inside");
  });

  test("wrong more often than right is said", () => {
    const text = said([tried([...known, came(124_000)])]);
    expect(text).toContain("0 of 1 (0%)");
    expect(text).toContain("124,000: ✕ outside the band");
    expect(text).toContain("What came lay outside the band more often than inside.");
  });

  test("what is too vague to tell counts neither way", () => {
    const text = said([tried([...known, came({ qualifier: "more_than", value: 70_000 })])]);
    expect(text).toContain("? too vague to tell");
    expect(text).toContain("Held against what came 0");
  });
});

test("a deadline that was extended before its day has no outcome of its own", () => {
  const first = deadlineOf("first", "2025-08-10", knownOn("2025-05-16"));
  const source = { ...first.source, publishedOn: "2025-08-01" };
  const extended = deadlineOf("later", "2025-09-10", { replaces: "first", source, ...knownOn("2025-08-01") });
  const text = said([tried([...known, figureOf("2025-08-12", 91_000, knownOn("2025-08-12"))], first, [extended])]);
  expect(text).toContain("Extended to 10 September 2025");
  expect(text).toContain("The deadline was moved before it came, so it has no outcome of its own.");
  expect(text).toContain("25–31 July 2025");
});

test("each projection leads to the page of its first day, and what came to who said it", () => {
  const outcome = came(80_000);
  const html = htmlOf([tried([...known, outcome])]);
  expect(html).toContain('href="/en/as-known/2025-07-25/countries/kg"');
  expect(html).toContain(`href="/en/snapshots/${outcome.statementId}"`);
  expect(html).toContain('role="img" aria-label="Kyrgyzstan: the bands of what could have been projected, and what came (80,000)."');
});

test("countries of which the same is to be said are told together", () => {
  const test = tried([]);
  const countries = ["UZ", "KZ"].map((country) => ({
    country,
    test: testOf(september, country, { deadlines: [september], events: [], series: [] }),
  }));
  expect(said([{ ...test, countries }])).toContain("Uzbekistan, Kazakhstan Nothing is projected");
});
