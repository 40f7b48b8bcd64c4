import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

const folder = mkdtempSync(path.join(tmpdir(), "muhlat-refusals-"));
const taken = createServer();
let takenPort = 0;
let freePort = 0;

beforeAll(async () => {
  const portOf = (server: ReturnType<typeof createServer>) => (server.address() as { port: number }).port;
  const listening = (server: ReturnType<typeof createServer>) => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  await listening(taken);
  takenPort = portOf(taken);
  const free = createServer();
  await listening(free);
  freePort = portOf(free);
  await new Promise((resolve) => free.close(resolve));
});

afterAll(() => {
  taken.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the server as `npm start` does and waits for its end. */
function start(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "server/start.ts"], {
    env: { PATH: process.env.PATH, NODE_ENV: "production", PORT: String(freePort), MUHLAT_DATA_DIR: folder, ...env },
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, said: said.trim() })));
}

const refusals: [string, () => Record<string, string>, RegExp][] = [
  ["a wrong setting", () => ({ PORT: "80a" }), /^The setting PORT must be a port number from 1 to 65535\.$/],
  [
    "half a setting",
    () => ({ MUHLAT_ADMIN_EMAIL: "a@example.org" }),
    /^The setting MUHLAT_ADMIN_PASSWORD is needed too when MUHLAT_ADMIN_EMAIL is set\.$/,
  ],
  [
    "a data folder that is a file",
    () => ({ MUHLAT_DATA_DIR: import.meta.filename }),
    /^The data folder .* cannot be used \(.*\)\. Check MUHLAT_DATA_DIR\.$/,
  ],
  [
    "a taken port",
    () => ({ PORT: String(takenPort) }),
    /^Port \d+ is taken by another program\. Stop that program, or set PORT to another number\.$/,
  ],
  [
    "an unreachable database",
    () => ({ DATABASE_URL: `postgres://somebody:secret@127.0.0.1:${freePort + 1}/muhlat` }),
    /^The database at 127\.0\.0\.1:\d+\/muhlat cannot be reached \(.*\)\. Check that it runs and that DATABASE_URL is right\.$/,
  ],
  [
    "a database that is not there",
    () => {
      const url = new URL(inject("server"));
      url.pathname = "/nowhere";
      return { DATABASE_URL: url.href };
    },
    /^The database server at .* has no such database \(.*\)\. Make it first, for example with createdb\.$/,
  ],
];

test.each(refusals)("%s ends in one clear sentence", async (_name, env, sentence) => {
  const { code, said } = await start(env());
  expect(said).toMatch(sentence);
  expect(said).not.toContain("secret");
  expect(said.split("\n")).toHaveLength(1);
  expect(code).toBe(1);
});
