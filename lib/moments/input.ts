import { z } from "zod";
import { optionalText, requiredText } from "../texts";
import { parseMoment } from "./rules";
import { LONGEST_MOMENT, readMoment } from "./spelling";

/** The form of ISO 8601, in which programs send: they know one code for whatever is wrong with it. */
const STANDARD = /^\d{4}(-\d\d){0,2}(\/\d{4}(-\d\d){0,2})?$/;

type Unreadable = "moment_unreadable" | "day_unreadable";

function isoOf(text: string, ctx: z.RefinementCtx, unreadable: Unreadable): string {
  const read = readMoment(text);
  if (read.ok) return read.iso;
  const message = read.code === "moment_unreadable" || STANDARD.test(text) ? unreadable : read.code;
  ctx.addIssue({ code: "custom", message });
  return z.NEVER;
}

const isDay = (iso: string | undefined) => iso === undefined || parseMoment(iso)?.precision === "day";

/** A moment in any spelling that `readMoment` knows; comes out as ISO 8601. */
export const requiredMoment = requiredText(LONGEST_MOMENT).transform((text, ctx) => isoOf(text, ctx, "moment_unreadable"));

/** The same; blank counts as not given. */
export const optionalMoment = optionalText(LONGEST_MOMENT).transform((text, ctx) =>
  text === undefined ? undefined : isoOf(text, ctx, "moment_unreadable"),
);

/** A calendar day in any spelling that `readMoment` knows; comes out as `YYYY-MM-DD`. */
export const requiredDay = requiredText(LONGEST_MOMENT)
  .transform((text, ctx) => isoOf(text, ctx, "day_unreadable"))
  .refine(isDay, "day_unreadable");

/** The same; blank counts as not given. */
export const optionalDay = optionalText(LONGEST_MOMENT)
  .transform((text, ctx) => (text === undefined ? undefined : isoOf(text, ctx, "day_unreadable")))
  .refine(isDay, "day_unreadable");
