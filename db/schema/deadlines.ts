import { boolean, date, integer, jsonb, text } from "drizzle-orm/pg-core";
import { currentColumns, instant, revisionColumns, type Texts } from "./columns";
import { derived, record } from "./schemas";

const content = {
  chain: text("chain").notNull(),
  replaces: text("replaces"),
  cancelled: boolean("cancelled").notNull(),
  countries: text("countries").array().notNull(),
  exceptCountries: text("except_countries").array().notNull(),
  scopeAsReported: boolean("scope_as_reported").notNull(),
  measure: text("measure").notNull(),
  fallsOn: date("falls_on").notNull(),
  zone: text("zone").notNull(),
  dayCounts: boolean("day_counts").notNull(),
  endsAt: instant("ends_at").notNull(),
  basis: jsonb("basis").$type<Texts>().notNull(),
  basisUrl: text("basis_url"),
  consequence: jsonb("consequence").$type<Texts>().notNull(),
  afterwards: jsonb("afterwards").$type<Texts>().notNull(),
};

export const deadlines = record.table("deadlines", {
  ...revisionColumns,
  ...content,
  sourceId: text("source_id").notNull(),
  firstRevision: integer("first_revision").notNull().generatedAlwaysAs(1),
});

export const currentDeadlines = derived.table("deadlines", {
  ...currentColumns,
  ...content,
  recordedAt: instant("recorded_at").notNull(),
  knownFrom: instant("known_from").notNull(),
  sourceId: text("source_id").notNull(),
  sourceTitle: text("source_title").notNull(),
  sourcePublishedOn: text("source_published_on"),
  sourceUrl: text("source_url"),
});
