/** The generation of the columns; one more with each change after which a program that reads them may fail. */
export const COLUMNS = 1;

/** What was ever recorded: statements of every kind, and revisions of these beyond their first. */
export type Recorded = { statements: number; corrections: number };

/**
 * The version of the data by our own recipe: new columns make it a major one, new statements a minor one, corrections and
 * withdrawals a patch. The record only grows, so versions only rise, and one version is one state of the record.
 */
export const releaseOf = ({ statements, corrections }: Recorded): string => `${COLUMNS}.${statements}.${corrections}`;
