import { z } from "zod";
import { isZone } from "../moments/rules";
import { optionalText, requiredText } from "../texts";
import { isCountry } from "./rules";

/** What is recorded of a country as such, by the names of `record.countries`. */
export const countryInput = z.object(
  {
    country: requiredText(3).refine(isCountry, "unknown_country"),
    union_member: z.boolean("required").nullable(),
    zone: requiredText(60).refine(isZone, "unknown_zone"),
    remittances_share_of_gdp: z.number("not_a_number").min(0, "share_out_of_range").max(1, "share_out_of_range").nullable(),
    note: optionalText(2000),
  },
  "required",
);
