import { get } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { asksForFile } from "@/server/front/files";
import { CSV, now, ROW, ROWS, TAG, take, withFiles } from "../setup/whole-files";

withFiles();

const unpacked = { br: brotliDecompressSync, gzip: gunzipSync, identity: (body: Buffer) => body };

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
    expect(now.making.rows).toBe(ROWS);
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
    expect(now.making.rows).toBe(0);
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
    now.making.rows = 0;
  }
});

describe("a reader", () => {
  /** Everything that may be under way between the maker and a reader: buffers of streams, of the compressor and of the kernel. */
  const MOST = 40 * 1024 * 1024;

  async function settled(): Promise<number> {
    for (let before = -1; before !== now.making.rows; await sleep(300)) before = now.making.rows;
    return now.making.rows;
  }

  test.each(["identity", "gzip", "br"])(
    "who takes no more of it as %s holds up its being made, and ends it by going away",
    async (accepted) => {
      const socket = connect(now.port, "127.0.0.1", () =>
        socket.write(`GET /data/endless.csv HTTP/1.1\r\nHost: x\r\nAccept-Encoding: ${accepted}\r\n\r\n`),
      );
      await new Promise((resolve) => socket.once("data", resolve));
      socket.pause();
      // What is compressed a hundredfold is a hundred times as much until it is held up.
      if (accepted === "identity") {
        const held = await settled();
        expect(held * Buffer.byteLength(ROW)).toBeLessThan(MOST);
        expect(now.making.ended).toBe(false);
      }
      socket.destroy();
      for (let waited = 0; !now.making.ended && waited < 5000; waited += 20) await sleep(20);
      expect(now.making.ended).toBe(true);
    },
  );

  test("who goes away before it begins is not answered, and breaks nothing", async () => {
    const asking = get({ port: now.port, path: "/data/endless.csv", agent: false });
    asking.on("error", () => {});
    await sleep(1);
    asking.destroy();
    expect((await take("/data/catalog.jsonld")).status).toBe(200);
  });

  test.each(["identity", "gzip", "br"])("never takes one as %s for whole that broke off while it was made", async (accepted) => {
    await expect(take("/data/broken.csv", { "accept-encoding": accepted })).rejects.toThrow(/aborted|hang up/);
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
