import { z } from "zod";
import { isCountry } from "../countries/rules";
import { requiredDay } from "../moments/input";
import { dayIn, MOSCOW } from "../moments/rules";
import { isObject, optionalText, optionalUrl, requiredText, texts } from "../texts";
import { HIDE_AFTER_DAYS, isCheck, KINDS, SPOKEN } from "./rules";

const blank = (value: unknown) => (value === null || (typeof value === "string" && value.trim() === "") ? undefined : value);

/** A number in international form; hyphens, brackets and odd spaces become spaces: `+996 312 66 12 34`. */
const telephone = optionalText(40)
  .transform((text) => text?.replace(/[\s().\-\u2010-\u2013]+/g, " ").trim())
  .refine(
    (text) => text === undefined || (/^\+[1-9][\d ]*$/.test(text) && /^\d{7,15}$/.test(text.slice(1).replaceAll(" ", ""))),
    "not_a_telephone",
  );

const email = z.preprocess((value) => {
  const given = blank(value);
  return typeof given === "string" ? given.trim() : given;
}, z.email("not_an_email").max(254, "too_long").optional());

/** How many days a contact stays public without being confirmed again. */
const hideAfterDays = z.preprocess((value) => {
  const given = blank(value);
  return typeof given === "string" && /^\s*\d{1,6}\s*$/.test(given) ? Number(given) : given;
}, z.number("not_a_number").int("not_whole").min(1, "days_out_of_range").max(730, "days_out_of_range").default(HIDE_AFTER_DAYS));

/**
 * A contact as it may be sent; texts by language code. One can be reached by telephone, e-mail or on the web.
 * @param now nobody can have confirmed it after it
 */
export const contactInput = (now: Date) =>
  z
    .object(
      {
        country: requiredText(3).refine(isCountry, "unknown_country"),
        kind: z.preprocess(blank, z.enum(KINDS, { error: (issue) => (issue.input === undefined ? "required" : "unknown_choice") })),
        name: texts(200, true),
        telephone,
        email,
        url: optionalUrl,
        address: texts(500, false),
        hours: texts(500, false),
        languages: z.array(z.enum(SPOKEN, "unknown_choice"), "unknown_choice").default([]),
        note: texts(1000, false),
        confirmed_on: requiredDay.refine((text) => text <= dayIn(MOSCOW, now), "in_the_future"),
        hide_after_days: hideAfterDays,
      },
      "required",
    )
    .refine(({ telephone, email, url }) => telephone !== undefined || email !== undefined || url !== undefined, {
      path: ["telephone"],
      message: "way_to_reach_needed",
      when: isObject,
    })
    .refine((contact) => !isCheck(contact) || contact.url !== undefined, {
      path: ["url"],
      message: "check_needs_address",
      when: isObject,
    })
    .transform((contact) => ({ ...contact, languages: SPOKEN.filter((code) => contact.languages.includes(code)) }));

export type ContactInput = z.infer<ReturnType<typeof contactInput>>;
