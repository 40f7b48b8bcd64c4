import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chownSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { connectionOptions } from "@/db/address";
import { startEmbedded } from "@/db/embedded";

/** A PostgreSQL of its own, on which nobody has made roles yet; `url` is its superuser's. */
export type Server = { url: string; close: () => Promise<void> };

/** Where Debian keeps the programs of PostgreSQL 15. */
export const DEBIAN_15 = "/usr/lib/postgresql/15/bin";

/** The embedded PostgreSQL in a folder of its own. */
export async function embeddedServer(): Promise<Server> {
  const folder = newFolder();
  const server = await startEmbedded(folder, () => {});
  const close = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: server.url, close };
}

/** A PostgreSQL that is installed on this machine, in a folder of its own. */
export async function installedServer(bin: string): Promise<Server> {
  const folder = newFolder();
  mkdirSync(folder, { mode: 0o755 });
  const data = path.join(folder, "data");
  mkdirSync(data, { mode: 0o700 });
  const ids = ordinaryUser();
  if (ids) for (const owned of [folder, data]) chownSync(owned, ids.uid, ids.gid);
  const made = spawnSync(path.join(bin, "initdb"), ["-D", data, "-U", "admin", "--auth=trust", "--encoding=UTF8", "--locale=C"], {
    encoding: "utf8",
    ...ids,
  });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr || made.error}`);
  const settings = [`unix_socket_directories=${folder}`, "listen_addresses=", "fsync=off"].flatMap((setting) => ["-c", setting]);
  const child = spawn(path.join(bin, "postgres"), ["-D", data, ...settings], { stdio: "ignore", ...ids });
  const url = `postgres:///postgres?host=${encodeURIComponent(folder)}&user=admin`;
  for (let waited = 0; !(await answers(url)); waited += 100) {
    if (child.exitCode !== null || waited > 20_000) throw new Error(`${bin} did not start`);
    await sleep(100);
  }
  const close = async () => {
    child.kill("SIGINT");
    if (child.exitCode === null) await once(child, "exit");
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, close };
}

/** The same address for another user, and where named another database. */
export function addressAs(url: string, user: string, database?: string): string {
  const address = new URL(url);
  address.searchParams.set("user", user);
  if (database) address.pathname = `/${database}`;
  return address.href;
}

export const newFolder = () => path.join(tmpdir(), `muhlat-server-${randomUUID().slice(0, 8)}`);

/** PostgreSQL refuses to run as root. */
function ordinaryUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((which) => Number.parseInt(spawnSync("id", [which, name], { encoding: "utf8" }).stdout, 10));
    if (uid && gid) return { uid, gid };
  }
  throw new Error("there is neither a user postgres nor a user nobody");
}

export async function answers(url: string): Promise<boolean> {
  const socket = path.join(new URL(url).searchParams.get("host") ?? "", ".s.PGSQL.5432");
  if (!existsSync(socket)) return false;
  const sql = postgres({ ...connectionOptions(url), max: 1, fetch_types: false, onnotice: () => {} });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
