import { z } from "zod";
import { isCountry } from "../countries/rules";
import { isFlow, measureCodes } from "../measures/rules";
import { MOSCOW, parseMoment, startOfDay } from "../moments/rules";
import { sourceInput } from "../sources/input";
import { optionalText, requiredText } from "../texts";
import { MISSING_REASONS, QUALIFIERS, RANKS } from "./rules";

const blank = (value: unknown) => (value === null || value === "" ? undefined : value);

/** Before these states were states nobody was counted as their citizen in Russia. */
const EARLIEST = startOfDay("1992-01-01", MOSCOW);

/** More people than live in any country the list could concern: certainly a slip. */
const MOST_PERSONS = 1_000_000_000;

// One sign throughout, and no zero in front: 1,234.567 and 0.300 mean something else.
const GROUPED = /^[1-9]\d{0,2}([ ,.'’])\d{3}(?:\1\d{3})*$/;

/** A whole number of persons; `113 000`, `113,000` and `113000` are the same. */
const persons = z.preprocess((value, ctx) => {
  if (typeof value !== "string") return blank(value);
  const text = value.trim().replace(/[\u00a0\u202f]/g, " ");
  if (text === "") return undefined;
  const digits = GROUPED.test(text) ? text.replace(/\D/g, "") : text;
  // 113,0000 is a slip for more than 113, so a fraction is refused even where it is zero.
  if (/^-?\d+[.,]\d+$/.test(digits)) ctx.addIssue({ code: "custom", message: "not_whole" });
  return /^-?\d+$/.test(digits) ? Number(digits) : text;
}, z.number("not_a_number").min(0, "below_zero").max(MOST_PERSONS, "too_many").int("not_whole").optional());

/** A share, `0.3` or `30%`. */
const share = z.preprocess(
  (value) => {
    if (typeof value !== "string") return blank(value);
    const text = value.trim().replace(",", ".");
    if (text === "") return undefined;
    const percent = /^(-?\d+(\.\d+)?)\s*%$/.exec(text);
    if (percent) return Number(percent[1]) / 100;
    return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  },
  z
    .number("not_a_number")
    .min(0, "share_out_of_range")
    .max(1, "share_out_of_range")
    .transform((n) => Math.round(n * 10_000) / 10_000)
    .optional(),
);

const choice = <T extends string>(values: readonly [T, ...T[]]) =>
  z.preprocess(blank, z.enum(values, { error: (issue) => (issue.input === undefined ? "required" : "unknown_choice") }));
const optionalChoice = <T extends string>(values: readonly [T, ...T[]]) => z.preprocess(blank, z.enum(values, "unknown_choice").optional());

/**
 * A snapshot as it may be sent by form, program or import; field names are those of the public API.
 *
 * `answer` says which of three things was said: a figure, that there is none (and why), or that on
 * being asked again nothing had changed. What is impossible is refused, with a code for each field.
 * @param now nothing can have been counted or published after it
 */
export const snapshotInput = (now: Date) =>
  z
    .object(
      {
        country: z.preprocess(blank, z.string("required").refine(isCountry, "unknown_country")),
        measure: choice(measureCodes),
        period_start: optionalText(10).refine((text) => text === undefined || parseMoment(text)?.precision === "day", "day_unreadable"),
        as_of: requiredText(60)
          .refine((text) => parseMoment(text) !== undefined, "moment_unreadable")
          .refine((text) => (parseMoment(text)?.from ?? now) <= now, "in_the_future")
          .refine((text) => (parseMoment(text)?.from ?? now) >= EARLIEST, "too_long_ago"),
        answer: choice(["figure", "missing", "unchanged"]),
        value: persons,
        low: persons,
        high: persons,
        qualifier: optionalChoice(QUALIFIERS),
        wording: optionalText(300),
        missing_reason: optionalChoice(MISSING_REASONS),
        children_share: share,
        note: optionalText(2000),
        restates: optionalText(100),
        source: sourceInput(now),
      },
      "required",
    )
    .superRefine((input, ctx) => {
      const refuse = (field: string, code: string) => ctx.addIssue({ code: "custom", path: field.split("."), message: code });
      const given = (field: "value" | "low" | "high" | "qualifier" | "wording" | "missing_reason" | "children_share") =>
        input[field] !== undefined;

      if (input.answer === "figure") {
        if (!given("qualifier")) refuse("qualifier", "required");
        if (input.qualifier === "between") {
          if (!given("low")) refuse("low", "required");
          if (!given("high")) refuse("high", "required");
          if (given("value")) refuse("value", "not_with_between");
          if ((input.low ?? 0) >= (input.high ?? Number.POSITIVE_INFINITY)) refuse("high", "not_above_low");
        } else {
          if (!given("value")) refuse("value", "required");
          if (given("low")) refuse("low", "only_with_between");
          if (given("high")) refuse("high", "only_with_between");
          if (input.qualifier === "less_than" && input.value === 0) refuse("value", "below_zero");
        }
        if (given("missing_reason")) refuse("missing_reason", "not_with_a_figure");
      } else {
        for (const field of ["value", "low", "high", "qualifier", "wording", "children_share"] as const)
          if (given(field)) refuse(field, "only_with_a_figure");
        if (input.answer === "missing" && !given("missing_reason")) refuse("missing_reason", "required");
        if (input.answer === "unchanged" && given("missing_reason")) refuse("missing_reason", "only_with_no_figure");
      }

      const asOf = parseMoment(input.as_of);
      if (input.period_start !== undefined) {
        const periodStart = parseMoment(input.period_start);
        if (!isFlow(input.measure)) refuse("period_start", "only_for_flows");
        else if (asOf && periodStart && periodStart.from >= asOf.to) refuse("period_start", "after_the_end");
      }
      const published = input.source.published_on === undefined ? undefined : parseMoment(input.source.published_on);
      if (asOf && published && asOf.from >= published.to) refuse("as_of", "after_publication");
    });

export type SnapshotInput = z.infer<ReturnType<typeof snapshotInput>>;

/** How a statement stands among those about the same moment. */
export const rankInput = choice(RANKS);

/** Why a published statement is changed or withdrawn; shown to the public with the correction. */
export const reasonInput = requiredText(1000);
