import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { problem } from "@/app/api/v1/contract";
import { Front } from "@/server/front/front";
import { askInside } from "@/server/front/inside";
import { Keep } from "@/server/front/keep";
import { type Listening, listen } from "@/server/listen";
import { isApi } from "@/server/problem";
import { readSettings } from "@/settings";

const folder = mkdtempSync(path.join(tmpdir(), "muhlat-api-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function expectProblem(answer: Response, status: number): Promise<void> {
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(problem.strict().parse(await answer.json()).status).toBe(status);
}

test.each<[string, boolean]>([
  ["/api/v1/countries", true],
  ["/api/v1", true],
  ["/api/v1?x=1", true],
  ["/x/../api/v1/countries", true],
  ["/x/%2e%2e/api/v1/countries", true],
  ["/api/./v1/countries", true],
  ["http://127.0.0.1/api/v1/countries", true],
  ["/api/v1/../../staff", false],
  ["/api/v12", false],
  ["/en?next=/api/v1/countries", false],
  ["/%61pi/v1/countries", false],
])("%s is asked by programs: %s", (url, expected) => {
  expect(isApi(url)).toBe(expected);
});

describe("a server that has no pages yet", () => {
  let server: Listening;
  let origin: string;

  beforeAll(async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, "127.0.0.1", resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    server = await listen(readSettings({ PORT: String(port), MUHLAT_DATA_DIR: folder, TRUST_PROXY: "1" }));
    origin = `http://127.0.0.1:${port}`;
  });
  afterAll(() => server.close());

  const ask = (address: string, client: string, init: RequestInit = {}) =>
    fetch(`${origin}${address}`, { ...init, headers: { ...init.headers, "x-forwarded-for": client } });

  test("tells programs to come again", async () => {
    for (const method of ["GET", "OPTIONS", "POST"]) {
      const answer = await ask("/api/v1/countries", "203.0.113.1", { method });
      await expectProblem(answer, 503);
      expect(answer.headers.get("retry-after")).toBe("5");
    }
  });

  test("counts what an address asks, and refuses what is too much until the minute is over", async () => {
    for (let asked = 1; asked <= 600; asked += 1) {
      const answer = await ask("/api/v1/countries", "203.0.113.2");
      expect(answer.status).toBe(503);
      expect(answer.headers.get("ratelimit")).toMatch(new RegExp(`^"default";r=${600 - asked};t=\\d+$`));
      expect(answer.headers.get("ratelimit-policy")).toBe('"default";q=600;w=60');
      await answer.body?.cancel();
    }
    // Whatever else it says of itself.
    for (const forwarded of ["203.0.113.2", "198.51.100.1, 203.0.113.2"]) {
      const answer = await ask("/api/v1/countries", forwarded);
      await expectProblem(answer, 429);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(Number(answer.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    }
    expect((await ask("/api/v1/countries", "203.0.113.3")).status).toBe(503);
    // Pages are nobody's business of this.
    expect((await ask("/en", "203.0.113.2")).headers.get("ratelimit")).toBeNull();
  });

  test("refuses methods that no question takes", async () => {
    const { hostname, port } = new URL(origin);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ hostname, port, path: "/api/v1/countries", method: "PROPFIND" }, resolve).on("error", reject).end();
    });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers).toMatchObject({ "content-type": "application/problem+json; charset=utf-8", allow: "GET, HEAD, OPTIONS" });
    answer.resume();
  });

  test("counts a question whose path goes around as well", async () => {
    const { port } = new URL(origin);
    const said = await new Promise<string>((resolve) => {
      let text = "";
      const socket = connect(Number(port), "127.0.0.1", () =>
        socket.write("GET /x/../api/v1/countries HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
      );
      socket.on("data", (chunk) => {
        text += chunk;
      });
      socket.on("close", () => resolve(text));
    });
    expect(said).toMatch(/^RateLimit: "default";r=\d+/m);
  });
});

describe("where the pages behind the front fail", () => {
  let server: Server;
  let origin: string;
  let answers: (request: IncomingMessage, response: ServerResponse) => void;
  let front: Front;

  beforeEach(async () => {
    front = new Front(
      new Keep(path.join(folder, "kept")),
      askInside((asked, response) => answers(asked, response)),
      "localhost",
    );
    front.open();
    server = createServer((asked, response) => {
      if (!front.answerNow(asked, response)) void front.answer(asked, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return () => {
      server.close();
      server.closeAllConnections();
    };
  });

  const says =
    (status: number, type = "application/problem+json; charset=utf-8") =>
    (_: IncomingMessage, response: ServerResponse) => {
      response.writeHead(status, { "content-type": type, "access-control-allow-origin": "*", "retry-after": "5" });
      response.end(JSON.stringify({ type: "/api/v1/problems/x", title: "x", status }));
    };

  test("a program is told so with a problem, whether the record, the answer or both are missing", async () => {
    answers = says(503);
    await expectProblem(await fetch(`${origin}/api/v1/countries`), 503);
    // Nobody asks right after a failure.
    const soon = await fetch(`${origin}/api/v1/countries?limit=1`);
    await expectProblem(soon, 503);
    expect(soon.headers.get("retry-after")).toBe("5");
    front.open();
    answers = (_, response) => void response.destroy();
    const cut = await fetch(`${origin}/api/v1/countries`);
    await expectProblem(cut, 503);
    expect(cut.headers.get("retry-after")).toBe("5");
    const head = await fetch(`${origin}/api/v1/countries`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([503, ""]);
  });

  test.each([400, 404, 409, 500])("a question that ends with %i keeps nobody else from theirs", async (status) => {
    answers = says(status);
    await expectProblem(await fetch(`${origin}/api/v1/countries`), status);
    answers = says(200, "application/json");
    expect((await fetch(`${origin}/api/v1/measures`)).status).toBe(200);
  });

  test("an address as long as one may be keeps nobody from theirs", async () => {
    const asked: string[] = [];
    answers = (request, response) => {
      asked.push(request.url ?? "");
      says(404)(request, response);
    };
    const long = `/api/v1/${"x".repeat(15_000)}`;
    await expectProblem(await fetch(origin + long), 404);
    await expectProblem(await fetch(`${origin}/api/v1/countries`), 404);
    expect(asked).toEqual([long, "/api/v1/countries"]);
  });

  test("an answer goes out with a tag for each form, compressed as its reader takes it", async () => {
    answers = (_, response) => {
      response.writeHead(200, {
        "content-type": "application/json",
        "cache-control": "public, max-age=0, must-revalidate",
        vary: "Accept",
        link: '</api/v1/x?cursor=a>; rel="next"',
      });
      response.end(JSON.stringify({ data: "x".repeat(5000) }));
    };
    const tags = new Set<string>();
    for (const encoding of ["br", "gzip", "identity"]) {
      const answer = await fetch(`${origin}/api/v1/x`, { headers: { "accept-encoding": encoding } });
      expect(answer.headers.get("content-encoding")).toBe(encoding === "identity" ? null : encoding);
      expect(answer.headers.get("vary")).toBe("Accept, Accept-Encoding");
      expect(answer.headers.get("link")).toBe('</api/v1/x?cursor=a>; rel="next"');
      expect((await answer.json()).data).toHaveLength(5000);
      const tag = answer.headers.get("etag") ?? "";
      tags.add(tag);
      const again = await fetch(`${origin}/api/v1/x`, { headers: { "accept-encoding": encoding, "if-none-match": tag } });
      expect([again.status, await again.text()]).toEqual([304, ""]);
      expect(again.headers.get("vary")).toBe("Accept, Accept-Encoding");
    }
    expect(tags.size).toBe(3);
  });
});
