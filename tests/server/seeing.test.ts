import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forRequest, jsonLine, toldOf, wordsLine } from "@/server/seeing/log";
import { type Answered, kindOf, refusalOf, seen } from "@/server/seeing/requests";
import { readSettings } from "@/settings";

const NOW = new Date("2026-11-26T08:00:00Z");

describe("a line of the log", () => {
  test("is one object on one line, whatever is said", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.integer(), fc.object()), { maxLength: 4 }), (parts) => {
        const line = jsonLine("error", parts, NOW);
        expect(line).not.toMatch(/[\n\r]/);
        expect(JSON.parse(line)).toMatchObject({ time: "2026-11-26T08:00:00.000Z", level: "error" });
      }),
    );
  });

  test("bears the request that is being answered, and that one alone", async () => {
    const lines = await Promise.all(
      ["one", "two"].map((id) =>
        forRequest(id, async () => {
          await new Promise((resolve) => setTimeout(resolve, id === "one" ? 20 : 1));
          return [JSON.parse(jsonLine("info", ["done"], NOW)).request, wordsLine(["done"])];
        }),
      ),
    );
    expect(lines).toEqual([
      ["one", "[one] done"],
      ["two", "[two] done"],
    ]);
    expect(JSON.parse(jsonLine("info", ["done"], NOW))).not.toHaveProperty("request");
    expect(wordsLine(["done"])).toBe("done");
  });

  test("tells what went wrong, because of what, and where", () => {
    const error = new Error("it was not saved", { cause: Object.assign(new Error("the disk is full"), { code: "ENOSPC" }) });
    const told = JSON.parse(jsonLine("error", ["a form could not be saved:", error], NOW));
    expect(told).toMatchObject({
      message: "a form could not be saved:",
      error: { message: "it was not saved", cause: { message: "the disk is full", code: "ENOSPC" } },
    });
    expect(told.error.stack[0]).toMatch(/^at .*seeing\.test\.ts/);
    expect(wordsLine(["a form could not be saved:", error])).toMatch(
      /^a form could not be saved: Error: it was not saved\n {4}at .*because of Error: the disk is full \(ENOSPC\)/s,
    );
  });

  test("of the framework is without its colours and signs", () => {
    expect(JSON.parse(jsonLine("error", ["\u001b[31m\u001b[1m⨯\u001b[22m\u001b[39m", new Error("no")], NOW)).message).toBe("no");
    expect(JSON.parse(jsonLine("warning", [" ⚠ careful "], NOW)).message).toBe("careful");
  });

  test("ends with an error whose causes go in a circle", () => {
    const error = new Error("round");
    error.cause = error;
    expect(toldOf(error).cause?.message).toBe("round");
    expect(() => jsonLine("error", [error], NOW)).not.toThrow();
  });
});

describe("a request", () => {
  test.each([
    ["/", "page"],
    ["/ky/countries/kg", "page"],
    ["/en/explore", "explore"],
    ["/en/explore/figures.csv", "explore"],
    ["/en/as-known/2025-07-26/countries/kg", "explore"],
    ["/api/v1/snapshots", "api"],
    ["/api/health/ready", "health"],
    ["/staff/people/1", "staff"],
    ["/staffroom", "other"],
    ["/data/muhlat.zip", "file"],
    ["/feed/kg.atom", "feed"],
    ["/calendar/kg.ics", "feed"],
    ["/og/en/kg.png", "picture"],
    ["/_next/static/x.js", "asset"],
    ["/wp-login.php", "other"],
  ])("to %s is of kind %s", (path, kind) => expect(kindOf(path)).toBe(kind));

  test("made up by anybody is of one of ten kinds", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(fc.webPath(), (path) => void kinds.add(kindOf(path))),
      { numRuns: 2000 },
    );
    expect(kinds.size).toBeLessThanOrEqual(10);
  });

  test.each([
    ["/staff/sign-in/password", "/staff/sign-in?to=%2Fstaff&refused=wrong", "wrong"],
    ["/staff/sign-in/passkey", ["/staff/sign-in?refused=passkey"], "passkey"],
    ["/staff/second-factor/code", "/staff/second-factor?refused=code", "code"],
    ["/staff/sign-in/password", "/staff/sign-in?refused=throttled&minutes=3", "throttled"],
    ["/staff/sign-in/password", "/staff/sign-in?refused=x%0Ay", "other"],
    ["/staff/sign-in/password", "/staff", undefined],
    ["/staff/import/upload", "/staff/import?refused=no_file", undefined],
    ["/staff/sign-in/password", undefined, undefined],
  ])("to %s that leads to %s is a refusal: %s", (path, location, why) => expect(refusalOf(path, location)).toBe(why));

  async function asked(path: string, headers: Record<string, string>, trusted: boolean) {
    let told: (answered: Answered) => void = () => {};
    const answered = new Promise<Answered>((resolve) => {
      told = resolve;
    });
    const server = createServer((request, response) => {
      seen(request, response, trusted, told);
      response.writeHead(418).end("no");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { headers });
    await response.text();
    server.close();
    return { id: response.headers.get("x-request-id"), answered: await answered };
  }

  test("has an id that goes back with the answer, and what became of it is told", async () => {
    const { id, answered } = await asked("/staff/people?link=secret", {}, false);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(answered).toMatchObject({ id, method: "GET", kind: "staff", path: "/staff/people", status: 418, broken: false });
    expect(answered.seconds).toBeGreaterThan(0);
  });

  test("keeps the id that a proxy of ours gave it, and none that is made up or no name", async () => {
    expect((await asked("/", { "x-request-id": "0123456789abcdef" }, true)).id).toBe("0123456789abcdef");
    expect((await asked("/", { "x-request-id": "0123456789abcdef" }, false)).id).not.toBe("0123456789abcdef");
    expect((await asked("/", { "x-request-id": 'x","level":"error' }, true)).id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("to an address of somebody's own making leaves nothing of it in the log", async () => {
    expect((await asked("/en/somebody@example.org", {}, false)).answered.path).toBe("-");
    expect((await asked(`/${"a".repeat(300)}`, {}, false)).answered.path).toBe("-");
  });
});

describe("the settings", () => {
  test("say where measures are read and how lines are written", () => {
    const { METRICS, LOG } = readSettings({ METRICS: "[::1]:9464", LOG: "json" });
    expect({ METRICS, LOG }).toEqual({ METRICS: { host: "::1", port: 9464 }, LOG: "json" });
    expect(readSettings({}).LOG).toBe("words");
  });

  test.each([
    ["METRICS", "9464", "must be a host and a port, such as 127.0.0.1:9464"],
    ["METRICS", "127.0.0.1:70000", "must end with a port number from 1 to 65535"],
    ["LOG", "xml", "must be words or json"],
  ])("refuse %s=%s", (name, value, sentence) => {
    expect(() => readSettings({ [name]: value })).toThrow(`The setting ${name} ${sentence}.`);
  });
});
