import { boolean, text } from "drizzle-orm/pg-core";
import { currentColumns, instant, revisionColumns, share } from "./columns";
import { derived, record } from "./schemas";

const content = {
  unionMember: boolean("union_member"),
  zone: text("zone").notNull(),
  remittancesShareOfGdp: share("remittances_share_of_gdp"),
  note: text("note"),
};

export const countries = record.table("countries", { ...revisionColumns, ...content });

export const currentCountries = derived.table("countries", {
  ...currentColumns,
  ...content,
  recordedAt: instant("recorded_at").notNull(),
});
