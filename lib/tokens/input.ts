import { z } from "zod";
import { isCountry } from "../countries/rules";
import { requiredText } from "../texts";
import { LIVES } from "./rules";

/** A token as it is asked for; `publishes` is a box that is ticked or not. */
export const tokenInput = z.object(
  {
    name: requiredText(100),
    countries: z
      .array(z.string("unknown_country").refine(isCountry, "unknown_country"), "required")
      .min(1, "required")
      .transform((codes) => [...new Set(codes)].sort()),
    publishes: z.preprocess((value) => value !== undefined && value !== "" && value !== false, z.boolean()),
    days: z.preprocess(
      (value) => (value === "" || value === null ? undefined : value),
      z.enum(LIVES, { error: (issue) => (issue.input === undefined ? "required" : "unknown_choice") }),
    ),
  },
  "required",
);
