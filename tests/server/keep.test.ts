import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Content, type Document } from "@/server/front/document";
import { Keep } from "@/server/front/keep";

let around: string;
let folder: string;
beforeEach(() => {
  around = mkdtempSync(path.join(tmpdir(), "muhlat-keep-"));
  folder = path.join(around, "build");
});
afterEach(() => rmSync(around, { recursive: true, force: true }));

const document = (key: string, body: string | Buffer = key): Document => ({
  key,
  content: new Content(Buffer.from(body), { "content-type": "text/html" }),
  generation: 0,
  madeAt: 1_700_000_000_000,
  turnsAt: Number.POSITIVE_INFINITY,
  rightAt: 1_700_000_000_000,
});
const textOf = (keep: Keep, key: string) => keep.get(key)?.content.body.toString();

describe("documents kept", () => {
  test("are there again after a restart, byte for byte, and count as old", async () => {
    const bytes = Buffer.from([0, 10, 255, 10, 123]);
    const keep = new Keep(folder);
    keep.put(document("/en", "hello\nthere"));
    keep.put(document("/og/kg.png", bytes));
    await keep.written();
    const again = new Keep(folder);
    expect(textOf(again, "/en")).toBe("hello\nthere");
    expect(again.get("/og/kg.png")?.content.body).toEqual(bytes);
    expect(again.get("/en")).toMatchObject({ generation: -1, turnsAt: 0, rightAt: 1_700_000_000_000 });
    expect(again.get("/en")?.content.hash).toBe(keep.get("/en")?.content.hash);
  });

  test("that were dropped or replaced are gone from the disk too", async () => {
    const keep = new Keep(folder);
    keep.put(document("/en", "one"));
    keep.put(document("/en", "two"));
    keep.put(document("/ru"));
    keep.drop("/ru");
    await keep.written();
    expect(readdirSync(folder)).toHaveLength(1);
    expect(textOf(new Keep(folder), "/en")).toBe("two");
  });

  test("whose file was cut, changed or given another name are not believed", async () => {
    const keep = new Keep(folder);
    for (const key of ["/a", "/b", "/c"]) keep.put(document(key, `${key} `.repeat(100)));
    await keep.written();
    const [cut = "", changed = "", named = ""] = readdirSync(folder).map((name) => path.join(folder, name));
    writeFileSync(cut, readFileSync(cut).subarray(0, 200));
    writeFileSync(changed, readFileSync(changed, "utf8").replace("/a /a", "/x /x").replace("/b /b", "/x /x").replace("/c /c", "/x /x"));
    writeFileSync(path.join(folder, "0".repeat(40)), readFileSync(named));
    expect(new Keep(folder).count).toBe(1);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test("stay within their bytes in memory and on disk; those that are asked for stay longest", async () => {
    const most = 200_000;
    const keep = new Keep(folder, most);
    const body = "x".repeat(5000);
    keep.put(document("/asked-for", body));
    for (let n = 0; n < 500; n += 1) {
      keep.put(document(`/${n}`, body));
      keep.get("/asked-for");
      expect(keep.bytes).toBeLessThanOrEqual(most);
    }
    await keep.written();
    expect(textOf(keep, "/asked-for")).toBe(body);
    expect(keep.count).toBeGreaterThan(10);
    expect(readdirSync(folder)).toHaveLength(keep.count);
  });

  test("are kept in memory where the folder cannot be made", async () => {
    const file = path.join(around, "a file");
    writeFileSync(file, "");
    const keep = new Keep(path.join(file, "build"));
    keep.put(document("/en"));
    await keep.written();
    expect(textOf(keep, "/en")).toBe("/en");
  });
});
