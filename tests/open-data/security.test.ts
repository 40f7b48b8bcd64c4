import { afterEach, expect, test } from "vitest";
import { GET } from "@/app/.well-known/security.txt/route";

afterEach(() => {
  delete process.env.CONTACT_EMAIL;
});

const ask = () => GET(new Request("http://127.0.0.1:3000/.well-known/security.txt"));

test("who found a hole is told whom to write to, for less than a year ahead", async () => {
  process.env.CONTACT_EMAIL = "desk@example.org";
  const answer = ask();
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  const lines = Object.fromEntries(
    (await answer.text())
      .trim()
      .split("\n")
      .map((line) => line.split(": ") as [string, string]),
  );
  expect(lines).toMatchObject({
    Contact: "mailto:desk@example.org",
    "Preferred-Languages": "ky, tg, uz, ru, en",
    Canonical: "http://127.0.0.1:3000/.well-known/security.txt",
  });
  const ahead = Date.parse(lines.Expires ?? "") - Date.now();
  expect(ahead).toBeGreaterThan(0);
  expect(ahead).toBeLessThan(365 * 86_400_000);
});

test("where no address is set there is nothing to say", () => {
  expect(ask().status).toBe(404);
});
