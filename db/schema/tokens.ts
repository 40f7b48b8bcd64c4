import { boolean, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { staff } from "./schemas";

export const tokens = staff.table("tokens", {
  tokenId: text("token_id").primaryKey(),
  tokenHash: text("token_hash").notNull(),
  name: text("name").notNull(),
  madeBy: text("made_by").notNull(),
  madeAt: instant("made_at").notNull().defaultNow(),
  countries: text("countries").array().notNull(),
  publishes: boolean("publishes").notNull(),
  expiresAt: instant("expires_at").notNull(),
  endedAt: instant("ended_at"),
  endedBy: text("ended_by"),
  lastUsedAt: instant("last_used_at"),
});

export const tokenRefusals = staff.table("token_refusals", {
  tokenId: text("token_id").notNull(),
  reason: text("reason").$type<"expired" | "ended" | "maker" | "country">().notNull(),
  country: text("country").notNull().default(""),
  firstAt: instant("first_at").notNull().defaultNow(),
  lastAt: instant("last_at").notNull().defaultNow(),
});
