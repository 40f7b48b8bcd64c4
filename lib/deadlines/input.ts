import { z } from "zod";
import { ALL, isCountry } from "../countries/rules";
import { requiredDay } from "../moments/input";
import { isZone } from "../moments/rules";
import { sourceInput } from "../sources/input";
import { optionalText, optionalUrl, requiredText, texts } from "../texts";

const codes = z.array(z.string("unknown_country").refine(isCountry, "unknown_country"), "required");

/** A deadline as it may be sent; texts by language code. */
export const deadlineInput = (now: Date) =>
  z.object(
    {
      chain: requiredText(100).refine((text) => /^[a-z0-9-]+$/.test(text), "not_a_name"),
      replaces: optionalText(100),
      cancelled: z.boolean("required").default(false),
      countries: codes.min(1, "required"),
      except_countries: codes.refine((list) => !list.includes(ALL), "unknown_choice").default([]),
      scope_as_reported: z.boolean("required"),
      measure: z.enum(["gray_list", "black_list"], "unknown_choice"),
      falls_on: requiredDay,
      zone: requiredText(60).refine(isZone, "unknown_zone"),
      day_counts: z.boolean("required"),
      basis: texts(1000, true),
      basis_url: optionalUrl,
      consequence: texts(2000, false),
      afterwards: texts(2000, false),
      source: sourceInput(now),
    },
    "required",
  );

export type DeadlineInput = z.infer<ReturnType<typeof deadlineInput>>;
