import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { filled } from "./filled";

/** Where each kind of thing listens on loopback: of the three machines each at this port and its number. */
export const PORTS = { primary: 15400, reading: 15401, etcd: 15410, peer: 15420, postgres: 15430, wire: 15440, rest: 15450 } as const;

const BIN = ["18", "17", "16", "15"].map((version) => `/usr/lib/postgresql/${version}/bin`).find((folder) => existsSync(folder));
/** Debian's programs. */
export const PROGRAMS = {
  postgres: `${BIN ?? "/usr/lib/postgresql/15/bin"}/postgres`,
  patroni: "/usr/bin/patroni",
  etcd: "/usr/bin/etcd",
  haproxy: "/usr/sbin/haproxy",
};

/** PostgreSQL refuses to run as root: then everything is run by its own user. */
function ordinaryUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (which: string) => Number.parseInt(execFileSync("id", [which, "postgres"], { encoding: "utf8" }), 10);
  return { uid: id("-u"), gid: id("-g") };
}

const IDS = ordinaryUser();

function own(file: string): void {
  if (IDS) chownSync(file, IDS.uid, IDS.gid);
}

/** A program in a folder of its own, and what it said last. */
function run(program: string, args: string[], folder: string): { child: ChildProcess; said: () => string } {
  const { PATH, LANG } = process.env;
  const child = spawn(program, args, {
    cwd: folder,
    env: { PATH, LANG, HOME: folder, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
    ...IDS,
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (said = (said + chunk).slice(-20_000)));
  return { child, said: () => said };
}

const runs = (child: ChildProcess | undefined): child is ChildProcess =>
  child !== undefined && child.exitCode === null && child.signalCode === null;

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!runs(child)) return;
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
}

/** HAProxy before the machines of these numbers. */
export function startProxy(folder: string, numbers: readonly number[]): { stop: () => Promise<void> } {
  const line = (n: number) => `    server node${n} 127.0.0.1:${PORTS.postgres + n} check port ${PORTS.rest + n}`;
  const file = path.join(folder, "haproxy.cfg");
  const values = { address: "127.0.0.1", primary_port: PORTS.primary, reading_port: PORTS.reading, servers: numbers.map(line).join("\n") };
  writeFileSync(file, filled("haproxy.cfg", values));
  const proxy = run(PROGRAMS.haproxy, ["-db", "-f", file], folder);
  return { stop: () => end(proxy.child, "SIGKILL") };
}

/** A database machine: etcd, Patroni, and the PostgreSQL that it runs. */
export class Machine {
  readonly #folder: string;
  #etcd: ReturnType<typeof run> | undefined;
  #patroni: ReturnType<typeof run> | undefined;

  constructor(
    readonly number: number,
    folder: string,
    readonly synchronous: boolean,
  ) {
    this.#folder = path.join(folder, `node${number}`);
    mkdirSync(this.#folder, { mode: 0o700 });
    own(this.#folder);
    const each = (of: (n: number) => string) => [1, 2, 3].map(of).join(",");
    const values = {
      name: `node${number}`,
      address: "127.0.0.1",
      network: "127.0.0.1/32",
      folder: this.#folder,
      bin: path.dirname(PROGRAMS.postgres),
      synchronous: String(synchronous),
      watchdog: "off",
      superuser_password: "drill-superuser",
      replication_password: "drill-replication",
      rewind_password: "drill-rewind",
      etcd_port: PORTS.etcd + number,
      peer_port: PORTS.peer + number,
      rest_port: PORTS.rest + number,
      postgres_port: PORTS.postgres + number,
      wire_port: PORTS.wire + number,
      etcd_hosts: each((n) => `127.0.0.1:${PORTS.etcd + n}`),
      etcd_peers: each((n) => `node${n}=http://127.0.0.1:${PORTS.peer + n}`),
    };
    for (const name of ["etcd.yml", "patroni.yml"]) {
      const file = path.join(this.#folder, name);
      writeFileSync(file, filled(name, values), { mode: 0o600 });
      own(file);
    }
  }

  startEtcd(): void {
    this.#etcd = run(PROGRAMS.etcd, ["--config-file", path.join(this.#folder, "etcd.yml")], this.#folder);
  }

  /** Starts Patroni, which starts PostgreSQL. */
  start(): void {
    this.#patroni = run(PROGRAMS.patroni, [path.join(this.#folder, "patroni.yml")], this.#folder);
  }

  /** What it says it is; without an answer nothing. */
  async role(): Promise<{ number: number; role: string; synchronous: boolean }> {
    const asked = { signal: AbortSignal.timeout(2000) };
    const told = await fetch(`http://127.0.0.1:${PORTS.rest + this.number}/patroni`, asked)
      .then((answer) => answer.json() as Promise<{ role?: string; state?: string; sync_standby?: boolean }>)
      .catch(() => undefined);
    const role = told?.state === "running" ? (told.role ?? "") : "";
    return { number: this.number, role: role === "master" ? "primary" : role, synchronous: told?.sync_standby === true };
  }

  /** Every process of its PostgreSQL, the first of them first. */
  #server(): number[] {
    const lock = path.join(this.#folder, "data", "postmaster.pid");
    if (!existsSync(lock)) return [];
    const postmaster = Number.parseInt(readFileSync(lock, "utf8"), 10);
    const told = execFileSync("ps", ["-e", "-o", "pid=,ppid=,comm="], { encoding: "utf8" });
    const rows = told.split("\n").map((line) => line.trim().split(/\s+/));
    return rows
      .filter(([pid, parent, comm]) => comm === "postgres" && (Number(pid) === postmaster || Number(parent) === postmaster))
      .map(([pid]) => Number(pid))
      .sort((one, other) => (one === postmaster ? -1 : other === postmaster ? 1 : one - other));
  }

  /** Sends a signal to everything of it but etcd. */
  signal(name: NodeJS.Signals): void {
    if (runs(this.#patroni?.child)) this.#patroni.child.kill(name);
    for (const pid of this.#server())
      try {
        process.kill(pid, name);
      } catch {
        // It has ended by itself.
      }
  }

  /** Ends Patroni and its PostgreSQL as a machine ends whose current fails: at once, and nothing is said. */
  async kill(): Promise<void> {
    this.signal("SIGKILL");
    await end(this.#patroni?.child, "SIGKILL");
  }

  async stop(): Promise<void> {
    await this.kill();
    await end(this.#etcd?.child, "SIGKILL");
  }

  /** The last of what Patroni said. */
  said(letters: number): string {
    return `${this.number}: ${this.#patroni?.said().slice(-letters)}`;
  }
}
