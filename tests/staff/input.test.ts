import { expect, test } from "vitest";
import { invitationInput, personInput, standingInput } from "@/lib/staff/input";
import { fieldsOf } from "@/lib/texts";

const person = { name: "Aigul", email: "aigul@example.org", password: "a few words together" };

const refusals = (changes: object) => {
  const parsed = personInput.safeParse({ ...person, ...changes });
  return parsed.success ? {} : fieldsOf(parsed.error);
};

test("a person is taken as entered, the e-mail in small letters", () => {
  expect(personInput.parse({ name: " Aigul ", email: " Aigul@Example.ORG ", password: " spaces count here " })).toEqual({
    name: "Aigul",
    email: "aigul@example.org",
    password: " spaces count here ",
  });
});

test.each([
  ["no name", { name: "  " }, { name: "required" }],
  ["a name that is no text", { name: 7 }, { name: "not_text" }],
  ["a long name", { name: "a".repeat(201) }, { name: "too_long" }],
  ["a name with NUL", { name: "Ai\0gul" }, { name: "unreadable_characters" }],
  ["no e-mail", { email: "" }, { email: "required" }],
  ["an e-mail that is no text", { email: ["a@example.org"] }, { email: "required" }],
  ["an e-mail that is none", { email: "aigul" }, { email: "not_an_email" }],
  ["two e-mails", { email: "a@example.org,b@example.org" }, { email: "not_an_email" }],
  ["an e-mail with a line break", { email: "a@example.org\nBcc: b@example.org" }, { email: "not_an_email" }],
  ["a long e-mail", { email: `${"a".repeat(243)}@example.org` }, { email: "too_long" }],
  ["no password", { password: undefined }, { password: "required" }],
  ["a password that is no text", { password: 123_456_789_012 }, { password: "required" }],
  ["a password of eleven", { password: "a".repeat(11) }, { password: "password_too_short" }],
  ["a password of two hundred and one", { password: "a".repeat(201) }, { password: "too_long" }],
])("%s is refused", (_what, changes, expected) => {
  expect(refusals(changes)).toEqual(expected);
});

test("twelve to two hundred characters are let through", () => {
  for (const length of [12, 200]) expect(refusals({ password: "a".repeat(length) })).toEqual({});
});

test("every slip of an invitation is said at once", () => {
  const parsed = invitationInput.safeParse({ email: "aigul" });
  expect(parsed.success ? {} : fieldsOf(parsed.error)).toEqual({
    name: "required",
    email: "not_an_email",
    role: "required",
    countries: "required",
    language: "required",
  });
});

test("countries stand once, in one order, and a central admin has none of their own", () => {
  const standing = { name: "Aigul", role: "reviewer", countries: ["TJ", "KG", "TJ"] };
  expect(standingInput.parse(standing)).toEqual({ ...standing, countries: ["KG", "TJ"] });
  expect(standingInput.parse({ ...standing, role: "central_admin" })).toMatchObject({ countries: [] });
  expect(standingInput.parse({ name: "Aigul", role: "central_admin" })).toMatchObject({ countries: [] });
});
