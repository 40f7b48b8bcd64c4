import { z } from "zod";
import { isCountry } from "../countries/rules";
import { measureCodes } from "../measures/rules";
import { requiredMoment } from "../moments/input";
import { sourceInput } from "../sources/input";
import { texts } from "../texts";

/** An event as it may be sent; a break must name the measures it cuts. */
export const eventInput = (now: Date) =>
  z
    .object(
      {
        happened_on: requiredMoment,
        kind: z.enum(["context", "law", "break"], "unknown_choice"),
        countries: z.array(z.string("unknown_country").refine(isCountry, "unknown_country"), "required").min(1, "required"),
        measures: z.array(z.enum(measureCodes, "unknown_choice"), "required").default([]),
        what: texts(1000, true),
        source: sourceInput(now),
      },
      "required",
    )
    .refine((event) => event.kind !== "break" || event.measures.length > 0, { path: ["measures"], message: "required" });

export type EventInput = z.infer<ReturnType<typeof eventInput>>;
