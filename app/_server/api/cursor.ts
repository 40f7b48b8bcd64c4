import { z } from "zod";

/** Where a list goes on, and what it keeps to: the question it belongs to, both dates, and the last row's key. */
const cursor = z.strictObject({
  q: z.string().max(200),
  known: z.iso.date(),
  recorded: z.iso.datetime(),
  after: z.array(z.union([z.string().max(200), z.number()])).max(6),
});
export type Cursor = z.infer<typeof cursor>;

export const written = (said: Cursor): string => Buffer.from(JSON.stringify(said)).toString("base64url");

/** What a cursor says; undefined where it is none of ours. */
export function readCursor(text: string): Cursor | undefined {
  try {
    return cursor.safeParse(JSON.parse(Buffer.from(text, "base64url").toString())).data;
  } catch {
    return undefined;
  }
}
