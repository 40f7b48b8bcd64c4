import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { FlowReading, Reading } from "@/app/_components/reading";
import type { Deadline } from "@/lib/deadlines/rules";
import { languages } from "@/lib/i18n/languages";
import { type Words, wordsFor } from "@/lib/i18n/words";
import { momentOf } from "@/lib/moments/rules";
import type { Figure, FigureSnapshot, Snapshot } from "@/lib/snapshots/rules";
import { trendOf } from "@/lib/trends/rules/pieces";
import { figureOf } from "../snapshots/statements";

const english = wordsFor("en");
const deadline = { endsAt: momentOf("2025-09-10").to, zone: "Europe/Moscow" } as Deadline;
const lessThan = (value: number): Figure => ({ qualifier: "less_than", value });
const moreThan = (value: number): Figure => ({ qualifier: "more_than", value });

/** The sentences of the reading on a day, with their arithmetic. */
function said(series: FigureSnapshot[], day: string, words: Words = english, more: { presents?: Snapshot[]; removed?: Snapshot[] } = {}) {
  const html = renderToStaticMarkup(
    <Reading
      trend={trendOf(series, [])}
      presents={more.presents ?? []}
      removed={more.removed}
      events={[]}
      deadline={deadline}
      at={new Date(momentOf(day).to.getTime() - 1)}
      words={words}
    />,
  );
  return [...html.matchAll(/<li>(.*?)<\/li>/g)].map(([, line = ""]) =>
    line
      .replaceAll(/<[^>]+>/g, " ")
      .replaceAll(/\s+/g, " ")
      .trim(),
  );
}

describe("a figure whose time runs past the deadline", () => {
  const series = [figureOf("2025-08-20", 20_000), figureOf("2025-09", 10_000)];

  test("gives neither a pace that would be needed nor a projection, and says why", () => {
    const lines = said(series, "2025-09-06");
    expect(lines.slice(1)).toEqual([
      "What pace would be needed by 10 September 2025 cannot be said: the time of the last figure runs past that day.",
      "Nothing is projected: the time of the last figure runs past the deadline.",
      "Nothing is given per 1,000: how many citizens were present in Russia in the twelve months before is not known.",
    ]);
  });

  test.each(languages)("in %s too", (language) => {
    const words = wordsFor(language);
    const lines = said(series, "2025-09-06", words);
    expect(lines[1]).toBe(words.t("reading.neededRefused", { day: words.day("2025-09-10") }).replaceAll(/\s+/g, " "));
    expect(lines[2]).toBe(words.t("reading.refused.span_past_deadline"));
  });
});

describe("figures about days that touch", () => {
  const series = [figureOf("2025-08-20", 20_000), figureOf("2025-08-21", 19_000)];

  test("have a pace that is open on one side, for that reason and no other", () => {
    expect(said(series, "2025-08-22")).toEqual([
      "Pace: −1,000 people a day, at most −500. The two times touch: the change may have taken no time at all, so the range is open. (19,000 − 20,000) ÷ 1 day, from 20 August 2025 to 21 August 2025.",
      "To reach none by 10 September 2025: 927 people a day, 0.9 times the pace. 19,000 ÷ 20.5 days.",
      "Nothing is projected: the times of the last two figures touch, so the pace has no limit.",
      "Nothing is given per 1,000: how many citizens were present in Russia in the twelve months before is not known.",
    ]);
  });

  test.each(languages)("in %s too", (language) => {
    const { t } = wordsFor(language);
    const [pace = "", , refused] = said(series, "2025-08-22", wordsFor(language));
    expect(pace).toContain(t("reading.open.spans_touch"));
    expect(pace).not.toContain(t("reading.open.open_bound"));
    expect(refused).toBe(t("reading.refused.spans_touch"));
  });
});

describe("what is open on one side", () => {
  test("is said of the pace, of the numbers it was worked out from, and of the pace that would be needed", () => {
    expect(said([figureOf("2025-08-01", 20_000), figureOf("2025-08-21", moreThan(18_000))], "2025-08-22").slice(0, 2)).toEqual([
      "Pace: −100 people a day, at least −105. One of the two figures is open on one side, so the range is open too. (more than 18,000 − 20,000) ÷ 20 days, from 1 August 2025 to 21 August 2025.",
      "To reach none by 10 September 2025: at least 878 people a day, 8.8 times the pace. more than 18,000 ÷ 20.5 days.",
    ]);
    expect(said([figureOf("2025-08-01", 20_000), figureOf("2025-08-21", lessThan(18_000))], "2025-08-22")[0]).toContain("at most −95.");
  });

  test("is said of a share too, with the note of what it was divided by", () => {
    const present = figureOf("2025-01/2025-03", { qualifier: "about", value: 352_000 }, { measure: "present", note: "Labour migrants" });
    const lines = said([figureOf("2025-09-11", lessThan(84_000))], "2025-09-12", english, { presents: [present] });
    expect(lines.at(-1)).toBe(
      "Per 1,000 citizens present: at most 239. less than 84,000 ÷ 352,000 present (January 2025 – March 2025) × 1,000. Note: Labour migrants",
    );
  });
});

test("new entries stand with their range and with what they were worked out from", () => {
  const removed = figureOf("2025-08-21", { qualifier: "about", value: 5000 }, { measure: "removed", periodStart: "2025-08-01" });
  const lines = said([figureOf("2025-08-01", 20_000), figureOf("2025-08-21", 18_000)], "2025-08-22", english, { removed: [removed] });
  expect(lines.at(-1)).toBe(
    "Added meanwhile: 3,000 people, between 2,500 and 3,500 (change of the count plus those taken off). (18,000 − 20,000) + 5,000 taken off.",
  );
});

test("where nothing is known of those taken off, it is said that none can be given for those added", () => {
  const series = [figureOf("2025-08-01", 20_000), figureOf("2025-08-21", 18_000)];
  const line = "How many were added meanwhile cannot be said: nothing is known of how many were taken off between these two figures.";
  expect(said(series, "2025-08-22", english, { removed: [] })).toContain(line);
  expect(said(series, "2025-08-22")).not.toContain(line);
});

test("the newest flow of a count over a period stands with its range and with what it was worked out from", () => {
  const settled = { measure: "regularised" as const, periodStart: "2025-02-05" };
  const series = [figureOf("2025-04-30", { qualifier: "about", value: 4000 }, settled), figureOf("2025-07-01", moreThan(7000), settled)];
  const html = renderToStaticMarkup(<FlowReading series={series} events={[]} words={english} />);
  expect(html).toContain(
    "Settled their status, between 30 April 2025 and 1 July 2025: 3,000 people, 48 a day as said. By the bounds at least 2,500, at least 40 a day.",
  );
  expect(html).toContain("(more than 7,000 − 4,000) ÷ 62 days.");
  expect(renderToStaticMarkup(<FlowReading series={series.slice(1)} events={[]} words={english} />)).toContain(
    "No daily rate can be given: there are not two figures that count from the same day on.",
  );
});
