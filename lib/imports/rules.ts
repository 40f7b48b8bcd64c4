import { mayDecide } from "../review/rules";
import type { WarningCode } from "../snapshots/warnings";
import { type Actor, may, WHO_MAY } from "../staff/rules";

/**
 * What a row of an import would do.
 *
 * `new` makes a statement, `changes` corrects one, `rivals` makes one beside another that says otherwise about an
 * overlapping time; each of these is `warned` where a warning wants a word. `same` says what is there already, in the
 * record or in an earlier line, and `faulty` cannot be recorded: neither does anything.
 */
export const VERDICTS = ["new", "changes", "rivals", "warned", "same", "faulty"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The verdicts of rows that are written. */
export const WRITTEN = ["new", "changes", "rivals", "warned"] as const satisfies readonly Verdict[];

/** Number of rows by verdict. */
export type Counts = Record<Verdict, number>;

export const writtenOf = (counts: Counts): number => WRITTEN.reduce((sum, verdict) => sum + counts[verdict], 0);
export const rowsOf = (counts: Counts): number => VERDICTS.reduce((sum, verdict) => sum + counts[verdict], 0);

export type ImportState = "checked" | "waiting" | "returned" | "committed" | "withdrawn" | "abandoned";

/** What an import must be known by to say who may do what with it. */
export type Whose = { state: ImportState; uploadedBy: string; countries: readonly string[] };

const isOwn = (actor: Actor, of: Whose) => of.uploadedBy === actor.personId;

/** Its sender sees an import, and whoever may publish for all its countries. */
export const maySee = (actor: Actor, of: Whose): boolean => isOwn(actor, of) || may(actor, "publish", of.countries) !== "no";

/** Only its sender chooses columns, sends it on or abandons it, as long as it is not decided. */
export const mayPrepare = (actor: Actor, of: Whose): boolean => isOwn(actor, of) && (of.state === "checked" || of.state === "returned");

/** Whether what this person sends is public at once; a recorder's or reviewer's import waits for a second person. */
export const commitsAlone = (actor: Actor): boolean => WHO_MAY[actor.role].record === "yes";

/** A second person commits or returns what waits: the same as with a single submission. */
export const mayDecideImport = (actor: Actor, of: Whose): boolean =>
  mayDecide(actor, { state: of.state, submittedBy: of.uploadedBy, countries: of.countries });

/** A whole import is withdrawn by somebody who may withdraw at once for all its countries. */
export const mayWithdrawImport = (actor: Actor, of: Whose): boolean =>
  of.state === "committed" && may(actor, "withdraw", of.countries) === "yes";

/**
 * How much is compared with the whole history of its country: these rules take a row of a series against all others,
 * so a country with more statements than this, in the record and the file together, is looked at by `SHORT_RULES` alone,
 * and so is a file with more rows to write than this. The record's own series have a few dozen.
 */
export const MOST_COMPARED = { statements: 400, rows: 2_000 };

/** The warnings that need no history; looked at for every row of any file. */
export const SHORT_RULES = ["children_share_unusual", "span_into_future"] as const satisfies readonly WarningCode[];
