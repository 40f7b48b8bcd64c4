import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Why processes cannot be looked up here; undefined where they can. */
export const noProcesses = existsSync("/proc/self/stat") ? undefined : "there is no /proc on this system";

const read = (file: string) => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};

/** Every process that names the folder in its command, with all it has begun; zombies left out. */
export function processesOf(folder: string): number[] {
  const parents = new Map<number, number>();
  const found = new Set<number>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    // The name in brackets may hold anything; after it come the state and the parent.
    const [state, parent] = read(`/proc/${name}/stat`)
      .replace(/^.*\) /s, "")
      .split(" ");
    if (!state || "ZX".includes(state) || Number(name) === process.pid) continue;
    parents.set(Number(name), Number(parent));
    if (read(`/proc/${name}/cmdline`).includes(folder)) found.add(Number(name));
  }
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

/** Kills every process of the folder, new ones too, and waits until none is left. */
export async function killAll(folder: string): Promise<number> {
  const killed = new Set<number>();
  for (let left = processesOf(folder); left.length > 0; left = processesOf(folder)) {
    for (const pid of left) {
      killed.add(pid);
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It was gone before.
      }
    }
    await sleep(20);
  }
  return killed.size;
}

/** Waits until the folder has no process any more; says whether that came true in time. */
export async function allGone(folder: string, milliseconds: number): Promise<boolean> {
  for (let waited = 0; processesOf(folder).length > 0; waited += 100) {
    if (waited > milliseconds) return false;
    await sleep(100);
  }
  return true;
}

/** A process that records figures into a folder's database. */
export type Recorder = {
  child: ChildProcess;
  acknowledged: string[];
  corrections: string[];
  until: (count: number) => Promise<void>;
  ended: Promise<unknown>;
};

export function startRecorder(folder: string): Recorder {
  const script = path.join(import.meta.dirname, "records-until-killed.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, folder], { stdio: ["ignore", "pipe", "pipe"] });
  const acknowledged: string[] = [];
  const corrections: string[] = [];
  let out = "";
  let errors = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    const lines = (out + text).split("\n");
    // What follows the last line break may be half an id.
    out = lines.pop() ?? "";
    acknowledged.push(...lines.filter((line) => line !== "ready" && !line.includes(" ")));
    corrections.push(...lines.filter((line) => line.includes(" ")));
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const ended = once(child, "close");
  const until = async (count: number) => {
    while (acknowledged.length < count) {
      if (child.exitCode !== null) throw new Error(`the recorder ended with ${child.exitCode}: ${errors}`);
      await sleep(10);
    }
  };
  return { child, acknowledged, corrections, until, ended };
}
