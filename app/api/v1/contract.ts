import { z } from "zod";
import { isCountry } from "@/lib/countries/rules";
import { READINGS } from "@/lib/explore/rules/view";
import { measureCodes } from "@/lib/measures/rules";
import { parseMoment } from "@/lib/moments/rules";
import { RANKS } from "@/lib/snapshots/rules";
import * as rows from "./rows";

const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/);
const isBound = (text: string) => /^[12]/.test(text) && ["day", "month", "year"].includes(parseMoment(text)?.precision ?? "");
// PostgreSQL has no year 0.
const day = z.iso.date().regex(/^[1-9]/);
const instant = z.iso.datetime({ offset: true }).regex(/^[1-9]/);

/** An ISO 3166-1 alpha-2 code in capitals, or ALL. */
const oneCountry = z
  .string()
  .regex(/^(?:[A-Z]{2}|ALL)$/)
  .refine(isCountry, "no such country")
  .describe("ISO 3166-1 alpha-2 in capitals, or ALL");

const severalCountries = z
  .string()
  .regex(/^(?:[A-Z]{2}|ALL)(?:,(?:[A-Z]{2}|ALL)){0,23}$/)
  .refine((text) => text.split(",").every(isCountry), "no such country")
  .describe("One or several, with commas: KG,TJ");

const measure = z.enum(measureCodes);
const bound = z
  .string()
  .max(10)
  .refine(isBound, "neither a year, a month nor a day")
  .describe("A year, a month or a day: 2025, 2025-07, 2025-07-26");

/** Which knowledge an answer is from; both are echoed with it. */
const VINTAGE = {
  as_known_on: day.optional().describe("Only what sources had made public by the end of this day in Moscow; today where it is left out"),
  as_recorded_at: instant
    .optional()
    .describe("Of each statement the newest revision recorded up to this instant; the newest of all where it is left out"),
};

const PAGE = {
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,600}$/)
    .optional()
    .describe("The `next` of the page before; it keeps both dates"),
};

const FORMAT = { format: z.enum(["json", "csv"]).optional().describe("As `Accept: text/csv` asks for; this goes before") };

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
 * Everything that is published for programs, and the only list of it: questions are checked by it, answers are typed by
 * it, and the OpenAPI document is made from it. Parts of a path in braces are ids.
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
      revisions: z.enum(["current", "all"]).default("current"),
      rank: z.enum(RANKS).optional(),
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
      points: z.coerce.number().int().min(10).max(2000).default(400).describe("About so many plain figures a country at most"),
      v: z.enum(READINGS).default("absolute"),
      at: day.optional().describe("The day of the index"),
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
    "What was corrected or withdrawn: before, after, when and why",
    { country: oneCountry.optional() },
    rows.correctionRow,
  ),
  ledger: table(
    "/ledger",
    "The chain of hashes over the record and over the acts of the desk, entry by entry",
    { after: z.coerce.number().int().min(0).default(0).describe("The entry before the first") },
    rows.ledgerRow,
  ),
  ledgerHead: one("/ledger/head", "The newest signed head of the chain; null while nothing is sealed", {}, rows.headRow.nullable()),
} as const;

export type OperationName = keyof typeof OPERATIONS;
export type Query<Name extends OperationName> = z.output<(typeof OPERATIONS)[Name]["query"]>;
export type Row<Name extends OperationName> = z.output<(typeof OPERATIONS)[Name]["row"]>;

/** RFC 9457, with the parameter at fault and what is allowed there. */
export const problem = z.object({
  type: z.string().describe("/api/v1/problems/ and one of the codes"),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ parameter: z.string(), said: z.string(), allowed: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;
