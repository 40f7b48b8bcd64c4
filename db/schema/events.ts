import { integer, jsonb, text } from "drizzle-orm/pg-core";
import { currentColumns, instant, revisionColumns, type Texts } from "./columns";
import { derived, record } from "./schemas";

const content = {
  happenedOn: text("happened_on").notNull(),
  happenedFrom: instant("happened_from").notNull(),
  happenedTo: instant("happened_to").notNull(),
  kind: text("kind").notNull(),
  countries: text("countries").array().notNull(),
  measures: text("measures").array().notNull(),
  what: jsonb("what").$type<Texts>().notNull(),
};

export const events = record.table("events", {
  ...revisionColumns,
  ...content,
  sourceId: text("source_id").notNull(),
  firstRevision: integer("first_revision").notNull().generatedAlwaysAs(1),
});

export const currentEvents = derived.table("events", {
  ...currentColumns,
  ...content,
  recordedAt: instant("recorded_at").notNull(),
  sourceId: text("source_id").notNull(),
  sourceTitle: text("source_title").notNull(),
  sourceUrl: text("source_url"),
});
