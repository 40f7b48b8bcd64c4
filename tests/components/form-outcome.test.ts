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

test("no password goes back with a form that was refused, or saved", async () => {
  const form = sent();
  form.set("password", "correct horse battery");
  form.set("current", "battery horse correct");
  const told = vi.spyOn(console, "error").mockImplementation(() => {});
  const given: Record<string, string>[] = [];
  for (const work of [async () => ({ code: "forbidden" }) as const, async () => undefined, () => Promise.reject(new Error("broken off"))]) {
    const state = await keepingTyped(freshForm(), form, (typed) => {
      given.push(typed);
      return work();
    });
    expect(state.typed).toEqual({ value: "1000" });
  }
  expect(given.every(({ password, current }) => password !== undefined && current !== undefined)).toBe(true);
  told.mockRestore();
});
