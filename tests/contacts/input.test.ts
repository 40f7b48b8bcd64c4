import { describe, expect, test } from "vitest";
import { contactInput } from "@/lib/contacts/input";
import { fieldsOf } from "@/lib/texts";

const NOW = new Date("2026-03-01T21:30:00Z");
const contact = { country: "KG", kind: "embassy", name: { en: "Embassy" }, telephone: "+996 312 661234", confirmed_on: "2026-03-01" };

const refusals = (changes: object) => {
  const parsed = contactInput(NOW).safeParse({ ...contact, ...changes });
  return parsed.success ? {} : fieldsOf(parsed.error);
};
const taken = (changes: object) => contactInput(NOW).parse({ ...contact, ...changes });

test("a contact is taken with what was left out", () => {
  expect(taken({})).toEqual({ ...contact, address: {}, hours: {}, note: {}, languages: [], hide_after_days: 180 });
});

test.each([
  ["+996312661234", "+996312661234"],
  [" +996 312 66-12-34 ", "+996 312 66 12 34"],
  ["+7 (495) 123-45-67", "+7 495 123 45 67"],
  ["+7\u00a0495\u00a01234567", "+7 495 1234567"],
])("the telephone number %j is taken as %j", (typed, number) => {
  expect(taken({ telephone: typed }).telephone).toBe(number);
});

test.each([
  "996 312 661234",
  "8 800 200 11 22",
  "+0 312 661234",
  "+99",
  "+1234567890123456",
  "+996 312 66 ext 4",
  "tel:+996312661234",
  "+９９６３１２６６１２３４",
])("%j is no telephone number", (telephone) => {
  expect(refusals({ telephone })).toEqual({ telephone: "not_a_telephone" });
});

describe("what is wrong is said field by field", () => {
  test.each([
    ["a check without its address", { kind: "status_check", url: "" }, { url: "check_needs_address" }],
    ["no way to reach it", { telephone: " " }, { telephone: "way_to_reach_needed" }],
    ["no country", { country: "" }, { country: "required" }],
    ["a country that is none", { country: "XX" }, { country: "unknown_country" }],
    ["Russia", { country: "RU" }, { country: "unknown_country" }],
    ["no kind", { kind: "" }, { kind: "required" }],
    ["a kind that is none", { kind: "bank" }, { kind: "unknown_choice" }],
    ["no name", { name: { en: " " } }, { name: "required" }],
    ["a long name", { name: { ru: "a".repeat(201) } }, { "name.ru": "too_long" }],
    ["an e-mail that is none", { email: "embassy" }, { email: "not_an_email" }],
    ["a script as web address", { url: "javascript:alert(1)" }, { url: "not_a_web_address" }],
    ["a language that is none", { languages: ["ky", "xx"] }, { "languages.1": "unknown_choice" }],
    ["a day that is none", { confirmed_on: "2026-02-30" }, { confirmed_on: "day_unreadable" }],
    ["a month for a day", { confirmed_on: "2026-02" }, { confirmed_on: "day_unreadable" }],
    ["a day to come", { confirmed_on: "2026-03-03" }, { confirmed_on: "in_the_future" }],
    ["no day at all", { hide_after_days: "0" }, { hide_after_days: "days_out_of_range" }],
    ["too many days", { hide_after_days: "731" }, { hide_after_days: "days_out_of_range" }],
    ["half a day", { hide_after_days: 1.5 }, { hide_after_days: "not_whole" }],
    ["days in words", { hide_after_days: "many" }, { hide_after_days: "not_a_number" }],
  ])("%s", (_what, changes, expected) => {
    expect(refusals(changes)).toEqual(expected);
  });
});

test("the day that has begun in Moscow is no day to come", () => {
  expect(taken({ confirmed_on: "2026-03-02" }).confirmed_on).toBe("2026-03-02");
});

test("an e-mail or a web address alone is a way to reach it", () => {
  expect(taken({ telephone: "", email: " a@example.org " })).toMatchObject({ email: "a@example.org" });
  expect(taken({ telephone: "", url: "https://example.org/x" })).toMatchObject({ url: "https://example.org/x" });
});

test("languages stand once, in one order", () => {
  expect(taken({ languages: ["ru", "ky", "ru"] }).languages).toEqual(["ky", "ru"]);
});
