import { createHash } from "node:crypto";
import { z } from "zod";
import type { OperationName } from "@/app/api/v1/contract";
import { CORRECTED } from "@/lib/corrections/pages";
import { isCountry } from "@/lib/countries/rules";
import { measureCodes } from "@/lib/measures/rules";

const instant = z.iso.datetime().regex(/^[1-9]/);
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/);
const whole = z.int().max(2 ** 31 - 1);

/** How many rows went before, of a list that is read whole. */
const behindRows = z.tuple([whole.min(0)]);
/** The last row of the page before, by what the list is ordered by. */
const behindRow: Partial<Record<OperationName, z.ZodType<(string | number)[]>>> = {
  snapshots: z.tuple([z.string().refine(isCountry), z.enum(measureCodes), instant, id, whole.min(1)]),
  corrections: z.tuple([instant, z.enum(CORRECTED), id]),
};

/** Where a list goes on, and what it keeps to: the question it belongs to, both dates, and what is behind. */
const cursorOf = (name: OperationName) =>
  z.strictObject({ q: z.string(), known: z.iso.date(), recorded: instant, after: behindRow[name] ?? behindRows });
export type Cursor = { q: string; known: string; recorded: string; after: (string | number)[] };

/** A question in short, apart from where its page begins: a cursor goes on with the same one only. */
export const markOf = (question: unknown): string => createHash("sha256").update(JSON.stringify(question)).digest("base64url").slice(0, 16);

export const written = (said: Cursor): string => Buffer.from(JSON.stringify(said)).toString("base64url");

/** What a cursor says; undefined where it is none of ours. */
export function readCursor(name: OperationName, text: string): Cursor | undefined {
  try {
    return cursorOf(name).safeParse(JSON.parse(Buffer.from(text, "base64url").toString())).data;
  } catch {
    return undefined;
  }
}
