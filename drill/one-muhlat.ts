import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** A running Muhlat of this checkout, as `npm start` runs it. */
export type Muhlat = {
  origin: string;
  pid: number;
  said: () => string;
  /** What it ended with. */
  exitCode: () => number | null;
  stop: (signal?: NodeJS.Signals) => Promise<void>;
};

/** Builds what is stale, once for all that is started afterwards. */
export function build(): void {
  const work = 'await (await import("./bin/modules.mjs")).buildModules(); (await import("./bin/build.mjs")).buildIfStale()';
  execFileSync(process.execPath, ["--input-type=module", "--eval", work], { cwd: root, stdio: "inherit" });
}

/** Starts it, and waits until it answers at all, or until it says that it is ready. */
export async function startMuhlat(port: number, env: Record<string, string>, until: "answers" | "ready" = "ready"): Promise<Muhlat> {
  const origin = `http://127.0.0.1:${port}`;
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", "server/start.ts"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", PORT: String(port), ...env },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (said += chunk));
  const there = async () => {
    const answer = await fetch(`${origin}/api/${until === "ready" ? "health/ready" : "time"}`).catch(() => undefined);
    return answer?.status === 200;
  };
  for (let waited = 0; !(await there()); waited += 50) {
    if (child.exitCode !== null || waited > 120_000) throw new Error(`it did not start; it said: ${said.slice(-800)}`);
    await sleep(50);
  }
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    child.kill(signal);
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  return { origin, pid: child.pid ?? 0, said: () => said, exitCode: () => child.exitCode, stop };
}
