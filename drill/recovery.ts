import { execFile, execFileSync, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { connectionOptions } from "@/db/address";
import { openPool } from "@/db/client";
import { ROLE } from "@/db/roles";
import { newestHead } from "@/lib/ledger/read";
import { act } from "@/lib/ledger/write";
import { WARNINGS } from "@/lib/snapshots/warnings";
import { recordSnapshot } from "@/lib/snapshots/write";
import { build, type Muhlat, root, startMuhlat } from "./one-muhlat";

type Result = { what: string; seconds: number; trouble?: string };

const PORT = Number(process.env.MUHLAT_DRILL_PORT ?? 3396);
const [BEFORE, AFTER] = ["61,203", "61,909"];

/** The newest PostgreSQL of the system's own; pgBackRest of Debian 12 knows those up to 15. */
const bin = ["18", "17", "16", "15"].map((version) => `/usr/lib/postgresql/${version}/bin`).find((place) => existsSync(place));

/** Neither PostgreSQL nor pgBackRest is for root. */
function ordinary(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = ["-u", "-g"].map((which) => Number(spawnSync("id", [which, "postgres"], { encoding: "utf8" }).stdout));
  return { uid: uid ?? 0, gid: gid ?? 0 };
}

/** A server in a folder of its own that hands every segment of its log to pgBackRest, as docs/backup.md describes it. */
class Archived {
  readonly url: string;
  readonly #ids = ordinary();
  readonly #data: string;
  readonly #config: string;

  constructor(readonly folder: string) {
    this.url = `postgres:///postgres?host=${encodeURIComponent(folder)}&user=postgres`;
    this.#data = path.join(folder, "data");
    this.#config = path.join(folder, "pgbackrest.conf");
    const own = ["repo", "log", "lock", "spool"].map((name) => path.join(folder, name));
    for (const each of own) mkdirSync(each);
    if (this.#ids) for (const each of [folder, ...own]) chownSync(each, this.#ids.uid, this.#ids.gid);
    const [repo, log, lock, spool] = own;
    const global = `repo1-path=${repo}\nlog-path=${log}\nlock-path=${lock}\nspool-path=${spool}\nrepo1-retention-full=2\nstart-fast=y`;
    writeFileSync(this.#config, `[global]\n${global}\n\n[muhlat]\npg1-path=${this.#data}\npg1-socket-path=${folder}\npg1-user=postgres\n`);
    this.#run(path.join(bin ?? "", "initdb"), "-D", this.#data, "-U", "postgres", "--auth=trust", "--encoding=UTF8");
  }

  #run(program: string, ...args: string[]): void {
    execFileSync(program, args, { cwd: this.folder, stdio: ["ignore", "ignore", "inherit"], ...this.#ids });
  }

  backrest(...args: string[]): void {
    this.#run("pgbackrest", `--config=${this.#config}`, "--stanza=muhlat", ...args);
  }

  start(): void {
    const push = `pgbackrest --config=${this.#config} --stanza=muhlat archive-push %p`;
    const settings = `-c archive_mode=on -c archive_command='${push}' -c unix_socket_directories=${this.folder} -c listen_addresses=`;
    this.#run(path.join(bin ?? "", "pg_ctl"), "start", "-w", "-D", this.#data, "-l", path.join(this.folder, "server.log"), "-o", settings);
  }

  stop(): void {
    this.#run(path.join(bin ?? "", "pg_ctl"), "stop", "-w", "-m", "fast", "-D", this.#data);
  }

  async ask<T extends object>(question: string): Promise<T[]> {
    const sql = postgres({ ...connectionOptions(this.url), max: 1, onnotice: () => {} });
    return sql.unsafe<T[]>(question).finally(() => sql.end({ timeout: 5 }));
  }
}

/** Records a figure of Kyrgyzstan as the admin, and waits until the ledger has it. */
async function recorded(url: string, as_of: string, value: string): Promise<void> {
  const [staff, reader] = [openPool(url, ROLE.staff, 1), openPool(url, ROLE.reader, 1)];
  try {
    const [admin] = await staff.db.execute<{ id: string }>("select person_id as id from staff.people where role = 'central_admin'");
    const before = (await newestHead(reader.db))?.n ?? 0;
    const actor = { personId: admin?.id ?? "", role: "central_admin", countries: [] } as const;
    const source = { title: "A drill", published_on: as_of };
    const confirm = { warnings: Object.keys(WARNINGS), word: "A drill" };
    const figure = {
      country: "KG",
      measure: "gray_list",
      as_of,
      answer: "figure",
      value: value.replace(",", ""),
      qualifier: "exact",
      source,
      confirm,
    };
    const made = await act(staff.db, (tx) => recordSnapshot(tx, actor, figure, new Date()));
    if (!made.ok) throw new Error(`the figure was refused: ${JSON.stringify(made.failure)}`);
    for (let waited = 0; ((await newestHead(reader.db))?.n ?? 0) <= before; waited += 100) {
      if (waited > 30_000) throw new Error("the figure was not sealed");
      await sleep(100);
    }
  } finally {
    await Promise.all([staff.close(), reader.close()]);
  }
}

/** A page as it is now: on a machine that is busy the last one kept may go out first, with its age. */
async function freshPage(address: string): Promise<string> {
  for (let tries = 0; tries < 60; tries += 1) {
    const answer = await fetch(address);
    const html = await answer.text();
    if (answer.status === 200 && !answer.headers.has("age")) return html;
    await sleep(500);
  }
  throw new Error(`${address} gave no fresh page`);
}

/** A command of ours on this database; what it said, whatever it thinks of it. */
const said = (script: string, url: string, ...args: string[]): Promise<string> =>
  new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: url };
    execFile(process.execPath, ["--import", "tsx", script, ...args], { cwd: root, env }, (_error, out, errors) => resolve(out + errors));
  });

async function recover(folder: string): Promise<string[]> {
  const server = new Archived(folder);
  const troubles: string[] = [];
  const expect = (holds: boolean, what: string) => {
    if (!holds) troubles.push(what);
  };
  const settings = {
    DATABASE_URL: server.url,
    MUHLAT_DATA_DIR: path.join(folder, "muhlat"),
    MUHLAT_ADMIN_EMAIL: "drill@example.org",
    MUHLAT_ADMIN_PASSWORD: "correct horse battery staple",
  };
  let muhlat: Muhlat | undefined;
  server.start();
  try {
    muhlat = await startMuhlat(PORT, settings);
    server.backrest("stanza-create");
    server.backrest("check");
    server.backrest("backup", "--type=full");
    await recorded(server.url, "2026-10-01", BEFORE);
    const [then] = await server.ask<{ at: string }>("select clock_timestamp()::text as at");
    await sleep(1500);
    await recorded(server.url, "2026-10-02", AFTER);
    const published = await fetch(`${muhlat.origin}/api/v1/ledger/head`).then((answer) => answer.text());
    writeFileSync(path.join(folder, "head.json"), published);
    await server.ask("drop table record.snapshots cascade");
    await server.ask("select pg_switch_wal()");
    await muhlat.stop();
    server.stop();
    console.log(`· dropped record.snapshots; going back to ${then?.at}`);
    server.backrest("restore", "--delta", "--type=time", `--target=${then?.at}`, "--target-action=promote");
    server.start();
    for (let waited = 0; (await server.ask<{ still: boolean }>("select pg_is_in_recovery() as still"))[0]?.still; waited += 200) {
      if (waited > 60_000) throw new Error("it did not come out of recovery");
      await sleep(200);
    }
    muhlat = await startMuhlat(PORT, settings);
    const page = await freshPage(`${muhlat.origin}/en/countries/kg`);
    expect(page.includes(BEFORE), `the page lacks ${BEFORE}, which was recorded before`);
    expect(!page.includes(AFTER), `the page has ${AFTER}, which was recorded after`);
    const [ledger, record, cut] = [
      await said("bin/verify-ledger.ts", server.url),
      await said("bin/check-record.ts", server.url),
      await said("bin/verify-ledger.ts", server.url, "--head", path.join(folder, "head.json")),
    ];
    for (const text of [ledger, record, cut]) console.log(text.trim().replace(/^/gm, "· "));
    expect(ledger.includes("Everything fits."), "the ledger does not fit");
    expect(record.includes("match the record"), "the derived rows do not match");
    expect(/^CUT OFF/m.test(cut), "a head published later is not told to be cut off");
    await recorded(server.url, "2026-10-03", AFTER);
    expect((await said("bin/verify-ledger.ts", server.url)).includes("Everything fits."), "the ledger does not go on");
  } finally {
    await muhlat?.stop();
    server.stop();
  }
  return troubles;
}

/** A table dropped by the owner, and the database brought back to a second before, by pgBackRest. */
export async function recovery(): Promise<Result[]> {
  const what = "a dropped table, and back to the second before with pgBackRest";
  if (!bin || spawnSync("pgbackrest", ["version"]).status !== 0)
    return [{ what, seconds: 0, trouble: "PostgreSQL or pgBackRest is not here (Debian: apt-get install postgresql pgbackrest)" }];
  build();
  const folder = mkdtempSync(path.join(tmpdir(), "muhlat-drill-"));
  const began = performance.now();
  const troubles = await recover(folder).catch((error: Error) => [error.message]);
  rmSync(folder, { recursive: true, force: true });
  return [{ what, seconds: (performance.now() - began) / 1000, ...(troubles.length > 0 && { trouble: troubles.join("; ") }) }];
}
