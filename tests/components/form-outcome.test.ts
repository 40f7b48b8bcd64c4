import { expect, test, vi } from "vitest";
import { freshForm, keepingTyped } from "@/app/_server/form";
import { OutcomeUnknownError } from "@/db/commit";

const sent = () => {
  const form = new FormData();
  form.set("value", "1000");
  return form;
};

test("a form whose outcome is not known says so, and keeps what was typed and its key", async () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => {});
  const lost = () => Promise.reject(new OutcomeUnknownError("the connection was lost while the commit was under way"));
  expect(await keepingTyped(freshForm(), sent(), lost)).toEqual({ sent: 1, typed: { value: "1000" }, failure: { code: "unconfirmed" } });
  const broken = () => Promise.reject(new Error("broken off"));
  expect(await keepingTyped(freshForm(), sent(), broken)).toMatchObject({ failure: { code: "broken" } });
  told.mockRestore();
});
