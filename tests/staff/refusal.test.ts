import { expect, test } from "vitest";
import { refusalOf } from "@/app/staff/_forms/refusal";

const NAMES = { name: "Name", email: "Email", role: "Role" };
const LABELS = { "refusals.title": "Not saved.", "errors.required": "This is needed." };
const refused = (fields: Record<string, string>) =>
  refusalOf({ sent: 1, typed: {}, failure: { code: "invalid", fields } }, LABELS, NAMES)?.fields.map(({ label, error }) => [label, error]);

test("fields are named as they stand on the page, in whatever order they were refused", () => {
  expect(refused({ role: "required", email: "required", name: "required" })).toEqual([
    ["Name", "This is needed."],
    ["Email", "This is needed."],
    ["Role", "This is needed."],
  ]);
});

test("a field that the form does not have comes last, under its own name", () => {
  expect(refused({ elsewhere: "unheard_of", role: "required" })).toEqual([
    ["Role", "This is needed."],
    ["elsewhere", "unheard_of"],
  ]);
});

test("an outcome that is not known is not called unsaved", () => {
  const labels = { ...LABELS, "refusals.titleUnconfirmed": "Not known yet.", "refusals.unconfirmed": "Send it again." };
  const { title, text } = refusalOf({ sent: 1, typed: {}, failure: { code: "unconfirmed" } }, labels, NAMES) ?? {};
  expect([title, text]).toEqual(["Not known yet.", "Send it again."]);
});
