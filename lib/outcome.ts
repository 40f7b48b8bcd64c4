import type { Warning } from "./snapshots/warnings";

/** Why something was not done. Codes, not sentences: the web translates them. */
export type Failure =
  | { code: "invalid"; fields: Record<string, string> }
  | { code: "forbidden" }
  | { code: "not_found" }
  | { code: "conflict"; current: number }
  /** Saved once each warning is answered with a word; `row` counts the figures of a briefing from 0. */
  | { code: "warned"; rows: { row: number; warnings: Warning[] }[] }
  /** Somebody else's change of it waits for review; `by` is that person's id. */
  | { code: "already_waiting"; by: string }
  /** Nobody would be left who can administer everything. */
  | { code: "last_admin" }
  /** Nobody changes what they themselves may. */
  | { code: "own_rights" }
  /** A role that needs a second factor keeps one. */
  | { code: "last_factor" }
  /** One admin alone does not take both ways in from an admin. */
  | { code: "second_admin" }
  /** The same form was sent before with other contents. */
  | { code: "sent_otherwise" }
  /** What the dry run of an import found no longer holds: the record has changed since. */
  | { code: "stale" };

/** What a verb answers: its value, or why it was not done. Bugs are thrown instead. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const refused = (failure: Failure): { ok: false; failure: Failure } => ({ ok: false, failure });
export const invalid = (fields: Record<string, string>) => refused({ code: "invalid", fields });
