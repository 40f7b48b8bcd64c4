import { z } from "zod";
import { PLOT_REFUSALS } from "@/lib/explore/rules/plotted";
import { KINDS } from "@/lib/ledger/chain";
import { LISTS, measureCodes } from "@/lib/measures/rules";
import { CONFIDENTIALITY, OBSERVATION } from "@/lib/open-data/sdmx";
import { MISSING_REASONS, QUALIFIERS, RANKS } from "@/lib/snapshots/rules";

const instant = z.iso.datetime();
const day = z.iso.date();
const persons = z.number().int().min(0);
const country = z
  .string()
  .regex(/^(?:[A-Z]{2}|ALL)$/)
  .describe("ISO 3166-1 alpha-2, or ALL for all nationalities together");
const measure = z.enum(measureCodes);
const texts = z
  .partialRecord(z.enum(["en", "ru", "ky", "uz", "tg"]), z.string())
  .describe("By language; a text that was given in one language only stands in that one");
const moment = z
  .string()
  .describe("ISO 8601 at the precision the source gives: an instant, a day, a month, a year, or an interval of two of these");

const source = z.object({
  id: z.string(),
  title: z.string(),
  publisher: z.string().nullable(),
  speaker: z.string().nullable(),
  speaker_role: z.string().nullable(),
  published_on: moment.nullable(),
  url: z.url().nullable(),
});

const briefSource = source.pick({ id: true, title: true, url: true });

/** One revision of one statement about a count, as the public may know it. */
export const snapshot = z.object({
  statement_id: z.string(),
  revision: z.number().int().min(1),
  state: z.enum(["published", "withdrawn"]),
  country,
  country_iso3: z.string().length(3).nullable(),
  measure,
  kind: z.enum(["stock", "flow"]),
  period_start: day.nullable().describe("Of a flow, the day from which it counts, where the source gives one"),
  as_of: moment,
  as_of_from: instant.describe("First instant of as_of; days are Moscow's"),
  as_of_to: instant.describe("First instant after as_of"),
  value: persons.nullable().describe("Persons, as said; null where none was said, or a range"),
  low: z.number().min(0).nullable().describe("The least the figure can mean by the published rule; null where it is open on that side"),
  high: z.number().min(0).nullable().describe("The most it can mean; null where it is open on that side"),
  qualifier: z.enum(QUALIFIERS).nullable(),
  wording: z.string().nullable().describe("The source's own words"),
  missing_reason: z.enum(MISSING_REASONS).nullable().describe("Why there is no figure"),
  unchanged: z.boolean().describe("On being asked again nothing had changed; moves no figure"),
  children_share: z.number().min(0).max(1).nullable(),
  obs_status: z.enum(OBSERVATION).describe("SDMX CL_OBS_STATUS"),
  conf_status: z.literal(CONFIDENTIALITY).describe("SDMX CL_CONF_STATUS"),
  rank: z.enum(RANKS),
  note: z.string().nullable(),
  source,
  known_from: instant.describe("From when on it was public"),
  restates: z.string().nullable().describe("The statement that this one takes the place of"),
  recorded_at: instant,
  superseded_at: instant.nullable().describe("When the next revision was recorded; null for the newest"),
  url: z.url(),
});
export type SnapshotRow = z.infer<typeof snapshot>;

/** A statement that was sent, as it was understood; the record's own dates are had by asking for it once it is public. */
export const entered = snapshot.omit({ rank: true, known_from: true, recorded_at: true, superseded_at: true }).extend({
  revision: z.number().int().min(1).nullable().describe("null while it waits"),
  state: z.enum(["published", "waiting"]).describe("Public now, or waiting for a person to publish it"),
  source: source.omit({ id: true }),
  url: z.url().nullable().describe("Its page, once it is public"),
});

export const countryRow = z.object({
  code: country,
  iso3: z.string().length(3).nullable(),
  names: texts,
  union_member: z.boolean().nullable().describe("Member of the Eurasian Economic Union"),
  zone: z.string().describe("Time zone of its capital, IANA"),
  remittances_share_of_gdp: z.number().nullable(),
  url: z.url(),
});

export const measureRow = z.object({ code: measure, kind: z.enum(["stock", "flow"]), names: texts, definitions: texts });

const point = z.object({
  statement_id: z.string(),
  as_of: moment,
  from: instant,
  to: instant,
  value: z.number().describe("As the reading asked for has it"),
  low: z.number().nullable(),
  high: z.number().nullable(),
  exact: z.boolean(),
  worked_out_with: z.string().nullable().describe("Statement of the count present, the base of the index or the figure before"),
});

export const seriesRow = z.object({
  country,
  measure,
  refused: z.enum(PLOT_REFUSALS).nullable().describe("Why there is nothing to show"),
  pieces: z.array(z.array(point)).describe("Oldest first; nothing may be compared between two pieces"),
  rivals: z.array(point),
  left_out: z.array(z.string()).describe("Statements that this reading does not carry"),
  missing: z.array(z.object({ statement_id: z.string(), as_of: moment, reason: z.enum(MISSING_REASONS) })),
  breaks: z.array(z.object({ statement_id: z.string(), happened_on: moment })),
  statements: z.number().int().describe("How many there are before thinning"),
});

export const latestRow = z.object({
  country,
  country_iso3: z.string().length(3).nullable(),
  measure,
  value: persons.nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  qualifier: z.enum(QUALIFIERS).nullable(),
  as_of: moment.nullable(),
  age_days: z.number().int().min(0).nullable().describe("Days from the end of as_of to as_known_on"),
  statement_id: z.string().nullable(),
  rivals: z.array(z.string()),
  missing_reason: z.enum(["nothing_known"]).nullable(),
});

const carried = z.object({ bound: z.number(), days: z.number(), per_day: z.number() });

export const projectionRow = z.object({
  country,
  measure,
  deadline: z.string().nullable().describe("Statement of the deadline"),
  ends_at: instant.nullable(),
  refused: z
    .enum(["flow", "no_deadline_ahead", "too_few_neighbours", "figure_too_old", "span_past_deadline", "open_bound", "spans_touch"])
    .nullable(),
  from: z.string().nullable().describe("Statement of the earlier neighbour"),
  to: z.string().nullable().describe("Statement of the later neighbour"),
  pace_per_day: z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() }).nullable(),
  pace_days: z.number().nullable().describe("Days between the centres of the two"),
  needed_per_day: z.number().nullable().describe("Persons a day that would have to come off to reach none by the deadline"),
  days: z.number().nullable().describe("Days from the centre of the later one to the deadline"),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  low_from: carried.nullable(),
  high_from: carried.nullable(),
  rises: z.boolean().nullable(),
});

export const deadlineRow = z.object({
  statement_id: z.string(),
  revision: z.number().int(),
  chain: z.string(),
  replaces: z.string().nullable(),
  cancelled: z.boolean(),
  state: z
    .enum(["ahead", "last_days", "today", "passed", "extended", "cancelled"])
    .describe(
      "On the day as_known_on, as days are counted in zone: today on the last day, passed from the next one on; ends_at has the instant",
    ),
  countries: z.array(country),
  except_countries: z.array(country),
  scope_as_reported: z.boolean(),
  measure: z.enum(LISTS),
  falls_on: day,
  zone: z.string(),
  day_counts: z.boolean(),
  ends_at: instant.describe("First instant at which it has passed"),
  basis: texts,
  basis_url: z.url().nullable(),
  consequence: texts,
  afterwards: texts,
  known_from: instant,
  source: z.object({ id: z.string(), title: z.string(), published_on: moment.nullable(), url: z.url().nullable() }),
  url: z.url(),
});

export const eventRow = z.object({
  statement_id: z.string(),
  happened_on: moment,
  kind: z.enum(["context", "law", "break"]),
  countries: z.array(country),
  measures: z.array(measure),
  what: texts,
  source: briefSource,
});

const withdrawn = z.boolean().describe("Whether this revision takes the statement back; then the rest is what it said last");
const sourceId = z.string().describe("Source it rests on");

const snapshotSaid = snapshot
  .pick({ country: true, measure: true, period_start: true, as_of: true, value: true, low: true, high: true, qualifier: true })
  .extend(snapshot.pick({ wording: true, missing_reason: true, unchanged: true, children_share: true, rank: true, note: true }).shape)
  .extend({ restates: snapshot.shape.restates, source_id: sourceId, withdrawn });

const deadlineSaid = deadlineRow
  .omit({ statement_id: true, revision: true, state: true, known_from: true, source: true, url: true })
  .extend({ source_id: sourceId, withdrawn });

const eventSaid = eventRow.omit({ statement_id: true, source: true }).extend({ source_id: sourceId, withdrawn });

/** What is told of a change, whatever it is a change of. */
const change = <Kind extends string, Said extends z.ZodType>(kind: Kind, told: Said) =>
  z.object({
    statement_id: z.string(),
    statement_kind: z.literal(kind).describe("What is changed; `before` and `after` are made accordingly"),
    revision: z.number().int().min(2),
    corrected_at: instant,
    reason: z.string(),
    source_title: z.string(),
    before: told,
    after: told,
    url: z.url(),
  });

export const correctionRow = z.discriminatedUnion("statement_kind", [
  change("snapshot", snapshotSaid),
  change("deadline", deadlineSaid),
  change("event", eventSaid),
]);

export const sourceRow = source.extend({
  revision: z.number().int(),
  recorded_at: instant,
  statements: z.array(z.string()).max(1000).describe("Statements that rest on it, by id"),
  more_statements: z.boolean().describe("Whether there are more than these"),
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const place = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** An entry of the ledger: its hash is of the canonical JSON (RFC 8785) of all that stands here besides content and hash. */
export const ledgerRow = z.object({
  n: place.describe("Place in the chain, from 1, without gaps"),
  kind: z.enum(KINDS).describe("The table of the record; acts: what the desk did; key: a public key"),
  id: z.string().describe("Statement, number of the act, or public key"),
  revision: z.number().int().min(1),
  content: z
    .string()
    .nullable()
    .describe("What everybody may read of the row, as the text that content_hash is of; null where nothing is public"),
  content_hash: sha256.nullable().describe("SHA-256 of content"),
  row_hash: sha256.nullable().describe("SHA-256 of the whole row behind a salt that is not public; null for keys"),
  previous: sha256.describe("Hash of the entry before; zeros before the first"),
  hash: sha256.describe("SHA-256 of this entry as canonical JSON, without content and without this"),
});

/** A signed end of the chain. */
export const headRow = z.object({
  n: place.describe("The last entry"),
  hash: sha256.describe("Hash of that entry"),
  sealed_at: instant,
  key: z.string().length(43).describe("Ed25519 public key, base64url"),
  signature: z.string().length(88).describe("Signature, in base64, of the canonical JSON of all that stands here besides it"),
});
