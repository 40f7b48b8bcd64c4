import { bigint, boolean, integer, text } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";
import { ledger, staff } from "./schemas";

const place = () => bigint("n", { mode: "number" }).primaryKey();

export const entries = ledger.table("entries", {
  n: place(),
  kind: text("kind").notNull(),
  id: text("id").notNull(),
  revision: integer("revision").notNull(),
  contentHash: bytes("content_hash"),
  rowHash: bytes("row_hash"),
  hash: bytes("hash").notNull(),
});

export const keys = ledger.table("keys", { n: place(), key: text("key").notNull(), content: text("content").notNull() });

export const heads = ledger.table("heads", {
  n: place(),
  sealedAt: instant("sealed_at").notNull(),
  key: text("key").notNull(),
  signature: bytes("signature").notNull(),
});

export const sealSecret = staff.table("seal_secret", {
  onlyOne: boolean("only_one").primaryKey().default(true),
  secret: bytes("secret").notNull(),
  madeAt: instant("made_at").notNull().defaultNow(),
});

export const unsealed = staff.table("unsealed", {
  kind: text("kind").notNull(),
  firstAt: instant("first_at").notNull(),
  lastAt: instant("last_at").notNull(),
});
