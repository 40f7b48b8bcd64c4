import { date, integer, jsonb, text } from "drizzle-orm/pg-core";
import { currentColumns, instant, revisionColumns, type Texts } from "./columns";
import { derived, record } from "./schemas";

const content = {
  country: text("country").notNull(),
  kind: text("kind").notNull(),
  name: jsonb("name").$type<Texts>().notNull(),
  telephone: text("telephone"),
  email: text("email"),
  url: text("url"),
  address: jsonb("address").$type<Texts>().notNull(),
  hours: jsonb("hours").$type<Texts>().notNull(),
  languages: text("languages").array().notNull(),
  note: jsonb("note").$type<Texts>().notNull(),
  confirmedOn: date("confirmed_on").notNull(),
  hideAfterDays: integer("hide_after_days").notNull(),
};

export const contacts = record.table("contacts", { ...revisionColumns, ...content });

export const currentContacts = derived.table("contacts", {
  ...currentColumns,
  ...content,
  recordedAt: instant("recorded_at").notNull(),
});
