import { pgSchema } from "drizzle-orm/pg-core";

/** Append-only revisions. */
export const record = pgSchema("record");
/** Current rows, kept by the database itself. */
export const derived = pgSchema("derived");
/** The chain of hashes over both. */
export const ledger = pgSchema("ledger");
/** People, sessions, submissions. */
export const staff = pgSchema("staff");
