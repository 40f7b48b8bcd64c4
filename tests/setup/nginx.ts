import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { needs } from "./debian";

const SHIPPED = path.resolve(import.meta.dirname, "../../deploy/nginx/muhlat.conf");

export type Nginx = { origin: string; pid: number; errors: () => string; stop: () => Promise<void> };

/** What is changed of the shipped configuration: addresses and places, as whoever installs it does. */
function installed(folder: string, port: number, plainPort: number, upstreams: readonly number[], tls: boolean): string {
  let text = readFileSync(SHIPPED, "utf8");
  const swap = (from: string | RegExp, to: string) => {
    const changed = text.replaceAll(from, to);
    if (changed === text) throw new Error(`${SHIPPED} has no ${from}`);
    text = changed;
  };
  const servers = upstreams.map((upstream) => `server 127.0.0.1:${upstream} max_fails=1 fail_timeout=2s;`).join("\n");
  swap(/(?: {4}server 127\.0\.0\.1:300\d [^\n]*\n)+/g, `${servers}\n`);
  swap("/var/cache/nginx/muhlat", path.join(folder, "kept"));
  swap(/ +listen \[::\][^\n]*\n/g, "");
  swap("listen 80 default_server", `listen 127.0.0.1:${plainPort} default_server`);
  swap("listen 443 ssl http2 default_server", `listen 127.0.0.1:${port} ${tls ? "ssl http2 " : ""}default_server`);
  swap("/etc/ssl/muhlat/", `${folder}/`);
  return text;
}

/** Puts a key and a certificate of its own into a folder, under the names that the shipped configuration asks for. */
export function certify(folder: string): void {
  const [key, certificate] = ["privkey.pem", "fullchain.pem"].map((name) => path.join(folder, name)) as [string, string];
  const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=muhlat.example", "-days", "2"];
  execFileSync("openssl", ["req", "-x509", ...ec, "-keyout", key, "-out", certificate], { stdio: "ignore" });
}

/**
 * The shipped nginx configuration in front of instances on this machine, at addresses of its own.
 * @param tls as shipped, with a certificate of its own; else by plain HTTP
 * @throws where there is no nginx, or it does not take the configuration
 */
export async function startShippedNginx(port: number, plainPort: number, upstreams: readonly number[], tls = true): Promise<Nginx> {
  needs("nginx", "nginx-light");
  const folder = mkdtempSync(path.join(tmpdir(), "muhlat-nginx-"));
  // Its workers are another user.
  chmodSync(folder, 0o755);
  mkdirSync(path.join(folder, "temporary"), { mode: 0o777 });
  certify(folder);
  writeFileSync(path.join(folder, "muhlat.conf"), installed(folder, port, plainPort, upstreams, tls));
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((what) => `${what}_temp_path ${folder}/temporary/${what};`);
  const main = path.join(folder, "nginx.conf");
  writeFileSync(
    main,
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/errors;
events { worker_connections 4096; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000; ${temporary.join(" ")} include ${folder}/muhlat.conf; }`,
  );
  const tried = spawnSync("nginx", ["-t", "-c", main], { encoding: "utf8" });
  if (tried.status !== 0) throw new Error(`nginx does not take the shipped configuration: ${tried.stderr}`);
  const child: ChildProcess = spawn("nginx", ["-c", main], { stdio: "ignore" });
  const stop = async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    rmSync(folder, { recursive: true, force: true });
  };
  for (let waited = 0; !(await listens(port)); waited += 50) {
    if (child.exitCode !== null || waited > 10_000) {
      await stop();
      throw new Error("nginx did not start");
    }
    await sleep(50);
  }
  const errors = () => readFileSync(path.join(folder, "errors"), "utf8");
  return { origin: `${tls ? "https" : "http"}://127.0.0.1:${port}`, pid: child.pid ?? 0, errors, stop };
}

const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
