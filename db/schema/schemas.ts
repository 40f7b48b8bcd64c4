import { pgSchema } from "drizzle-orm/pg-core";

/** Append-only revisions. */
export const record = pgSchema("record");
/** Current rows, kept by the database itself. */
export const derived = pgSchema("derived");
/** People, sessions, submissions. */
export const staff = pgSchema("staff");
