import { z } from "zod";
import { ALL, isCountry } from "../countries/rules";
import { languages } from "../i18n/languages";
import { isObject, requiredText } from "../texts";
import { GIVEN_ROLES } from "./rules";

const email = z.preprocess(
  (value) => (typeof value === "string" && value.trim() !== "" ? value.trim().toLowerCase() : undefined),
  z.email({ error: (issue) => (issue.input === undefined ? "required" : "not_an_email") }).max(254, "too_long"),
);

/** At least 12 characters; no rule about which, as they make passwords worse. */
const password = z.string("required").min(12, "password_too_short").max(200, "too_long");

/** A person as entered when the first admin is made. */
export const personInput = z.object({ name: requiredText(200), email, password }, "required");

/** The password that an invited person chooses. */
export const passwordInput = z.object({ password }, "required");

const choice = <T extends string>(values: readonly [T, ...T[]]) =>
  z.preprocess(
    (value) => (value === "" || value === null ? undefined : value),
    z.enum(values, { error: (issue) => (issue.input === undefined ? "required" : "unknown_choice") }),
  );

const standing = {
  name: requiredText(200),
  role: choice(GIVEN_ROLES),
  countries: z
    .array(
      z.string("unknown_country").refine((code) => code !== ALL && isCountry(code), "unknown_country"),
      "required",
    )
    .default([]),
};

type Standing = { role: (typeof GIVEN_ROLES)[number]; countries: string[] };

/** Everybody but a central admin, who has all countries, has some of their own; said beside every other slip. */
const hasCountries = ({ role, countries }: Partial<Standing>) =>
  role === "central_admin" || !Array.isArray(countries) || countries.length > 0;
const MISSING_COUNTRIES = { path: ["countries"], message: "required", when: isObject };

const countriesInOrder = <T extends Standing>(person: T): T => ({
  ...person,
  countries: person.role === "central_admin" ? [] : [...new Set(person.countries)].sort(),
});

/** What a person is changed to. */
export const standingInput = z.object(standing, "required").refine(hasCountries, MISSING_COUNTRIES).transform(countriesInOrder);

/** A person as invited; `language` is the one their pages begin in. */
export const invitationInput = z
  .object({ ...standing, email, language: choice(languages) }, "required")
  .refine(hasCountries, MISSING_COUNTRIES)
  .transform(countriesInOrder);
