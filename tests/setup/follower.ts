import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { answers, newFolder, type Server } from "./servers";

/** A server that follows another one of `installedServer`, from a copy of it, over its socket. */
export async function followerOf(leader: Server, bin: string): Promise<Server> {
  const socket = new URL(leader.url).searchParams.get("host") ?? "";
  const folder = newFolder();
  mkdirSync(folder, { mode: 0o755 });
  const data = path.join(folder, "data");
  const { uid, gid } = statSync(socket);
  const ids = process.getuid?.() === 0 ? { uid, gid } : undefined;
  if (ids) chownSync(folder, uid, gid);
  const copied = spawnSync(path.join(bin, "pg_basebackup"), ["-h", socket, "-U", "admin", "-D", data, "-R", "-c", "fast"], {
    encoding: "utf8",
    ...ids,
  });
  if (copied.status !== 0) throw new Error(`pg_basebackup: ${copied.stderr || copied.error}`);
  const settings = [`unix_socket_directories=${folder}`, "listen_addresses=", "fsync=off"].flatMap((setting) => ["-c", setting]);
  const child = spawn(path.join(bin, "postgres"), ["-D", data, ...settings], { stdio: "ignore", ...ids });
  const url = `postgres:///postgres?host=${encodeURIComponent(folder)}&user=admin`;
  for (let waited = 0; !(await answers(url)); waited += 100) {
    if (child.exitCode !== null || waited > 20_000) throw new Error(`${bin} did not start`);
    await sleep(100);
  }
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGINT");
      await once(child, "exit");
    }
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, close };
}
