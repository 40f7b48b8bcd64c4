import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

type Result = { what: string; seconds: number; trouble?: string };

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const NOBODY = 65534;
const FIGURES = ["34,786", "73,278", "more than 128,497", "about 113,000"];

/** A clone as somebody else would get it: nothing but what is committed, under a path with a space. */
function clone(folder: string): string {
  const place = path.join(folder, "a new place");
  execFileSync("git", ["clone", "--quiet", root, place]);
  return place;
}

type Run = { place: string; port: number; env?: Record<string, string>; ids?: { uid: number; gid: number } };

/** `npm start` until the page answers or the process ends; then the page of Kyrgyzstan is read. */
async function startAndRead(run: Run): Promise<string | undefined> {
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: "production",
    PATH: process.env.PATH ?? "",
    HOME: run.ids ? path.dirname(run.place) : (process.env.HOME ?? ""),
    PORT: String(run.port),
    ...run.env,
  };
  const child: ChildProcess = spawn("npm", ["start"], {
    cwd: run.place,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    ...run.ids,
  });
  let said = "";
  child.stdout?.on("data", (chunk) => (said += chunk));
  child.stderr?.on("data", (chunk) => (said += chunk));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  try {
    for (let waited = 0; waited < 400 && child.exitCode === null; waited += 1) {
      await sleep(1000);
      const page = await fetch(`http://127.0.0.1:${run.port}/en/countries/kg`).catch(() => undefined);
      if (page?.status !== 200) continue;
      const html = await page.text();
      const missing = FIGURES.filter((figure) => !html.includes(figure));
      return missing.length > 0 ? `the page lacks ${missing.join("; ")}` : undefined;
    }
    return `it did not serve; it said: ${said.slice(-800)}`;
  } finally {
    if (child.pid && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
    await ended;
  }
}

async function timed(what: string, work: () => Promise<string | undefined>): Promise<Result> {
  const began = Date.now();
  const trouble = await work().catch((error: Error) => error.message);
  return { what, seconds: (Date.now() - began) / 1000, trouble };
}

/** A throwaway server of the system's own PostgreSQL, as its packages install it. */
async function withSystemPostgres(folder: string, work: (url: string) => Promise<string | undefined>): Promise<string | undefined> {
  const bin = ["18", "17", "16", "15"].map((v) => `/usr/lib/postgresql/${v}/bin`).find((b) => existsSync(b));
  if (!bin) return "there is no PostgreSQL of the system's own here (Debian: apt-get install postgresql)";
  const data = path.join(folder, "system-postgres");
  const ids = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  execFileSync(path.join(bin, "initdb"), ["-D", data, "-U", "drill", "--auth=trust", "--encoding=UTF8"], { ...ids, stdio: "ignore" });
  const server = spawn(
    path.join(bin, "postgres"),
    ["-D", data, "-c", "listen_addresses=127.0.0.1", "-c", "port=5499", "-c", `unix_socket_directories=${folder}`],
    { ...ids, stdio: "ignore" },
  );
  try {
    await sleep(3000);
    return await work("postgres://drill@127.0.0.1:5499/postgres");
  } finally {
    const gone = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGINT");
    await gone;
  }
}

/** From a fresh clone to the real figures: as root or as whoever runs this, as an ordinary user, and on the system's PostgreSQL. */
export async function newcomer(): Promise<Result[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "muhlat-drill-"));
  chmodSync(folder, 0o777);
  try {
    const place = clone(folder);
    const results = [
      await timed("npm start on a fresh clone, path with a space", () => startAndRead({ place, port: 3391 })),
      await timed("npm start again", () => startAndRead({ place, port: 3391 })),
      await timed("npm start with DATABASE_URL", () =>
        withSystemPostgres(folder, (url) => startAndRead({ place, port: 3392, env: { DATABASE_URL: url } })),
      ),
    ];
    if (process.getuid?.() === 0) {
      const theirs = path.join(folder, "ordinary user");
      execFileSync("git", ["clone", "--quiet", root, theirs]);
      execFileSync("chown", ["-R", `${NOBODY}:${NOBODY}`, theirs]);
      results.push(
        await timed("npm start on a fresh clone as an ordinary user", () =>
          startAndRead({ place: theirs, port: 3393, ids: { uid: NOBODY, gid: NOBODY } }),
        ),
      );
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
