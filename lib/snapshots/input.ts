import { z } from "zod";
import { isCountry } from "../countries/rules";
import { isFlow, measureCodes } from "../measures/rules";
import { optionalDay, requiredMoment } from "../moments/input";
import { MOSCOW, parseMoment, startOfDay } from "../moments/rules";
import { sourceInput, sourceInputAt } from "../sources/input";
import { optionalText, requiredText } from "../texts";
import { type AnswerColumns, MISSING_REASONS, QUALIFIERS, type Qualifier, RANKS } from "./rules";
import { MOST_PERSONS, type ReadFigure, readCount, readFigure } from "./spelling";

type TypedFigure = Extract<ReadFigure, { ok: true }>;

const blank = (value: unknown) => (value === null || value === "" ? undefined : value);

/** Before these states were states nobody was counted as their citizen in Russia. */
const EARLIEST = startOfDay("1992-01-01", MOSCOW);

const count = z.number("not_a_number").min(0, "below_zero").max(MOST_PERSONS, "too_many").int("not_whole");

const notGiven = (value: unknown) => value === undefined || value === null || (typeof value === "string" && value.trim() === "");

/** A whole number of persons; `113 000`, `113,000`, `113 тыс.` and `113000` are the same. */
const persons = z.preprocess((value, ctx) => {
  if (notGiven(value)) return undefined;
  if (typeof value !== "string") return value;
  const read = readCount(value);
  if (read.ok) return read.value;
  ctx.addIssue({ code: "custom", message: read.code });
  return z.NEVER;
}, count.optional());

/** A number of persons which may carry its qualifier in words: `более 80 000`, `100–110 тыс.`. */
const figure = z
  .unknown()
  .optional()
  .transform((value, ctx): TypedFigure | undefined => {
    if (notGiven(value)) return undefined;
    const number = typeof value === "string" ? undefined : count.safeParse(value);
    if (number?.success) return { ok: true, said: false, qualifier: "exact", value: number.data };
    const read = typeof value === "string" ? readFigure(value) : undefined;
    if (read?.ok) return read;
    ctx.addIssue({ code: "custom", message: read?.code ?? number?.error?.issues[0]?.message ?? "not_a_number" });
    return z.NEVER;
  });

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

type Sent = { answer: string; value?: TypedFigure; low?: number; high?: number; qualifier?: Qualifier };

/**
 * What `value` says in words, put into the fields it belongs to; what these say themselves stays. The words are those of
 * whoever typed: they are never taken for the source's own.
 */
function withWordsOfValue<T extends Sent>(sent: T) {
  const { value: typed } = sent;
  if (typed === undefined) return { ...sent, value: undefined };
  const numbers = typed.qualifier === "between" ? { low: typed.low, high: typed.high, value: undefined } : { value: typed.value };
  if (sent.answer !== "figure") return { ...sent, value: numbers.value ?? numbers.low };
  return {
    ...sent,
    ...numbers,
    qualifier: sent.qualifier ?? (typed.said ? typed.qualifier : undefined),
  };
}

/** What the kind of answer cannot do without and was left empty. */
function leftEmpty({ answer, value, low, high, qualifier, missing_reason }: Sent & { missing_reason?: unknown }): string[] {
  if (answer === "missing") return missing_reason === undefined ? ["missing_reason"] : [];
  if (answer !== "figure") return [];
  const said = value?.said ? value : undefined;
  const needed = { qualifier: qualifier ?? said?.qualifier, ...(qualifier === "between" ? (said ? {} : { low, high }) : { value }) };
  return Object.entries(needed).flatMap(([field, given]) => (given === undefined ? [field] : []));
}

/**
 * A snapshot as it may be sent by form, program or import; field names are those of the public API.
 *
 * `answer` says which of three things was said: a figure, that there is none (and why), or that on
 * being asked again nothing had changed. Moments and numbers are taken in any spelling that `readMoment` and
 * `readFigure` know; `value` may carry the qualifier in words. What is impossible is refused, with a code for each field.
 * @param now nothing can have been counted or published after it
 * @param source how its source is checked; an import looks at each of its sources once
 */
export const snapshotInput = (now: Date, source = sourceInput(now)) => schemaOf(() => now, source);

/** To make a schema takes forty times as long as to use it: one is made for all, and told the instant before each use. */
let instant = new Date(0);
let forAll: ReturnType<typeof schemaOf> | undefined;

/** Reads one snapshot as `snapshotInput` does. Nothing is waited for meanwhile, so nobody's instant is taken for another's. */
export function readSnapshot(sent: unknown, now: Date) {
  forAll ??= schemaOf(
    () => instant,
    sourceInputAt(() => instant),
  );
  instant = now;
  return forAll.safeParse(sent);
}

const schemaOf = (now: () => Date, source: ReturnType<typeof sourceInput>) =>
  z
    .object(
      {
        country: z.preprocess(blank, z.string("required").refine(isCountry, "unknown_country")),
        measure: choice(measureCodes),
        period_start: optionalDay,
        as_of: requiredMoment
          .refine((iso) => (parseMoment(iso)?.from ?? now()) <= now(), "in_the_future")
          .refine((iso) => (parseMoment(iso)?.from ?? now()) >= EARLIEST, "too_long_ago"),
        answer: choice(["figure", "missing", "unchanged"]),
        value: figure,
        low: persons,
        high: persons,
        qualifier: optionalChoice(QUALIFIERS),
        wording: optionalText(300),
        missing_reason: optionalChoice(MISSING_REASONS),
        children_share: share,
        note: optionalText(2000),
        restates: optionalText(100),
        source,
      },
      "required",
    )
    // Where a field is refused already, what follows is not reached; whoever sent it is to hear of all that is empty at once.
    .superRefine(
      (sent, ctx) => {
        // A figure that could not be read may have said its qualifier too.
        const unread = ctx.issues.some(({ path }) => path?.[0] === "value");
        const empty = leftEmpty(sent).filter((field) => !(unread && /^(value|qualifier)$/.test(field)));
        for (const field of empty) ctx.addIssue({ code: "custom", path: [field], message: "required" });
      },
      { when: ({ value, issues }) => issues.length > 0 && typeof value === "object" && value !== null },
    )
    .transform((sent, ctx) => {
      const refuse = (field: string, code: string) => ctx.addIssue({ code: "custom", path: field.split("."), message: code });
      const input = withWordsOfValue(sent);
      for (const field of leftEmpty(sent)) refuse(field, "required");
      const given = (field: "value" | "low" | "high" | "qualifier" | "wording" | "missing_reason" | "children_share") =>
        input[field] !== undefined;

      if (input.answer === "figure" && sent.value?.said && input.qualifier !== sent.value.qualifier) {
        refuse("qualifier", "says_otherwise");
      } else if (input.answer === "figure" && sent.value?.qualifier === "between" && (sent.low ?? sent.high) !== undefined) {
        refuse("value", "not_with_between");
      } else if (input.answer === "figure") {
        if (input.qualifier === "between") {
          if (given("value")) refuse("value", "not_with_between");
          if ((input.low ?? 0) >= (input.high ?? Number.POSITIVE_INFINITY)) refuse("high", "not_above_low");
        } else {
          if (given("low")) refuse("low", "only_with_between");
          if (given("high")) refuse("high", "only_with_between");
          if (input.qualifier === "less_than" && input.value === 0) refuse("value", "below_zero");
        }
        if (given("missing_reason")) refuse("missing_reason", "not_with_a_figure");
      } else {
        for (const field of ["value", "low", "high", "qualifier", "wording", "children_share"] as const)
          if (given(field)) refuse(field, "only_with_a_figure");
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
      return input;
    });

export type SnapshotInput = z.infer<ReturnType<typeof snapshotInput>>;

/** What an input says, in the columns that an answer is kept in. */
export const answerColumns = (input: SnapshotInput): AnswerColumns => ({
  value: input.value ?? null,
  low: input.low ?? null,
  high: input.high ?? null,
  qualifier: input.qualifier ?? null,
  wording: input.wording ?? null,
  missingReason: input.missing_reason ?? null,
  unchanged: input.answer === "unchanged",
  childrenShare: input.children_share ?? null,
});

/** The most that one statement sent by a program may have in bytes: several times what its fields can hold. */
export const MOST_STATEMENT_BYTES = 64 * 1024;

/** The word under which a program's confirmation is kept: it names the warnings and says no more. */
export const CONFIRMED_BY_PROGRAM = "confirmed_by_program";

/** The warnings that were shown before saving, by their codes, and the word that answers them. */
export const confirmInput = z.object(
  {
    warnings: z.preprocess(
      (value) => (typeof value === "string" ? value.split(" ", 50) : (value ?? [])),
      z.array(z.string("not_text").max(100, "too_long"), "not_text").max(50, "too_long"),
    ),
    word: optionalText(1000),
  },
  "not_text",
);

export type Answering = z.infer<typeof confirmInput>;

/** How a statement stands among those about the same moment. */
export const rankInput = choice(RANKS);

/** Why a published statement is changed or withdrawn; shown to the public with the correction. */
export const reasonInput = requiredText(1000);
