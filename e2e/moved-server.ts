import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { freePort } from "./free-port";

/** A server of its own on the starter record, whose clock can be set. */
export type MovedServer = { origin: string; setClock: (instant: string) => Promise<void>; stop: () => Promise<void> };

const root = path.resolve(import.meta.dirname, "..");

const serverTime = async (origin: string) => Number(await (await fetch(`${origin}/api/time`)).text());

/** Starts the product with the true time: before its day, the record it starts with would be refused as of the future. */
export async function startMoved(): Promise<MovedServer> {
  const folder = mkdtempSync(path.join(tmpdir(), "muhlat-clock-"));
  const file = path.join(folder, "clock");
  writeFileSync(file, new Date().toISOString());
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", "server/start.ts"], {
    cwd: root,
    stdio: "ignore",
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: String(port),
      MUHLAT_DATA_DIR: path.join(folder, "data"),
      MUHLAT_TEST_CLOCK: file,
      NODE_OPTIONS: `--import=${pathToFileURL(path.join(root, "tests/setup/faked-clock.mjs")).href}`,
    },
  });
  const ready = async () => (await fetch(`${origin}/api/health/ready`).catch(() => undefined))?.status === 200;
  for (let waited = 0; !(await ready()); waited += 250) {
    if (child.exitCode !== null || waited > 120_000) throw new Error("the server with a clock of its own did not start");
    await sleep(250);
  }
  return {
    origin,
    setClock: async (to) => {
      writeFileSync(file, to);
      while (Math.abs((await serverTime(origin)) - Date.parse(to)) > 5_000) await sleep(50);
    },
    stop: async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
