import { spawn, spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { connectionOptions } from "./address";
import { EmbeddedDatabaseError, giveTo, programs, type RunAs, runAs } from "./postgres-programs";

export { EmbeddedDatabaseError };

/** A running embedded server: its address for the database client, the way to stop it without loss, and the news of its end. */
export type EmbeddedDatabase = {
  url: string;
  stop: () => Promise<void>;
  /** Resolves when the server has ended, stopped or not; with the path of its log. */
  died: Promise<string>;
};

const VERSION = "18";

/** Runs the server given as arguments and ends with it; stops it when standard input closes, as it does when our process is gone. */
const KEEPER = [
  'trap "" INT TERM HUP; exec 3<&0',
  '"$@" <&- 3<&- & server=$!',
  "(read -r _ <&3; kill -INT $server 2>/dev/null) & reader=$!",
  "wait $server; code=$?; kill -KILL $reader 2>/dev/null; exit $code",
].join("\n");

/** A private folder with a short path: a socket's address may have at most 107 bytes. */
function socketFolder(dataDir: string, ids: RunAs["ids"]): string {
  const uid = process.getuid?.() ?? 0;
  const key = createHash("sha256").update(path.resolve(dataDir)).digest("hex").slice(0, 12);
  const folder = path.join(
    process.env.XDG_RUNTIME_DIR && process.env.XDG_RUNTIME_DIR.length < 60
      ? process.env.XDG_RUNTIME_DIR
      : tmpdir().length < 60
        ? tmpdir()
        : "/tmp",
    `muhlat-${uid}-${key}`,
  );
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const owner = statSync(folder).uid;
  if (owner !== uid && owner !== ids?.uid)
    throw new EmbeddedDatabaseError(`The folder ${folder} belongs to another user. Remove it and start again.`);
  giveTo(ids, folder);
  return folder;
}

function answers(folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(path.join(folder, ".s.PGSQL.5432"));
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

/** Whether the process that wrote PostgreSQL's lock file is still a PostgreSQL. */
function isPostgres(pid: number): boolean {
  if (existsSync("/proc/self/comm")) {
    const comm = `/proc/${pid}/comm`;
    return existsSync(comm) && readFileSync(comm, "utf8").startsWith("postgres");
  }
  return spawnSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" }).stdout.includes("postgres");
}

/** Waits for a server that is on its way out, and removes the lock of one that was killed; refuses one that somebody owns. */
async function waitForLock(data: string, refuseIfOwned: () => Promise<void>): Promise<void> {
  const lock = path.join(data, "postmaster.pid");
  for (let waited = 0; existsSync(lock) && waited < 60_000; waited += 100) {
    await refuseIfOwned();
    const pid = Number.parseInt(readFileSync(lock, "utf8"), 10);
    if (!Number.isInteger(pid) || !isPostgres(pid)) rmSync(lock, { force: true });
    else await sleep(100);
  }
}

const OWNER_LOCK = 7_261_845;
/** A process that was just killed may hold the lock for a moment longer; milliseconds. */
const OWNER_PATIENCE = 1000;

/**
 * Takes the owner's lock, on a connection that lives as long as this process. "taken" when another
 * Muhlat process keeps it, as it does while it lives; undefined while the server does not answer.
 */
async function own(url: string): Promise<postgres.Sql | "taken" | undefined> {
  const sql = postgres({
    ...connectionOptions(url),
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connection: { lock_timeout: OWNER_PATIENCE },
    // The driver would ask for types by itself, and end the process when a server on its way out leaves that unanswered.
    fetch_types: false,
    onnotice: () => {},
  });
  try {
    await sql`select pg_advisory_lock(${OWNER_LOCK})`;
    return sql;
  } catch (error) {
    await sql.end({ timeout: 1 });
    return (error as { code?: string }).code === LOCK_NOT_AVAILABLE ? "taken" : undefined;
  }
}

const LOCK_NOT_AVAILABLE = "55P03";

/** Whether another Muhlat process owns the server at this address. */
async function isOwned(url: string): Promise<boolean> {
  const lock = await own(url);
  if (lock && lock !== "taken") await lock.end({ timeout: 1 });
  return lock === "taken";
}

async function launchOf(sql: postgres.Sql): Promise<string | undefined> {
  const [row] = await sql<{ launch: string }[]>`select current_setting('muhlat.launch', true) as launch`;
  return row?.launch;
}

function lastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n").slice(-3).join("\n") : "";
}

const dataOf = (dataDir: string) => path.resolve(dataDir, `postgres-${VERSION}`);
const addressIn = (folder: string) => `postgres:///postgres?host=${encodeURIComponent(folder)}&user=muhlat`;

/** Whether there is an embedded database in this data folder. */
export const hasEmbedded = (dataDir: string): boolean => existsSync(dataOf(dataDir));

/**
 * The embedded server of this folder for as long as it is wanted: the one that a running Muhlat keeps, which is left as it
 * is, else one started for the purpose.
 * @throws EmbeddedDatabaseError
 */
export async function reachEmbedded(dataDir: string, say: (step: string) => void): Promise<Pick<EmbeddedDatabase, "url" | "stop">> {
  // Its socket may lie elsewhere than this process would put it, whose environment may be another: the server has noted where.
  const lock = path.join(dataOf(dataDir), "postmaster.pid");
  const folder = existsSync(lock) ? readFileSync(lock, "utf8").split("\n")[4] : undefined;
  if (folder && (await answers(folder)) && (await isOwned(addressIn(folder)))) return { url: addressIn(folder), stop: async () => {} };
  return startEmbedded(dataDir, say);
}

/**
 * Starts the PostgreSQL that lives in `dataDir`, making it first where there is none.
 *
 * The server ends with this process, however the process ends: a small shell holds the other end
 * of a pipe and stops the server when the pipe closes. After a kill of everything the next start
 * recovers from the write-ahead log.
 * @param say told about steps that take long
 * @throws EmbeddedDatabaseError with a sentence for the operator
 */
export async function startEmbedded(dataDir: string, say: (step: string) => void): Promise<EmbeddedDatabase> {
  const bin = programs();
  const { prefix, ids } = runAs();
  const data = dataOf(dataDir);
  const log = path.resolve(dataDir, "postgres.log");
  try {
    mkdirSync(path.resolve(dataDir), { recursive: true, mode: ids ? 0o711 : 0o700 });
    accessSync(path.resolve(dataDir), constants.W_OK);
  } catch (error) {
    const { message } = error as Error;
    throw new EmbeddedDatabaseError(`The data folder ${path.resolve(dataDir)} cannot be used (${message}). Check MUHLAT_DATA_DIR.`);
  }
  const folder = socketFolder(dataDir, ids);
  const run = (program: string, args: string[]) => {
    const [command = "", ...rest] = [...prefix, path.join(bin, program), ...args];
    return spawnSync(command, rest, { encoding: "utf8", ...ids });
  };

  if (!existsSync(data)) {
    say("Making a new database");
    const half = `${data}.new`;
    rmSync(half, { recursive: true, force: true });
    mkdirSync(half, { mode: 0o700 });
    giveTo(ids, half);
    const made = run("initdb", [
      "-D",
      half,
      "-U",
      "muhlat",
      "--auth=trust",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
    ]);
    if (made.status !== 0)
      throw new EmbeddedDatabaseError(
        `The embedded database could not be made in ${dataDir}: ${(made.stderr || String(made.error)).trim()}`,
      );
    renameSync(half, data);
  }

  const url = addressIn(folder);
  const alreadyRunning = new EmbeddedDatabaseError(
    `Muhlat is already running on the data in ${path.resolve(dataDir)}. Stop it first, or set MUHLAT_DATA_DIR to another folder.`,
  );
  const refuseIfOwned = async () => {
    if ((await answers(folder)) && (await isOwned(url))) throw alreadyRunning;
  };
  await refuseIfOwned();
  if (await answers(folder)) run("pg_ctl", ["stop", "-D", data, "-m", "fast", "-w"]);

  const launched = randomUUID();
  const settings = {
    listen_addresses: "",
    unix_socket_directories: folder,
    unix_socket_permissions: "0700",
    timezone: "UTC",
    log_timezone: "UTC",
    max_connections: "60",
    "muhlat.launch": launched,
  };
  const [command = "", ...args] = [
    ...prefix,
    "/bin/sh",
    "-c",
    KEEPER,
    "muhlat-postgres",
    path.join(bin, "postgres"),
    "-D",
    data,
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
  const launch = () => {
    const output = openSync(log, "w");
    // It is told where programs and files are, and none of our secrets.
    const { PATH, HOME, TMPDIR, LANG, LD_LIBRARY_PATH, NODE_ENV } = process.env;
    const env = { PATH, HOME, TMPDIR, LANG, LD_LIBRARY_PATH, NODE_ENV };
    const child = spawn(command, args, { stdio: ["pipe", output, output], detached: true, env, ...ids });
    closeSync(output);
    child.stdin?.on("error", () => {});
    return child;
  };
  await waitForLock(data, refuseIfOwned);
  let keeper = launch();
  let owner: postgres.Sql | undefined;
  for (let waited = 0; !owner; waited += 100) {
    const lock = (await answers(folder)) ? await own(url) : undefined;
    // Of two that start at the same time one server finds its files in use; the one that answers may be the other's.
    if (lock === "taken" || (lock && (await launchOf(lock)) !== launched)) {
      if (lock !== "taken") await lock.end({ timeout: 1 });
      keeper.stdin?.end();
      throw alreadyRunning;
    }
    owner = lock;
    if (owner) break;
    if (waited === 3000) say("Waiting for the database to recover");
    // After a kill the old server's last processes may hold its memory for a moment.
    if (keeper.exitCode !== null && waited < 10_000 && lastLines(log).includes("shared memory")) keeper = launch();
    else if (keeper.exitCode !== null || waited > 120_000)
      throw new EmbeddedDatabaseError(`The embedded database did not start. Its log is ${log}; it ends:\n${lastLines(log)}`, true);
    await sleep(100);
  }
  const died = once(keeper, "exit").then(() => log);
  return {
    url,
    died,
    stop: async () => {
      await owner.end({ timeout: 1 });
      if (keeper.exitCode !== null || keeper.signalCode !== null) return;
      keeper.stdin?.end();
      await died;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
