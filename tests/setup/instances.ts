import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { connectionOptions } from "@/db/address";
import { type Database, openPool } from "@/db/client";
import { ROLE } from "@/db/roles";
import { newPrivateKey } from "@/lib/ledger/signing-key";
import { act } from "@/lib/ledger/write";
import { WARNINGS } from "@/lib/snapshots/warnings";
import { makeToken } from "@/lib/tokens/write";
import { type Muhlat, startMuhlat } from "../../drill/one-muhlat";
import { accepted, addPeople, CENTRAL, RECORDER } from "./record";
import { embeddedServer } from "./servers";

const COUNTRIES = ["KG", "TJ", "UZ", "AM"] as const;

/** Several Muhlats on one PostgreSQL, each as on a machine of its own: they share the database and the settings, and nothing else. */
export type Instances = {
  /** By their place; undefined while one is gone. */
  all: (Muhlat | undefined)[];
  origins: string[];
  /** What browsers take them all for. */
  publicOrigin: string;
  database: string;
  /** Where each keeps what is its own, in a folder named by its place. */
  folder: string;
  staff: Database;
  owner: postgres.Sql;
  /** Of a program that publishes. */
  token: string;
  start: (place: number) => Promise<void>;
  close: () => Promise<void>;
};

/** Starts them all at once on an empty database. @param publicOrigin the address before them; the first one's where none is */
export async function openInstances(
  ports: readonly number[],
  publicOrigin?: string,
  more: Record<string, string> = {},
): Promise<Instances> {
  const server = await embeddedServer();
  const folder = mkdtempSync(path.join(tmpdir(), "muhlat-instances-"));
  const origins = ports.map((port) => `http://127.0.0.1:${port}`);
  const env = {
    PUBLIC_URL: publicOrigin ?? origins[0] ?? "",
    DATABASE_URL: server.url,
    MUHLAT_STARTER_RECORD: "skip",
    MUHLAT_ADMIN_EMAIL: "",
    MUHLAT_ADMIN_PASSWORD: "",
    AUTH_SECRET: randomUUID(),
    LEDGER_KEY: newPrivateKey(),
    ...more,
  };
  const all: (Muhlat | undefined)[] = ports.map(() => undefined);
  const start = async (place: number) => {
    all[place] = await startMuhlat(ports[place] ?? 0, { ...env, MUHLAT_DATA_DIR: path.join(folder, String(place)) });
  };
  const pool = openPool(server.url, ROLE.staff, 2);
  const owner = postgres({ ...connectionOptions(server.url), max: 2, onnotice: () => {} });
  const close = async () => {
    await Promise.all(all.map((muhlat) => muhlat?.stop("SIGKILL")));
    await pool.close();
    await owner.end();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all(ports.map((_, place) => start(place)));
    await addPeople(pool.db, CENTRAL, RECORDER);
    const sent = { name: "A program", countries: [...COUNTRIES], days: "90", publishes: "✓" };
    const { token } = accepted(await act(pool.db, (tx) => makeToken(tx, CENTRAL, sent)));
    const publicAt = env.PUBLIC_URL;
    return { all, origins, publicOrigin: publicAt, database: server.url, folder, staff: pool.db, owner, token, start, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The statement that is sent as the n-th: of one country after another, each on a day of its own. */
export function nthStatement(n: number) {
  const country = COUNTRIES[n % COUNTRIES.length] ?? "KG";
  const as_of = new Date(Date.UTC(2025, 9, 1 + n)).toISOString().slice(0, 10);
  const source = { title: `Count ${n}`, published_on: as_of };
  const statement = {
    country,
    measure: "gray_list",
    as_of,
    value: 100_000 + n,
    qualifier: "exact",
    source,
    confirm: Object.keys(WARNINGS),
  };
  return { country, statement };
}

/** Sends a statement as a program does. @returns the answer's status and the id of what was made */
export async function sendStatement(origin: string, token: string, statement: unknown, key: string = randomUUID()) {
  const answer = await fetch(`${origin}/api/v1/snapshots`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify(statement),
  });
  const text = await answer.text();
  const id = answer.headers.get("location")?.split("/").at(-1);
  return { status: answer.status, text, id };
}

/**
 * What was seen after so many publications. `stale`: pages that did not show what was acknowledged, and did not say that
 * they are old; `slowest`, `middle`: milliseconds from an acknowledgement until all show it.
 */
export type Seen = { published: number; reads: number; stale: string[]; toldOld: number; slowest: number; middle: number };

/**
 * Publishes one figure after another through instances at random, and asks every instance after each until it shows it,
 * with readers on all of them meanwhile.
 * @param before what happens before the n-th is sent
 */
export async function publishAndSee(instances: Instances, many: number, before: (n: number) => Promise<void>): Promise<Seen> {
  const seen: Seen = { published: 0, reads: 0, stale: [], toldOld: 0, slowest: 0, middle: 0 };
  const took: number[] = [];
  const pageOf = (country: string) => `/en/countries/${country.toLowerCase()}`;
  const present = () => instances.all.filter((muhlat) => muhlat !== undefined);
  let reading = true;
  const readers = instances.all.map(async (_, place) => {
    for (let turn = 0; reading; turn += 1) {
      const muhlat = instances.all[place];
      if (muhlat)
        await fetch(`${muhlat.origin}${pageOf(COUNTRIES[turn % 4] ?? "KG")}`).then(
          (answer) => answer.text(),
          () => "",
        );
      await sleep(10);
    }
  });
  const look = async (n: number, { origin, said }: Muhlat, country: string, id: string) => {
    const began = performance.now();
    for (;;) {
      const answer = await fetch(`${origin}${pageOf(country)}`);
      const html = await answer.text();
      seen.reads += 1;
      if (answer.status === 200 && html.includes(`/snapshots/${id}`) && !answer.headers.has("age")) return;
      const waited = performance.now() - began;
      if (answer.headers.has("age")) seen.toldOld += 1;
      else {
        const why = answer.status === 200 ? "" : `, it said: ${said().slice(-800)}`;
        seen.stale.push(`${n} at ${origin} after ${Math.round(waited)} ms: ${answer.status}${why}`);
      }
      if (waited > 10_000) throw new Error(`${origin} does not show what was published as ${n}`);
      await sleep(20);
    }
  };
  try {
    for (let n = 1; n <= many; n += 1) {
      await before(n);
      const { country, statement } = nthStatement(n);
      const through = present()[Math.floor(Math.random() * present().length)];
      if (!through) throw new Error("there is no instance left");
      const { status, text, id } = await sendStatement(through.origin, instances.token, statement);
      if (status !== 201 || !id) throw new Error(`${n} was answered with ${status}: ${text}`);
      const asked = performance.now();
      await Promise.all(present().map((muhlat) => look(n, muhlat, country, id)));
      took.push(performance.now() - asked);
      seen.published += 1;
    }
  } finally {
    reading = false;
    await Promise.all(readers);
  }
  took.sort((one, other) => one - other);
  return Object.assign(seen, { slowest: took.at(-1) ?? 0, middle: took[Math.floor(took.length / 2)] ?? 0 });
}
