import { z } from "zod";
import { isCountry } from "../countries/rules";
import { optionalDay } from "../moments/input";
import { optionalText } from "../texts";
import { FEATURES } from "./rules";

const named = (pattern: RegExp) => optionalText(100).refine((text) => text === undefined || pattern.test(text), "unknown_choice");

/** No act is older than this century. */
const day = optionalDay.refine((iso) => iso === undefined || iso >= "2000", "day_unreadable");

/** Which acts are asked for; days are those of Moscow, both included. */
export const historyFilter = z
  .object(
    {
      person: named(/^[A-Za-z0-9-]+$/),
      feature: z.preprocess((value) => (value === "" ? undefined : value), z.enum(FEATURES, "unknown_choice").optional()),
      verb: named(/^[a-z_]+$/),
      country: optionalText(3).refine((code) => code === undefined || isCountry(code), "unknown_country"),
      from: day,
      to: day,
    },
    "required",
  )
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, { path: ["to"], message: "before_the_first_day" });

export type HistoryFilter = Partial<z.infer<typeof historyFilter>>;
