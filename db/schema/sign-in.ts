import { bigint, integer, text } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";
import { staff } from "./schemas";

export const sessions = staff.table("sessions", {
  tokenHash: text("token_hash").primaryKey(),
  sessionId: text("session_id").notNull(),
  personId: text("person_id").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  lastUsedAt: instant("last_used_at").notNull().defaultNow(),
  expiresAt: instant("expires_at").notNull(),
  endedAt: instant("ended_at"),
  method: text("method").$type<"password" | "passkey" | "provider">().notNull(),
  secondFactor: text("second_factor").$type<"code" | "recovery_code" | "passkey" | "provider">(),
  device: text("device").notNull().default(""),
  network: text("network"),
  issuer: text("issuer"),
  subject: text("subject"),
  providerSession: text("provider_session"),
  sealedIdToken: bytes("sealed_id_token"),
});

export const tries = staff.table("tries", {
  key: text("key").primaryKey(),
  taken: integer("taken").notNull(),
  until: instant("until").notNull(),
});

export const usedOnce = staff.table("used_once", {
  key: text("key").primaryKey(),
  at: instant("at").notNull().defaultNow(),
  until: instant("until").notNull(),
});

export const authenticators = staff.table("authenticators", {
  personId: text("person_id").primaryKey(),
  sealedSecret: bytes("sealed_secret").notNull(),
  madeAt: instant("made_at").notNull().defaultNow(),
  lastStep: bigint("last_step", { mode: "number" }).notNull(),
});

export const passkeys = staff.table("passkeys", {
  credentialId: text("credential_id").primaryKey(),
  personId: text("person_id").notNull(),
  publicKey: bytes("public_key").notNull(),
  counter: bigint("counter", { mode: "number" }).notNull(),
  transports: text("transports").array().notNull().default([]),
  device: text("device").notNull().default(""),
  madeAt: instant("made_at").notNull().defaultNow(),
  usedAt: instant("used_at"),
});

export const recoveryCodes = staff.table("recovery_codes", {
  personId: text("person_id").notNull(),
  codeHash: text("code_hash").notNull(),
  salt: text("salt").notNull(),
  madeAt: instant("made_at").notNull().defaultNow(),
  usedAt: instant("used_at"),
});

export const providerIdentities = staff.table("provider_identities", {
  issuer: text("issuer").notNull(),
  subject: text("subject").notNull(),
  personId: text("person_id").notNull(),
  boundAt: instant("bound_at").notNull().defaultNow(),
});
