import { bigint, boolean, integer, jsonb, text } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";
import { staff } from "./schemas";

export const people = staff.table("people", {
  personId: text("person_id").primaryKey(),
  email: text("email").notNull(),
  name: text("name").notNull(),
  passwordHash: text("password_hash"),
  role: text("role").notNull(),
  countries: text("countries").array().notNull().default([]),
  language: text("language").notNull().default("en"),
  active: boolean("active").notNull().default(true),
  createdAt: instant("created_at").notNull().defaultNow(),
});

export const setUpLinks = staff.table("set_up_links", {
  tokenHash: text("token_hash").primaryKey(),
  createdAt: instant("created_at").notNull().defaultNow(),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
  personId: text("person_id"),
});

export const submissions = staff.table("submissions", {
  submissionId: text("submission_id").primaryKey(),
  feature: text("feature").notNull(),
  statementId: text("statement_id").notNull(),
  replacesRevision: integer("replaces_revision").notNull(),
  verb: text("verb").notNull(),
  content: jsonb("content").$type<Record<string, unknown>>().notNull(),
  countries: text("countries").array().notNull(),
  reason: text("reason"),
  state: text("state").notNull(),
  submittedBy: text("submitted_by").notNull(),
  submittedAt: instant("submitted_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
  briefingId: text("briefing_id"),
  version: integer("version").notNull().default(1),
  decidedBy: text("decided_by"),
  decidedAt: instant("decided_at"),
  returnedBecause: text("returned_because"),
  tokenId: text("token_id"),
});

export const copies = staff.table("copies", {
  copyId: text("copy_id").primaryKey(),
  mediaType: text("media_type").$type<"application/pdf" | "image/png" | "image/jpeg">().notNull(),
  bytes: bytes("bytes").notNull(),
  storedBy: text("stored_by").notNull(),
  storedAt: instant("stored_at").notNull().defaultNow(),
});

export const sends = staff.table("sends", {
  personId: text("person_id").notNull(),
  key: text("key").notNull(),
  bodyHash: text("body_hash").notNull(),
  answer: jsonb("answer").notNull(),
  at: instant("at").notNull().defaultNow(),
});

export const acts = staff.table("acts", {
  actId: bigint("act_id", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
  at: instant("at").notNull().defaultNow(),
  personId: text("person_id").notNull(),
  verb: text("verb").notNull(),
  feature: text("feature").notNull(),
  objectId: text("object_id").notNull(),
  countries: text("countries").array().notNull().default([]),
  reason: text("reason"),
  before: jsonb("before").$type<Record<string, unknown>>(),
  after: jsonb("after").$type<Record<string, unknown>>(),
  tokenId: text("token_id"),
});
