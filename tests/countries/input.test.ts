import { expect, test } from "vitest";
import { countryInput } from "@/lib/countries/input";
import { fieldsOf } from "@/lib/texts";

const sent = { country: "KG", union_member: true, zone: "Asia/Bishkek", remittances_share_of_gdp: 0.24, note: "" };

test("a country is taken as sent; what is not known is null", () => {
  const { note: _note, ...kept } = sent;
  expect(countryInput.parse(sent)).toEqual(kept);
  const unknown = { country: "ALL", union_member: null, zone: "Europe/Moscow", remittances_share_of_gdp: null };
  expect(countryInput.parse(unknown)).toEqual(unknown);
});

test.each([
  ["no country", { country: undefined }, { country: "required" }],
  ["a country that is no text", { country: 7 }, { country: "not_text" }],
  ["Russia", { country: "RU" }, { country: "unknown_country" }],
  ["a long country", { country: "KGZ1" }, { country: "too_long" }],
  ["not said whether in the union", { union_member: undefined }, { union_member: "required" }],
  ["no zone", { zone: "" }, { zone: "required" }],
  ["a zone that is none", { zone: "Bishkek" }, { zone: "unknown_zone" }],
  ["a share as text", { remittances_share_of_gdp: "0.24" }, { remittances_share_of_gdp: "not_a_number" }],
  ["a share above all", { remittances_share_of_gdp: 24 }, { remittances_share_of_gdp: "share_out_of_range" }],
  ["a share below none", { remittances_share_of_gdp: -0.1 }, { remittances_share_of_gdp: "share_out_of_range" }],
  ["a long note", { note: "a".repeat(2001) }, { note: "too_long" }],
])("%s is refused", (_what, changes, fields) => {
  const parsed = countryInput.safeParse({ ...sent, ...changes });
  expect(parsed.success ? {} : fieldsOf(parsed.error)).toEqual(fields);
});
