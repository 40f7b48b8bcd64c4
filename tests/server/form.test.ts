import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { soundForm } from "@/server/form";

/** Actions that take the form alone, a state before it, something bound before that; and one that takes nothing. The first byte says so. */
const [ALONE, STATED, BOUND, NOTHING] = ["40", "60", "70", "00"].map((byte) => `${byte}ab26dc06f586ac46580406ce5e5aeccc6641d32c`) as [
  string,
  string,
  string,
  string,
];
const STATE = JSON.stringify({ sent: 0, typed: { name: "$$5", note: "" }, looks: "$undefined" });
const TWICE = `{"sent":0,"typed":{},"theirs":{"typed":"$0:0:typed"}}`;

const build = mkdtempSync(path.join(tmpdir(), "muhlat-form-"));
let server: Server;
let origin: string;
beforeAll(async () => {
  mkdirSync(path.join(build, "server"));
  writeFileSync(
    path.join(build, "server/server-reference-manifest.json"),
    JSON.stringify({ node: { [ALONE]: {}, [STATED]: {}, [BOUND]: {}, [NOTHING]: {} } }),
  );
  server = createServer(async (request, response) => {
    const sound = await soundForm(request, build);
    if (typeof sound === "string") return void response.end(sound);
    const chunks: Buffer[] = [];
    for await (const chunk of sound) chunks.push(chunk);
    response.end(`passed ${Buffer.concat(chunks).length}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(build, { recursive: true });
});

const parts = (fields: Record<string, string>) =>
  `${Object.entries(fields)
    .map(([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join("")}--x--\r\n`;
const MULTIPART = { "content-type": "multipart/form-data; boundary=x" };

async function told(body: string, headers: Record<string, string> = MULTIPART, at = "/staff/record") {
  return (await fetch(origin + at, { method: "POST", body, headers })).text();
}
const scripted = (fields: Record<string, string>, action = STATED) => told(parts(fields), { ...MULTIPART, "next-action": action });

describe("a form of ours is let through whole", () => {
  test.each<[string, string, string]>([
    ["with its state", STATED, `[${STATE},"$K1"]`],
    ["with a state in which something stands twice", STATED, `[${TWICE},"$K1"]`],
    ["alone", ALONE, '["$K1"]'],
    ["with what its page bound", BOUND, `["bound",${STATE},"$K1"]`],
    ["with a few things bound by name", BOUND, `[{"as":"extend","statementId":"a"},${STATE},"$K1"]`],
    ["with nothing bound", BOUND, `[null,${STATE},"$K1"]`],
  ])("sent by the framework's script, %s", async (_what, action, root) => {
    const fields = { "1_name": "A", "0": root };
    expect(await scripted(fields, action)).toBe(`passed ${parts(fields).length}`);
  });

  test("called by the framework's script, which leaves a form out of which nothing is used", async () => {
    const call = { "content-type": "text/plain;charset=UTF-8", "next-action": NOTHING };
    expect(await told('["$undefined"]', call)).toBe("passed 14");
    expect(await told('["$undefined"]', { ...call, "next-action": ALONE })).toBe("unreadable");
    expect(await told('[{"a":"b"}]', { ...call, "next-action": ALONE })).toBe("unreadable");
    expect(await told('["x"]', call)).toBe("unreadable");
  });

  test("sent by a browser", async () => {
    const simple = { [`$ACTION_ID_${ALONE}`]: "", name: "A" };
    expect(await told(parts(simple))).toBe(`passed ${parts(simple).length}`);
    const bound = {
      $ACTION_REF_1: "",
      "$ACTION_1:0": JSON.stringify({ id: BOUND, bound: "$@1" }),
      "$ACTION_1:1": `["bound",${STATE}]`,
      $ACTION_KEY: "k",
      name: "A",
    };
    expect(await told(parts(bound))).toBe(`passed ${parts(bound).length}`);
  });

  test("and so is what is no form for a page", async () => {
    expect(await told("a=b", { "content-type": "application/x-www-form-urlencoded" }, "/staff/sign-in/password")).toBe("passed 3");
    expect(await told("junk", MULTIPART, "/staff/import/upload")).toBe("passed 4");
    expect(await told("junk", MULTIPART, "/api/v1/snapshots")).toBe("passed 4");
  });
});

describe("what no form of ours sends is not", () => {
  test.each<[string, string]>([
    ["nothing", "[]"],
    ["no form", "[null]"],
    ["a form without what it was before", '["$K1","$K1"]'],
    ["a state that is none", '[{"sent":"x"},"$K1"]'],
    ["a state with a function", '[{"sent":0,"typed":{"a":"$F1"}},"$K1"]'],
    ["a promise", '["$@1","$K1"]'],
    ["a place that is not there", '[{"sent":0,"typed":{"a":"$0:9:x"}},"$K1"]'],
    ["less than it takes", '["$K1"]'],
    ["a bound form", `["$K1","$K1"]`],
    ["more than it takes", `["a",${STATE},"$K1"]`],
    ["too much", '["a","b","c","d","e","$K1"]'],
    ["what cannot be read", "{{{"],
    ["depths", `[{"sent":0,"typed":${'{"a":'.repeat(40)}1${"}".repeat(40)}},"$K1"]`],
  ])("from a script: %s", async (_what, root) => {
    expect(await scripted({ "0": root, "1_a": "b" })).toBe("unreadable");
  });

  test.each<[string, Record<string, string>]>([
    ["no action", { a: "b" }],
    ["less than it takes", { [`$ACTION_ID_${STATED}`]: "" }],
    ["less than it takes, by a reference", { $ACTION_REF_1: "", "$ACTION_1:0": `{"id":"${STATED}","bound":null}` }],
    ["an action that is none", { $ACTION_ID_zz: "" }],
    ["nothing behind its name", { $ACTION_REF_1: "" }],
    ["what cannot be read", { $ACTION_REF_1: "", "$ACTION_1:0": "{{{" }],
    ["a state that is none", { $ACTION_REF_1: "", "$ACTION_1:0": `{"id":"${STATED}","bound":"$@1"}`, "$ACTION_1:1": '[{"sent":"x"}]' }],
    ["bound to nothing", { $ACTION_REF_1: "", "$ACTION_1:0": `{"id":"${STATED}","bound":"$@2"}` }],
  ])("from a browser: %s", async (_what, fields) => {
    expect(await told(parts(fields))).toBe("unreadable");
  });

  test.each<[string, string, Record<string, string>]>([
    ["no form at all", "[null]", { "next-action": ALONE, "content-type": "text/plain;charset=UTF-8" }],
    ["bytes", "\0\x01", { "next-action": ALONE, "content-type": "application/octet-stream" }],
    ["without a boundary", "x", { "content-type": "multipart/form-data" }],
    ["cut off", parts({ "0": '["$K1"]' }).slice(0, 60), { ...MULTIPART, "next-action": ALONE }],
    ["junk", "junk", MULTIPART],
    ["a made-up name", parts({ "0": '["$K1"]' }), { ...MULTIPART, "next-action": "zz" }],
  ])("%s", async (_what, body, headers) => {
    expect(await told(body, headers)).toBe("unreadable");
  });

  test("of a page that another version made", async () => {
    const other = `40${"0".repeat(40)}`;
    expect(await scripted({ "0": '["$K1"]' }, other)).toBe("outdated");
    expect(await told(parts({ [`$ACTION_ID_${other}`]: "" }))).toBe("outdated");
  });
});
