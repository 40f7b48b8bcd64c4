import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Door } from "./load";

/** One that statements are sent to: where, and the process that takes them. `table`: what they are rows of, in its database. */
export type Contender = { name: string; door: Door; pid: number; table: string; stop: () => Promise<void> };

/** Starts a program and waits until it answers. @throws with what it said, where it does not */
export async function started(
  command: string[],
  folder: string,
  env: Record<string, string>,
  url: string,
): Promise<Pick<Contender, "pid" | "stop">> {
  const [program = "", ...args] = command;
  const child: ChildProcess = spawn(program, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (said = `${said}${chunk}`.slice(-4000)));
  for (let waited = 0; !(await fetch(url).catch(() => undefined)); waited += 100) {
    if (child.exitCode !== null || waited > 120_000) throw new Error(`${command.join(" ")} did not start; it said: ${said}`);
    await sleep(100);
  }
  const stop = async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  return { pid: child.pid ?? 0, stop };
}
