import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startEmbedded } from "@/db/embedded";
import { languages } from "@/lib/i18n/languages";
import { build, type Muhlat, startMuhlat } from "./one-muhlat";

type Result = { what: string; seconds: number; trouble?: string };

const PORT = Number(process.env.MUHLAT_DRILL_PORT ?? 3395);
const PAGES = [
  "",
  "/countries/kg",
  "/countries/tj",
  "/countries/all",
  "/deadlines",
  "/deadlines/ru-regularisation",
  "/snapshots/kg-gray-list-2025-07-01",
  "/days",
  "/corrections",
  "/method",
  "/explore",
  "/explore?c=kg,tj&v=index",
  "/back-test",
  "/as-known/2025-07-26/countries/kg",
];
const ADDRESSES = languages.flatMap((language) => PAGES.map((page) => `/${language}${page}`));
const READERS = 20;
/** What a visitor waits at most before it counts as failed; milliseconds. */
const PATIENCE = 10_000;
const OUTAGE = 60_000;
const HEALED_WITHIN = 3000;
/** The least of what is answered a second without the database, of what is answered with it: without the back-off it is a sixth. */
const KEEPS_PACE = 0.5;

/** Readers who ask one page after another; while `paused`, as during a restart, nobody is there to ask. */
class Readers {
  paused = false;
  requests = 0;
  old = 0;
  slowest = 0;
  readonly failures = new Map<string, number>();
  #going = true;
  readonly #all: Promise<void>[];

  constructor(readonly origin: string) {
    this.#all = Array.from({ length: READERS }, (_, reader) => this.#read(reader));
  }

  async stop(): Promise<void> {
    this.#going = false;
    await Promise.all(this.#all);
  }

  async #read(reader: number): Promise<void> {
    for (let turn = reader; this.#going; turn += 1) {
      if (this.paused) {
        await sleep(20);
        continue;
      }
      const address = ADDRESSES[turn % ADDRESSES.length] ?? "/en";
      const began = performance.now();
      const failure = await this.#ask(address).catch((error: Error) => error.message);
      if (failure && !this.paused) {
        this.failures.set(failure, (this.failures.get(failure) ?? 0) + 1);
      }
      this.requests += 1;
      this.slowest = Math.max(this.slowest, performance.now() - began);
      await sleep(10);
    }
  }

  async #ask(address: string): Promise<string | undefined> {
    const answer = await fetch(`${this.origin}${address}`, { signal: AbortSignal.timeout(PATIENCE) });
    const html = await answer.text();
    if (answer.status !== 200) return `status ${answer.status}`;
    if (answer.headers.has("age")) {
      this.old += 1;
      if (!html.includes('<main id="content"><p class="band"')) return "an old page that does not say so";
    }
    return html.includes("</html>") ? undefined : "half a page";
  }
}

/** The database stopped, or frozen so that it answers nothing, and on again. */
type Outage = { what: string; begin: () => Promise<void>; end: () => Promise<void> };

async function healed(origin: string): Promise<number> {
  const began = performance.now();
  for (;;) {
    const answers = await Promise.all(ADDRESSES.map((address) => fetch(`${origin}${address}`)));
    await Promise.all(answers.map((answer) => answer.text()));
    const took = performance.now() - began;
    if (answers.every((answer) => answer.status === 200 && !answer.headers.has("age"))) return took;
    if (took > 60_000) return took;
    await sleep(20);
  }
}

/** A minute without the database under load, everything else restarted in its middle; then the database is back. */
async function drillOutage({ what, begin, end }: Outage, start: (until: "answers" | "ready") => Promise<Muhlat>): Promise<Result> {
  const began = performance.now();
  let muhlat = await start("ready");
  for (const address of ADDRESSES) await fetch(`${muhlat.origin}${address}`).then((answer) => answer.text());
  const readers = new Readers(muhlat.origin);
  try {
    await sleep(5000);
    const before = readers.requests / 5;
    await begin();
    const answered = readers.requests;
    await sleep(OUTAGE / 2);
    const pace = (readers.requests - answered) / (OUTAGE / 2000) / before;
    readers.paused = true;
    await muhlat.stop("SIGKILL");
    muhlat = await start("answers");
    readers.paused = false;
    const unseen = await fetch(`${muhlat.origin}/ky/countries/fr`, { headers: { "accept-language": "en" } });
    const words = await unseen.text();
    await sleep(OUTAGE / 2);
    await end();
    const took = await healed(muhlat.origin);
    await readers.stop();
    const troubles = [...readers.failures].map(([failure, times]) => `${times} × ${failure}`);
    if (unseen.status !== 503 || !words.includes('lang="ky"')) troubles.push(`a page never seen answered ${unseen.status}`);
    if (readers.old < 100) troubles.push("hardly any page was shown as it was kept");
    if (pace < KEEPS_PACE) troubles.push(`without the database only ${pace.toFixed(2)} of what is answered with it`);
    if (took > HEALED_WITHIN) troubles.push(`fresh only after ${Math.round(took)} ms`);
    const told = `${what}: ${readers.requests} requests, ${readers.old} of kept pages, the slowest ${Math.round(readers.slowest)} ms, fresh after ${Math.round(took)} ms`;
    return { what: told, seconds: (performance.now() - began) / 1000, ...(troubles.length > 0 && { trouble: troubles.join("; ") }) };
  } finally {
    await readers.stop();
    await muhlat.stop();
  }
}

/** The postmaster that runs on a data folder, with all it has begun. */
function serverOf(folder: string): number[] {
  const postmaster = Number.parseInt(readFileSync(path.join(folder, "postgres-18", "postmaster.pid"), "utf8"), 10);
  const children = execFileSync("ps", ["-o", "pid=", "--ppid", String(postmaster)], { encoding: "utf8" });
  return [postmaster, ...children.split("\n").map(Number).filter(Boolean)];
}

/** Known pages through a minute without the database and a restart in it: stopped, frozen, and the embedded one killed. */
export async function outage(): Promise<Result[]> {
  build();
  const folder = mkdtempSync(path.join(tmpdir(), "muhlat-outage-"));
  const data = path.join(folder, "database");
  let database = await startEmbedded(data, () => {});
  const given = { DATABASE_URL: database.url, MUHLAT_DATA_DIR: path.join(folder, "documents") };
  const signal = (name: NodeJS.Signals) => {
    for (const pid of serverOf(data)) process.kill(pid, name);
  };
  const stopped: Outage = {
    what: "the database stopped",
    begin: () => database.stop(),
    end: async () => {
      database = await startEmbedded(data, () => {});
    },
  };
  const frozen: Outage = {
    what: "the database frozen",
    begin: async () => signal("SIGSTOP"),
    end: async () => signal("SIGCONT"),
  };
  try {
    const results: Result[] = [];
    for (const kind of [stopped, frozen]) results.push(await drillOutage(kind, (until) => startMuhlat(PORT, given, until)));
    await database.stop();
    results.push(await killedEmbedded(path.join(folder, "embedded")));
    return results;
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The embedded server killed under load comes back by itself, and nobody is turned away meanwhile. */
async function killedEmbedded(data: string): Promise<Result> {
  const began = performance.now();
  const muhlat = await startMuhlat(PORT, { MUHLAT_DATA_DIR: data });
  for (const address of ADDRESSES) await fetch(`${muhlat.origin}${address}`).then((answer) => answer.text());
  const readers = new Readers(muhlat.origin);
  try {
    await sleep(500);
    for (const pid of serverOf(data)) process.kill(pid, "SIGKILL");
    await sleep(500);
    const took = await healed(muhlat.origin);
    await sleep(1000);
    await readers.stop();
    const troubles = [...readers.failures].map(([failure, times]) => `${times} × ${failure}`);
    if (took > 30_000) troubles.push("it did not come back");
    const told = `the embedded database killed: ${readers.requests} requests, fresh again after ${Math.round(took + 500)} ms`;
    return { what: told, seconds: (performance.now() - began) / 1000, ...(troubles.length > 0 && { trouble: troubles.join("; ") }) };
  } finally {
    await readers.stop();
    await muhlat.stop();
  }
}
