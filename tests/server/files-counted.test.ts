import { once } from "node:events";
import { type ClientRequest, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { languages } from "@/lib/i18n/languages";
import { CSV, now, TAG, take, withFiles } from "../setup/whole-files";

withFiles();

describe("one address", () => {
  test("may take so many, is told what is left, and then in words until when", async () => {
    for (const left of [3, 2, 1, 0]) {
      const { status, headers } = await take("/data/catalog.jsonld");
      expect([status, headers.ratelimit]).toEqual([200, `"files";r=${left};t=600`]);
      expect(headers["ratelimit-policy"]).toBe('"files";q=4;w=600');
      now.making.rows = 0;
    }
    const said = new Set<string>();
    for (const language of languages) {
      const { status, headers, body } = await take("/data/catalog.jsonld", { "accept-language": language });
      expect(status).toBe(429);
      expect(headers).toMatchObject({ "cache-control": "no-store", "content-type": "text/plain; charset=utf-8", vary: "Accept-Language" });
      expect(Number(headers["retry-after"])).toBeGreaterThan(590);
      expect(body.toString()).toMatch(/10/);
      said.add(body.toString());
    }
    expect(said.size).toBe(languages.length);
    expect(now.making.rows).toBe(0);
    // Somebody else may.
    now.client = "192.0.2.2";
    expect((await take("/data/catalog.jsonld")).status).toBe(200);
  });

  test("is not counted for what has no body, nor for what there is not, and is told these when nothing is left", async () => {
    const cheap = async () => {
      for (let times = 0; times < 5; times += 1) {
        expect((await take(CSV, { "if-none-match": TAG })).status).toBe(304);
        expect((await take(CSV, {}, "HEAD")).status).toBe(200);
        const missing = await take("/data/nothing.csv");
        expect([missing.status, missing.body.toString(), missing.headers.vary]).toEqual([
          404,
          "There is no such file.\n",
          "Accept-Language",
        ]);
      }
    };
    await cheap();
    for (let times = 0; times < 4; times += 1) expect((await take("/data/catalog.jsonld")).status).toBe(200);
    expect((await take(CSV, { "if-none-match": '"old"' })).status).toBe(429);
    await cheap();
  });

  test("gets no more by asking for many at once", async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => take("/data/catalog.jsonld")));
    const counts = [200, 429].map((status) => answers.filter((answer) => answer.status === status).length);
    expect(counts[0]).toBeLessThanOrEqual(4);
    expect(counts).toEqual([counts[0], 12 - (counts[0] ?? 0)]);
  });

  test("takes three at once, and another when one of them was taken or given up", async () => {
    const begun: ClientRequest[] = [];
    for (let number = 0; number < 3; number += 1) {
      const asking = get({ port: now.port, path: "/data/endless.csv", agent: false });
      asking.on("error", () => {});
      begun.push(asking);
      const [answer] = await once(asking, "response");
      answer.on("error", () => {});
      expect(answer.statusCode).toBe(200);
    }
    const refused = await take("/data/catalog.jsonld");
    expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "60"]);
    // A busy machine takes its time until here.
    expect(refused.headers.ratelimit).toMatch(/^"files";r=1;t=(?:600|5[89]\d)$/);
    expect((await take(CSV, { "if-none-match": TAG })).status).toBe(304);
    now.client = "192.0.2.2";
    expect((await take("/data/muhlat.zip")).status).toBe(200);
    now.client = "192.0.2.1";
    begun[0]?.destroy();
    let status = 429;
    for (let waited = 0; status === 429 && waited < 3000; waited += 20) {
      await sleep(20);
      status = (await take("/data/catalog.jsonld")).status;
    }
    expect(status).toBe(200);
    for (const asking of begun) asking.destroy();
  });
});
