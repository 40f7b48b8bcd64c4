import { bigint, boolean, date, integer, primaryKey, text } from "drizzle-orm/pg-core";
import { currentColumns, instant, persons, revisionColumns, share } from "./columns";
import { derived, record } from "./schemas";

const content = {
  country: text("country").notNull(),
  measure: text("measure").notNull(),
  periodStart: date("period_start"),
  asOf: text("as_of").notNull(),
  asOfFrom: instant("as_of_from").notNull(),
  asOfTo: instant("as_of_to").notNull(),
  value: persons("value"),
  low: persons("low"),
  high: persons("high"),
  qualifier: text("qualifier"),
  wording: text("wording"),
  missingReason: text("missing_reason"),
  unchanged: boolean("unchanged").notNull(),
  childrenShare: share("children_share"),
  note: text("note"),
  rank: text("rank").notNull(),
  rankReason: text("rank_reason"),
  restates: text("restates"),
};

export const snapshots = record.table("snapshots", {
  ...revisionColumns,
  ...content,
  sourceId: text("source_id").notNull(),
  firstRevision: integer("first_revision").notNull().generatedAlwaysAs(1),
  warnings: text("warnings").array().notNull().default([]),
  confirmation: text("confirmation"),
  importId: text("import_id"),
  tokenId: text("token_id"),
});

export const currentSnapshots = derived.table("snapshots", {
  ...currentColumns,
  ...content,
  recordedAt: instant("recorded_at").notNull(),
  knownFrom: instant("known_from").notNull(),
  sourceId: text("source_id").notNull(),
  sourceTitle: text("source_title").notNull(),
  sourcePublisher: text("source_publisher"),
  sourceSpeaker: text("source_speaker"),
  sourceSpeakerRole: text("source_speaker_role"),
  sourcePublishedOn: text("source_published_on"),
  sourceUrl: text("source_url"),
});

/** How many rows a table has. */
export const totals = derived.table("totals", { of: text("of").primaryKey(), rows: bigint("rows", { mode: "number" }).notNull() });

/** Plain figures that another figure of their series overlaps. */
export const rivals = derived.table("rivals", {
  statementId: text("statement_id").primaryKey(),
  country: text("country").notNull(),
  measure: text("measure").notNull(),
  asOfTo: instant("as_of_to").notNull(),
});

/** Revisions that took a statement away from a country. */
export const moved = derived.table(
  "moved",
  {
    country: text("country").notNull(),
    recordedAt: instant("recorded_at").notNull(),
    statementId: text("statement_id").notNull(),
    revision: integer("revision").notNull(),
  },
  (table) => [primaryKey({ columns: [table.statementId, table.revision] })],
);
