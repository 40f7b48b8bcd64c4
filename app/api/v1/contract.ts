import { z } from "zod";
import { isCountry } from "@/lib/countries/rules";
import { READINGS } from "@/lib/explore/rules/view";
import { measureCodes } from "@/lib/measures/rules";
import { parseMoment } from "@/lib/moments/rules";
import { LONGEST_MOMENT } from "@/lib/moments/spelling";
import { MISSING_REASONS, QUALIFIERS, RANKS } from "@/lib/snapshots/rules";
import { MOST_PERSONS } from "@/lib/snapshots/spelling";
import { WARNINGS, type WarningCode } from "@/lib/snapshots/warnings";
import { PROGRAMS_KEY } from "@/lib/tokens/rules";
import * as rows from "./rows";

/** One of some words, or what is said of everything else: which words there are. */
const choice = <const Words extends readonly [string, ...string[]]>(words: Words) => z.enum(words, `one of: ${words.join(", ")}`);

/** A whole number, or what is said of everything else: within which bounds it lies. */
function whole(least: number, most = Number.MAX_SAFE_INTEGER) {
  const allowed = most === Number.MAX_SAFE_INTEGER ? `a whole number of at least ${least}` : `a whole number from ${least} to ${most}`;
  // Digits alone: what else is a number to JavaScript ("1e2", "0x10", " 10") is not told in the description.
  const digits = (said: unknown) => (typeof said === "string" && /^\d+$/.test(said) ? Number(said) : said);
  return z.preprocess(digits, z.number(allowed).int(allowed).min(least, allowed).max(most, allowed));
}

/** What is allowed where a text stands for something else, in words that end with an example. */
const ALLOWED = {
  id: "an id as the API gives it out, of up to 80 letters, digits, hyphens and underscores: kg-gray-list-2025-07-01",
  day: "a day of the calendar from the year 1000 on: 2025-07-26",
  oneCountry: "the two capitals of ISO 3166-1 alpha-2, or ALL for all nationalities together: KG",
  severalCountries:
    "up to 24 countries by the two capitals of ISO 3166-1 alpha-2, ALL among them, with commas and nothing else between: KG,TJ",
  bound: "a year, a month or a day from the year 1000 to 2999: 2025-07",
  cursor: "the next of the page before, as it was given out",
} as const;
/** What both dates of a question may be; nothing is known or recorded after now. */
export const ALLOWED_DATES = {
  as_known_on: "a day from the year 1000 on, not after today in Moscow: 2025-07-26",
  as_recorded_at: "an instant from the year 1000 on, with Z or its offset, not after now: 2025-07-26T12:00:00Z",
} as const;

const text = (allowed: string) => z.string(allowed);
const id = text(ALLOWED.id).regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/, ALLOWED.id);
const isBound = (text: string) => /^[12]/.test(text) && ["day", "month", "year"].includes(parseMoment(text)?.precision ?? "");
// PostgreSQL has no year 0.
const dayOf = (allowed: string) => z.iso.date(allowed).regex(/^[1-9]/, allowed);
const instantOf = (allowed: string) => z.iso.datetime({ offset: true, error: allowed }).regex(/^[1-9]/, allowed);

/** An ISO 3166-1 alpha-2 code in capitals, or ALL. */
const oneCountry = text(ALLOWED.oneCountry)
  .regex(/^(?:[A-Z]{2}|ALL)$/, ALLOWED.oneCountry)
  .refine(isCountry, ALLOWED.oneCountry)
  .describe("ISO 3166-1 alpha-2 in capitals, or ALL");

const severalCountries = text(ALLOWED.severalCountries)
  .regex(/^(?:[A-Z]{2}|ALL)(?:,(?:[A-Z]{2}|ALL)){0,23}$/, ALLOWED.severalCountries)
  .refine((codes) => codes.split(",").every(isCountry), ALLOWED.severalCountries)
  .describe("One or several, with commas: KG,TJ");

const measure = choice(measureCodes);
const bound = text(ALLOWED.bound)
  .max(10, ALLOWED.bound)
  .refine(isBound, ALLOWED.bound)
  .describe("A year, a month or a day: 2025, 2025-07, 2025-07-26");

/** So many statements has a series at most, of all countries together: ten years by six hours of three, or 2,000 of each of 24. */
export const MOST_POINTS = 48_000;

/** Which knowledge an answer is from; both are echoed with it. */
const VINTAGE = {
  as_known_on: dayOf(ALLOWED_DATES.as_known_on)
    .optional()
    .describe("Only what sources had made public by the end of this day in Moscow; today where it is left out"),
  as_recorded_at: instantOf(ALLOWED_DATES.as_recorded_at)
    .optional()
    .describe("Of each statement the newest revision recorded up to this instant; the newest of all where it is left out"),
};

const PAGE = {
  limit: whole(1, 1000).default(100),
  cursor: text(ALLOWED.cursor)
    .regex(/^[A-Za-z0-9_-]{1,600}$/, ALLOWED.cursor)
    .optional()
    .describe("The `next` of the page before; it keeps both dates"),
};

const FORMAT = { format: choice(["json", "csv"]).optional().describe("As `Accept: text/csv` asks for; this goes before") };

type Shape = Record<string, z.ZodType>;
const list = (row: z.ZodType) =>
  z.object({ data: z.array(row), next: z.string().nullable(), as_known_on: z.iso.date(), as_recorded_at: z.iso.datetime() });
const single = (row: z.ZodType) => z.object({ data: row, as_known_on: z.iso.date(), as_recorded_at: z.iso.datetime() });

/** An answer that is a table: rows with a cursor, as JSON or CSV. */
const table = <Query extends Shape, Row extends z.ZodType>(path: string, summary: string, query: Query, row: Row) => ({
  path,
  summary,
  table: true as const,
  query: z.strictObject({ ...query, ...VINTAGE, ...PAGE, ...FORMAT }),
  row,
  answer: list(row),
});

/** An answer that is one thing, as JSON alone. */
const one = <Query extends Shape, Row extends z.ZodType>(path: string, summary: string, query: Query, row: Row) => ({
  path,
  summary,
  table: false as const,
  query: z.strictObject({ ...query, ...VINTAGE }),
  row,
  answer: single(row),
});

/**
 * Everything that is published for programs, and with `SENT` below the only list of it: what is sent is checked by it,
 * answers are typed by it, and the OpenAPI document is made from it. Parts of a path in braces are ids.
 */
export const OPERATIONS = {
  countries: table("/countries", "The countries that are recorded", {}, rows.countryRow),
  measures: table("/measures", "What is counted, and what it means", {}, rows.measureRow),
  snapshots: table(
    "/snapshots",
    "Statements about counts: those that count, or every revision",
    {
      country: severalCountries.optional(),
      measure: measure.optional(),
      from: bound.optional(),
      to: bound.optional(),
      revisions: choice(["current", "all"]).default("current"),
      rank: choice(RANKS).optional(),
    },
    rows.snapshot,
  ),
  snapshot: one("/snapshots/{statement_id}", "One statement with all its revisions, newest first", {}, z.array(rows.snapshot)),
  series: one(
    "/series",
    "Series of one measure: pieces that may be compared, breaks, rivals; thinned with its extremes kept",
    {
      country: severalCountries,
      measure,
      from: bound.optional(),
      to: bound.optional(),
      points: whole(10, 20_000)
        .default(400)
        .describe(
          `At most so many statements a country, and ${MOST_POINTS} of all countries together. More come only where those that are never left out are more: figures that are not exact, ranked, of more than a day, or known before their time; those that overlap another; two on either side of a break or a gap; entries without a figure`,
        ),
      v: choice(READINGS).default("absolute"),
      at: dayOf(ALLOWED.day).optional().describe("The day of the index"),
    },
    z.array(rows.seriesRow),
  ),
  latest: table(
    "/latest",
    "The newest figure of each recorded country; those without one too, with the reason",
    { measure },
    rows.latestRow,
  ),
  projection: one(
    "/projection",
    "Pace, needed pace and projection to a deadline with the arithmetic, or why there is none",
    { country: oneCountry, measure, deadline: id.optional().describe("Statement of a deadline; the next one ahead where it is left out") },
    rows.projectionRow,
  ),
  deadlines: table("/deadlines", "Deadlines, replaced ones too", { country: oneCountry.optional() }, rows.deadlineRow),
  events: table("/events", "Dated facts, breaks among them", { country: oneCountry.optional() }, rows.eventRow),
  source: one("/sources/{id}", "A source as it stands, and the statements that rest on it", {}, rows.sourceRow),
  corrections: table(
    "/corrections",
    "What was corrected or withdrawn of figures, deadlines and events: before, after, when and why",
    { country: oneCountry.optional() },
    rows.correctionRow,
  ),
  ledger: table(
    "/ledger",
    "The chain of hashes over the record and over the acts of the desk, entry by entry",
    { after: whole(0).default(0).describe("The entry before the first") },
    rows.ledgerRow,
  ),
  ledgerHead: one("/ledger/head", "The newest signed head of the chain; null while nothing is sealed", {}, rows.headRow.nullable()),
} as const;

export type OperationName = keyof typeof OPERATIONS;
export type Query<Name extends OperationName> = z.output<(typeof OPERATIONS)[Name]["query"]>;
export type Row<Name extends OperationName> = z.output<(typeof OPERATIONS)[Name]["row"]>;

const missingOr = (code: string) => (issue: { input?: unknown }) => (issue.input === undefined ? "required" : code);
const field = (max: number) => z.string("not_text").max(max, "too_long").nullish();
const persons = z.number("not_a_number").min(0, "below_zero").max(MOST_PERSONS, "too_many").int("not_whole").nullish();
const isoMoment = z
  .string({ error: missingOr("not_text") })
  .max(LONGEST_MOMENT, "too_long")
  .refine((iso) => parseMoment(iso) !== undefined, "moment_unreadable");

/**
 * One statement as a program sends it; the names are those that the API gives out. It has a figure, or `missing_reason`,
 * or is `unchanged`. Messages are the codes of what is wrong. Whether it can stand in the record is decided by the rules
 * that the form of the desk keeps to (`snapshotInput`).
 */
const statement = z.strictObject({
  country: z
    .string({ error: missingOr("not_text") })
    .regex(/^(?:[A-Z]{2}|ALL)$/, "unknown_country")
    .refine(isCountry, "unknown_country")
    .describe("ISO 3166-1 alpha-2 in capitals, or ALL; one of those that the token is for"),
  measure: z.enum(measureCodes, { error: missingOr("unknown_choice") }),
  period_start: z.iso
    .date("day_unreadable")
    .regex(/^[1-9]/, "day_unreadable")
    .nullish()
    .describe("Of a flow, the day from which it counts"),
  as_of: isoMoment.describe(
    "ISO 8601 at the precision the source gives: an instant, a day, a month, a year, or an interval of two of these",
  ),
  value: persons.describe("Persons, as said; not with between"),
  low: persons.describe("With between: the lower number said"),
  high: persons.describe("With between: the higher number said"),
  qualifier: z.enum(QUALIFIERS, "unknown_choice").nullish().describe("Needed with a figure"),
  wording: field(300).describe("The source's own words"),
  missing_reason: z.enum(MISSING_REASONS, "unknown_choice").nullish().describe("Why there is no figure"),
  unchanged: z.boolean("not_true_or_false").nullish().describe("On being asked again nothing had changed"),
  children_share: z.number("not_a_number").min(0, "share_out_of_range").max(1, "share_out_of_range").nullish(),
  note: field(2000),
  restates: field(100).describe("The published statement of the same series that this one takes the place of"),
  source: z.strictObject(
    {
      title: z.string({ error: missingOr("not_text") }).max(500, "too_long"),
      publisher: field(300),
      speaker: field(300),
      speaker_role: field(300),
      published_on: isoMoment.nullish(),
      url: field(2000),
    },
    { error: missingOr("not_an_object") },
  ),
  confirm: z
    .array(z.enum(Object.keys(WARNINGS) as WarningCode[], "unknown_choice"), "not_a_list")
    .max(50, "too_long")
    .nullish()
    .describe("The codes of the warnings that were told and do not apply"),
});
export type Statement = z.output<typeof statement>;

/** What programs with a token may send. */
export const SENT = {
  enter: {
    path: "/snapshots",
    summary: "Records one statement with a token: public at once where the token was granted that, else waiting for a person",
    key: z
      .string()
      .regex(PROGRAMS_KEY)
      .describe(
        "Named by the sender, once for each statement: sent again with the same key and the same body, it is answered as the first time and recorded once. A refusal uses no key up: mended, it is sent with the same one. Keys do not expire, and each token has its own",
      ),
    body: statement,
    answer: z.object({ data: rows.entered }),
  },
} as const;
export type Entered = z.output<typeof rows.entered>;

/** RFC 9457, with the parameter at fault and what is allowed there; of a statement the fields at fault, or the warnings. */
export const problem = z.object({
  type: z.string().describe("/api/v1/problems/ and one of the codes"),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ parameter: z.string(), said: z.string(), allowed: z.string() })).optional(),
  fields: z
    .array(z.object({ field: z.string().describe("source.title for a field inside"), code: z.string(), detail: z.string() }))
    .optional(),
  warnings: z
    .array(
      z.object({
        code: z.string(),
        asks: z.boolean().describe("Whether it wants to be confirmed; others are told beside"),
        detail: z.string(),
      }),
    )
    .optional(),
});
export type Problem = z.infer<typeof problem>;
