import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const root = path.resolve(import.meta.dirname, "../..");

/** The framework's own server on the same build, with nothing of ours before it. */
export type PlainNext = { origin: string; pid: number; stop: () => Promise<void> };

/** The address of the embedded database that runs in a data folder. */
export function embeddedAddress(dataFolder: string): string {
  const lock = readFileSync(path.join(dataFolder, "postgres-18", "postmaster.pid"), "utf8").split("\n");
  return `postgres:///postgres?host=${encodeURIComponent(lock[4] ?? "")}&user=muhlat`;
}

/** Starts `next start` on a database that is there already; its pages name `publicUrl` as where they are found, else its own. */
export async function startPlainNext(port: number, databaseUrl: string, publicUrl?: string): Promise<PlainNext> {
  const origin = `http://127.0.0.1:${port}`;
  const next = path.join(root, "node_modules/next/dist/bin/next");
  const child: ChildProcess = spawn(process.execPath, [next, "start", "-H", "127.0.0.1", "-p", String(port)], {
    cwd: root,
    stdio: "ignore",
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      DATABASE_URL: databaseUrl,
      ...(publicUrl && { PUBLIC_URL: publicUrl }),
    },
  });
  const there = async () => (await fetch(`${origin}/api/health/live`).catch(() => undefined))?.status === 200;
  for (let waited = 0; !(await there()); waited += 100) {
    if (child.exitCode !== null || waited > 60_000) throw new Error("next start did not start");
    await sleep(100);
  }
  const stop = async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  return { origin, pid: child.pid ?? 0, stop };
}
