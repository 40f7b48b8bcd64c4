import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cardOf } from "@/app/_components/deadline-card";
import { type Picture, pictureOf } from "@/app/_components/picture-in-words";
import { chainsFor, type Deadline } from "@/lib/deadlines/rules";
import { type Language, languages } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { newestFigure } from "@/lib/snapshots/rules";
import { april, deadline, september } from "../deadlines/deadlines";
import { figureOf } from "../snapshots/statements";

const figures = [figureOf("2025-07-24", { qualifier: "more_than", value: 113_000 })];

function pictureAt(instant: string, deadlines: readonly Deadline[], language: Language = "en"): Picture {
  const now = new Date(instant);
  return pictureOf("KG", chainsFor(deadlines, "KG", now)[0], newestFigure(figures)?.figure, now, wordsFor(language));
}

// The last deadline ends with 10 September 2025 in Moscow, three hours before that day does in London.
describe("around the end of a deadline that was extended", () => {
  test.each([
    ["31 days before", "2025-08-10T12:00:00Z", "extended", "Extended: the deadline is now", "31 days left (as of 10 August 2025)"],
    ["a day before", "2025-09-09T20:59:59Z", "extended", "Extended: the deadline is now", "Last days: 1 day left (as of 9 September 2025)"],
    ["24 hours before", "2025-09-09T21:00:00Z", "today", "The last day", "as of 10 September 2025"],
    ["a minute before", "2025-09-10T20:59:00Z", "today", "The last day", "as of 10 September 2025"],
    [
      "at the instant",
      "2025-09-10T21:00:00Z",
      "passed",
      "The deadline has passed",
      "Passed 1 day ago. No later deadline and no extension is on record (as of 11 September 2025)",
    ],
    [
      "a year after",
      "2026-09-10T12:00:00Z",
      "passed",
      "The deadline has passed",
      "Passed 365 days ago. No later deadline and no extension is on record (as of 10 September 2026)",
    ],
  ])("%s", (_when, instant, state, heading, line) => {
    const picture = pictureAt(instant, [april, september]);
    expect(picture).toMatchObject({ name: "Muhlat", country: "Kyrgyzstan", state, heading, date: "10 September 2025" });
    expect(picture.lines[0]).toBe(line);
    expect(picture.lines.at(-1)).toBe("Gray list: more than 113,000 people, as of 24 July 2025");
  });
});

test("what was before is told while the later day is ahead", () => {
  expect(pictureAt("2025-08-10T12:00:00Z", [april, september]).lines).toContain("Before that it was 30 April 2025.");
});

test("a deadline that replaced none is no extension, nor one after a cancellation", () => {
  expect(pictureAt("2025-03-01T12:00:00Z", [april])).toMatchObject({ state: "ahead", heading: "Deadline" });
  const cancelled = deadline("gone", "2025-04-30", { cancelled: true });
  const anew = deadline("anew", "2025-09-10", { replaces: "gone", knownFrom: september.knownFrom });
  expect(pictureAt("2025-08-10T12:00:00Z", [cancelled, anew])).toMatchObject({ state: "ahead", heading: "Deadline" });
});

test("a cancelled one says so, and of when that is", () => {
  const gone = deadline("gone", "2025-09-10", { replaces: "april", cancelled: true, knownFrom: september.knownFrom });
  const picture = pictureAt("2025-08-10T12:00:00Z", [april, gone]);
  expect(picture).toMatchObject({ state: "cancelled", heading: "Cancelled: it no longer holds", date: "10 September 2025" });
  expect(picture.lines[0]).toBe("as of 10 August 2025");
});

test("where none is known that is said, and nothing of a figure where there is none", () => {
  const now = new Date("2026-01-01T12:00:00Z");
  expect(pictureOf("AM", undefined, undefined, now, wordsFor("en"))).toEqual({
    name: "Muhlat",
    country: "Armenia",
    state: "none",
    heading: "No deadline is known",
    date: null,
    lines: ["No deadline is on record (as of 1 January 2026)"],
  });
});

test.each(languages)("the picture in %s says the day and the days that the page's card says", (language) => {
  for (const instant of ["2025-08-10T12:00:00Z", "2025-09-08T12:00:00Z", "2026-11-25T12:00:00Z"]) {
    const now = new Date(instant);
    const [chain] = chainsFor([april, september], "KG", now);
    if (!chain) throw new Error("no chain");
    const card = cardOf(chain, now, undefined, wordsFor(language));
    const picture = pictureAt(instant, [april, september], language);
    expect(picture.date).toBe(card.day);
    expect(picture.lines[0]).toContain(card.stateInWords);
  }
});

test("nothing that staff or strangers wrote stands on it, and it is the same all through a Moscow day", () => {
  const text = fc.string({ minLength: 4, maxLength: 30 }).filter((t) => t.trim().length > 3);
  const minute = fc.integer({ min: 0, max: 1439 });
  fc.assert(
    fc.property(text, minute, (written, after) => {
      const hostile = {
        basis: { en: written },
        consequence: { en: written },
        source: { id: "x", title: written, publishedOn: null, url: null },
      };
      const at = new Date(Date.parse("2025-08-09T21:00:00Z") + after * 60_000).toISOString();
      expect(pictureAt(at, [april, { ...september, ...hostile }])).toEqual(pictureAt("2025-08-10T12:00:00Z", [april, september]));
    }),
    { numRuns: 50 },
  );
});
