import { once } from "node:events";
import {
  request as ask,
  type ClientRequest,
  createServer,
  get,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, connect } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import { fileOf, type Made } from "@/app/_server/open-files/answer";
import { bodyOf } from "@/app/_server/open-files/taken";
import { languages } from "@/lib/i18n/languages";
import { asksForFile, Files } from "@/server/front/files";
import { openInside } from "@/server/front/inside";
import { Rate } from "@/server/rate";

const ROW = `${"Бишкек, 1 figure; ".repeat(50)}\r\n`;
const ROWS = 2000;
const TAG = 'W/"1-2026-03-05-x"';

/** How many rows were made since the test began, and whether the making has ended. */
let making = { rows: 0, ended: false };

async function* rows(many: number, fault?: number): AsyncGenerator<string> {
  const made = making;
  try {
    for (; made.rows < many; made.rows += 1) {
      if (made.rows === fault) throw new Error("the record went away");
      // As slow as a database.
      if (made.rows % 100 === 0) await sleep(1);
      yield ROW;
    }
  } finally {
    made.ended = true;
  }
}

const file = (type: string, body: Made["body"]): Made => ({ tag: TAG, type, name: "x", body });
const FILES: Record<string, Made> = {
  "/data/snapshots.csv": file("text/csv; charset=utf-8; header=present", () => bodyOf(rows(ROWS))),
  "/data/catalog.jsonld": file("application/ld+json", () => bodyOf(rows(3))),
  "/data/snapshots.xlsx": file("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", () => bodyOf(rows(3))),
  "/data/muhlat.zip": file("application/zip", () => bodyOf(rows(3))),
  "/data/endless.csv": file("text/csv", () => bodyOf(rows(Number.POSITIVE_INFINITY))),
  "/data/broken.csv": file("text/csv", () => bodyOf(rows(ROWS, 1500))),
};

/** The route of files as Next answers with it. */
async function pages(asked: IncomingMessage, response: ServerResponse): Promise<void> {
  const made = FILES[asked.url ?? ""];
  const headers = Object.entries(asked.headers).map(([name, value]) => [name, `${value}`] as [string, string]);
  const question = new Request("http://localhost/", { method: asked.method ?? "GET", headers });
  const answer = made
    ? fileOf(question, made)
    : new Response("There is no such file.\n", { status: 404, headers: { vary: "Accept-Language" } });
  response.setHeader("vary", ["rsc, next-router-state-tree", answer.headers.get("vary")].filter(Boolean).join(", "));
  for (const [name, value] of answer.headers) if (name !== "vary") response.setHeader(name, value);
  response.writeHead(answer.status);
  if (answer.body) await pipeline(Readable.fromWeb(answer.body as never), response).catch(() => {});
  else response.end();
}

let server: Server;
let port: number;
let client = "192.0.2.1";

beforeEach(async () => {
  making = { rows: 0, ended: false };
  client = "192.0.2.1";
  const files = new Files(openInside(pages), new Rate(4, 600_000, "files"));
  server = createServer((asked, response) => void files.answer(asked, response, client));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  return () => {
    server.close();
    server.closeAllConnections();
  };
});

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };
function take(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = ask({ port, path, headers, method, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }));
    });
    asking.on("error", reject);
    asking.end();
  });
}
const unpacked = { br: brotliDecompressSync, gzip: gunzipSync, identity: (body: Buffer) => body };
const CSV = "/data/snapshots.csv";

describe("a file that becomes smaller by it", () => {
  test.each([
    ["br", "gzip, deflate, br"],
    ["br", "BR"],
    ["gzip", "gzip"],
    ["gzip", "gzip, br;q=0"],
    ["identity", "deflate"],
    ["identity", ""],
    ["identity", "gzip;q=0, br;q=0.0"],
  ] as const)("is sent as %s to who accepts “%s”, with the same bytes in it", async (encoding, accepted) => {
    const { status, headers, body } = await take(CSV, { "accept-encoding": accepted });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      vary: "Accept-Encoding",
      etag: TAG,
      "accept-ranges": "none",
      "content-disposition": expect.any(String),
    });
    expect(headers["content-encoding"]).toBe(encoding === "identity" ? undefined : encoding);
    expect(headers["content-length"]).toBeUndefined();
    expect(unpacked[encoding](body).toString()).toBe(ROW.repeat(ROWS));
    if (encoding !== "identity") expect(body.length).toBeLessThan((ROW.length * ROWS) / 10);
  });

  test("has the same headers for who asks for these alone, and nothing of it is made", async () => {
    const head = await take(CSV, { "accept-encoding": "br" }, "HEAD");
    const whole = await take(CSV, { "accept-encoding": "br" });
    expect([head.status, head.body.length]).toEqual([200, 0]);
    for (const name of ["etag", "vary", "content-encoding", "content-type", "accept-ranges", "cache-control"])
      expect(head.headers[name], name).toBe(whole.headers[name]);
    expect(making.rows).toBe(ROWS);
  });

  test("is told to be unchanged under one tag, however it was encoded, and nothing of it is made", async () => {
    for (const held of [TAG, TAG.slice(2), `"other", ${TAG}`, "*"]) {
      const { status, headers, body } = await take(CSV, { "accept-encoding": "gzip", "if-none-match": held });
      expect([status, headers.etag, headers.vary, headers["content-encoding"], body.length]).toEqual([
        304,
        TAG,
        "Accept-Encoding",
        undefined,
        0,
      ]);
    }
    expect(making.rows).toBe(0);
    expect((await take(CSV, { "if-none-match": '"other"' })).status).toBe(200);
  });

  test("is whole for who asks for a part: there are none", async () => {
    const { status, headers, body } = await take(CSV, { range: "bytes=0-9", "if-range": TAG });
    expect([status, headers["accept-ranges"], headers["content-range"]]).toEqual([200, "none", undefined]);
    expect(body.length).toBe(Buffer.byteLength(ROW) * ROWS);
  });
});

test("is the same for who says what the framework's script would say, since caches are not told that it may differ", async () => {
  const { status, headers, body } = await take("/data/catalog.jsonld", { rsc: "1", "next-router-prefetch": "1", "next-url": "/x" });
  expect([status, headers.vary, body.toString()]).toEqual([200, "Accept-Encoding", ROW.repeat(3)]);
});

test("what is packed already is sent as it is", async () => {
  for (const path of ["/data/snapshots.xlsx", "/data/muhlat.zip"]) {
    const { headers, body } = await take(path, { "accept-encoding": "gzip, br" });
    expect(headers["content-encoding"], path).toBeUndefined();
    expect(body.toString()).toBe(ROW.repeat(3));
    making.rows = 0;
  }
});

describe("a reader", () => {
  /** Everything that may be under way between the maker and a reader: buffers of streams, of the compressor and of the kernel. */
  const MOST = 40 * 1024 * 1024;

  async function settled(): Promise<number> {
    for (let before = -1; before !== making.rows; await sleep(300)) before = making.rows;
    return making.rows;
  }

  test.each(["identity", "gzip", "br"])(
    "who takes no more of it as %s holds up its being made, and ends it by going away",
    async (accepted) => {
      const socket = connect(port, "127.0.0.1", () =>
        socket.write(`GET /data/endless.csv HTTP/1.1\r\nHost: x\r\nAccept-Encoding: ${accepted}\r\n\r\n`),
      );
      await new Promise((resolve) => socket.once("data", resolve));
      socket.pause();
      // What is compressed a hundredfold is a hundred times as much until it is held up.
      if (accepted === "identity") {
        const held = await settled();
        expect(held * Buffer.byteLength(ROW)).toBeLessThan(MOST);
        expect(making.ended).toBe(false);
      }
      socket.destroy();
      for (let waited = 0; !making.ended && waited < 5000; waited += 20) await sleep(20);
      expect(making.ended).toBe(true);
    },
  );

  test("who goes away before it begins is not answered, and breaks nothing", async () => {
    const asking = get({ port, path: "/data/endless.csv", agent: false });
    asking.on("error", () => {});
    await sleep(1);
    asking.destroy();
    expect((await take("/data/catalog.jsonld")).status).toBe(200);
  });

  test.each(["identity", "gzip", "br"])("never takes one as %s for whole that broke off while it was made", async (accepted) => {
    await expect(take("/data/broken.csv", { "accept-encoding": accepted })).rejects.toThrow(/aborted|hang up/);
  });
});

describe("one address", () => {
  test("may take so many, is told what is left, and then in words until when", async () => {
    for (const left of [3, 2, 1, 0]) {
      const { status, headers } = await take("/data/catalog.jsonld");
      expect([status, headers.ratelimit]).toEqual([200, `"files";r=${left};t=600`]);
      expect(headers["ratelimit-policy"]).toBe('"files";q=4;w=600');
      making.rows = 0;
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
    expect(making.rows).toBe(0);
    // Somebody else may.
    client = "192.0.2.2";
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
      const asking = get({ port, path: "/data/endless.csv", agent: false });
      asking.on("error", () => {});
      begun.push(asking);
      const [answer] = await once(asking, "response");
      answer.on("error", () => {});
      expect(answer.statusCode).toBe(200);
    }
    const refused = await take("/data/catalog.jsonld");
    expect([refused.status, refused.headers["retry-after"], refused.headers.ratelimit]).toEqual([429, "60", `"files";r=1;t=600`]);
    expect((await take(CSV, { "if-none-match": TAG })).status).toBe(304);
    client = "192.0.2.2";
    expect((await take("/data/muhlat.zip")).status).toBe(200);
    client = "192.0.2.1";
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

test("whole files are asked for by whatever way around, and nothing else is", () => {
  const asks = (url: string, method = "GET") => asksForFile({ url, method });
  for (const url of [
    CSV,
    `${CSV}?x=1`,
    "/x/../data/snapshots.csv",
    "/data/%73napshots.csv",
    "\\data\\muhlat.zip",
    `http://x${CSV}`,
    "/./data/x",
  ])
    expect(asks(url), url).toBe(true);
  expect(asks(CSV, "HEAD")).toBe(true);
  for (const url of ["/data", "/en/data", "/database/x", "/api/v1/snapshots", "*", "http://["]) expect(asks(url), url).toBe(false);
  expect(asks(CSV, "POST")).toBe(false);
});
