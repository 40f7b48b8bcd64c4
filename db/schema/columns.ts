import { customType, integer, text, timestamp } from "drizzle-orm/pg-core";

/** An instant; read and written as a JavaScript Date, microseconds cut. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** A number of persons. PostgreSQL's bigint; JavaScript numbers carry it exactly up to 9 · 10^15. */
export const persons = customType<{ data: number; driverData: string }>({ dataType: () => "bigint", fromDriver: Number });

/** A share between 0 and 1, four digits. */
export const share = customType<{ data: number; driverData: string }>({
  dataType: () => "numeric(5, 4)",
  fromDriver: Number,
  toDriver: String,
});

/** Bytes as they are. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** A text in one or more of the five languages, by language code. */
export type Texts = Partial<Record<"en" | "ru" | "ky" | "uz" | "tg", string>>;

/** What every table of the record begins with; meanings stand in migration 0005. */
export const revisionColumns = {
  statementId: text("statement_id").notNull(),
  revision: integer("revision").notNull(),
  state: text("state").$type<"published" | "withdrawn">().notNull(),
  reason: text("reason"),
  recordedBy: text("recorded_by").notNull(),
  publishedBy: text("published_by").notNull(),
  /** Stamped by the database, whatever is sent. */
  recordedAt: instant("recorded_at").notNull().defaultNow(),
};

/** What every current row begins with. */
export const currentColumns = {
  statementId: text("statement_id").primaryKey(),
  revision: integer("revision").notNull(),
};
