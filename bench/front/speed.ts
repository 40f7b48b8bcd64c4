import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Requests a second, and milliseconds of processor for each, of the process that answers. */
export type Speed = { perSecond: number; cpu: number };

const TICK = 10;

/** Milliseconds of processor that a process has used, its threads included. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}

/** Asks one address as fast as it is answered (wrk, one thread), after a moment to get warm; a slow one longer, and by fewer. */
export function speedOf(url: string, pid: number, slow = false): Speed {
  const seconds = slow ? 15 : 5;
  const connections = slow ? 4 : 32;
  const wrk = (long: number) =>
    execFileSync("wrk", ["-t1", `-c${connections}`, `-d${long}s`, "-H", "Accept-Encoding: br", url], { encoding: "utf8" });
  wrk(1);
  const before = cpuOf(pid);
  const told = wrk(seconds);
  const requests = Number(/(\d+) requests in/.exec(told)?.[1]);
  if (/Non-2xx/.test(told) || !requests) throw new Error(`${url}: ${told}`);
  return { perSecond: Math.round(requests / seconds), cpu: (cpuOf(pid) - before) / requests };
}

/** An answer as it goes over the network, and what is said of it. */
export type Sent = { address: string; body: Buffer; headers: Headers };

/** What is answered at an address to who takes brotli. */
export async function asSent(origin: string, address: string): Promise<Sent> {
  // The bytes as they go over the network: fetch would open them.
  const body = execFileSync("curl", ["-s", "-H", "Accept-Encoding: br", `${origin}${address}`], { maxBuffer: 2 ** 26 });
  const { headers } = await fetch(`${origin}${address}`, { headers: { "accept-encoding": "br" } });
  return { address, body, headers };
}

/** What nginx says of a file by itself. */
const BY_ITSELF = new Set([
  "server",
  "date",
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "content-type",
  "etag",
  "last-modified",
]);

/**
 * nginx in one process, with files of the same bytes and the same that is said of them.
 * @param listen what stands behind its address: nothing, or how it answers by TLS
 * @param heldOpen whether it keeps the files open between requests (open_file_cache); unless told to, nginx does not
 */
export async function startNginx(port: number, folder: string, documents: readonly Sent[], listen = "", heldOpen = true) {
  mkdirSync(path.join(folder, "files"), { recursive: true });
  const locations = documents.map(({ address, body, headers }, index) => {
    writeFileSync(path.join(folder, "files", String(index)), body);
    const lines = [...headers].flatMap(([name, value]) =>
      BY_ITSELF.has(name) ? [] : [`add_header ${name} "${value.replaceAll('"', '\\"')}";`],
    );
    return `location = ${address.split("?")[0]} { default_type "${headers.get("content-type")}"; ${lines.join(" ")} try_files /${index} =404; }`;
  });
  writeFileSync(
    path.join(folder, "nginx.conf"),
    `daemon off; master_process off; error_log ${folder}/error.log; pid ${folder}/pid;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000; ${heldOpen ? "open_file_cache max=100;" : ""}
client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c; uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e;
server { listen 127.0.0.1:${port} ${listen}; root ${folder}/files; ${locations.join("\n")} } }`,
  );
  const child: ChildProcess = spawn("nginx", ["-c", path.join(folder, "nginx.conf")], { stdio: "ignore" });
  await sleep(500);
  const stop = async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
  };
  return { pid: child.pid ?? 0, stop };
}
