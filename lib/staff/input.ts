import { z } from "zod";
import { requiredText } from "../texts";

const email = z.preprocess(
  (value) => (typeof value === "string" && value.trim() !== "" ? value.trim().toLowerCase() : undefined),
  z.email({ error: (issue) => (issue.input === undefined ? "required" : "not_an_email") }).max(254, "too_long"),
);

/** At least 12 characters; no rule about which, as they make passwords worse. */
const password = z.string("required").min(12, "password_too_short").max(200, "too_long");

/** A person as entered when the first admin is made. */
export const personInput = z.object({ name: requiredText(200), email, password }, "required");
