import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Watch, watchChanges } from "@/db/changes";
import { act } from "@/lib/ledger/write";
import { correctSnapshot, recordSnapshot } from "@/lib/snapshots/write";
import { Front } from "@/server/front/front";
import { askInside } from "@/server/front/inside";
import { Keep } from "@/server/front/keep";
import { fileHeaders } from "@/server/policy";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, figure, NOW } from "../setup/record";

/** A process that answers the public: pages that read the record, the front before them, and its ear. */
type Process = { front: Front; server: Server; origin: string; watch: Watch; lost: number; pause: number };

const folder = mkdtempSync(path.join(tmpdir(), "muhlat-front-"));
let database: FreshDatabase;
const processes: Process[] = [];

/** A page as the framework sends one, with the newest figure of a country. */
async function page(request: IncomingMessage, response: ServerResponse, process: Process): Promise<void> {
  const [, language, , country = "all"] = request.url?.split("/") ?? [];
  const rows = await database.owner<{ value: string }[]>`
    select value from derived.snapshots where country = ${country.toUpperCase()} order by recorded_at desc limit 1`;
  await sleep(process.pause);
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.end(
    `<!DOCTYPE html><html lang="${language}" data-light="true"><body><main id="content">${country}: ${rows[0]?.value ?? "none"}</main><script>self.__next_f.push([1])</script></body></html>`,
  );
}

async function startProcess(name: string): Promise<Process> {
  const process = { lost: 0, pause: 0 } as Process;
  const front = new Front(
    new Keep(path.join(folder, name)),
    askInside((asked, response) => page(asked, response, process)),
    "localhost",
  );
  front.open();
  const connected = new Promise<void>((resolve) => {
    process.watch = watchChanges(database.url, {
      changed: front.changed,
      connected: () => {
        front.connected(process.watch);
        resolve();
      },
      lost: () => {
        process.lost += 1;
        front.lost();
      },
    });
  });
  const server = createServer((request, response) => {
    if (!front.answerNow(request, response)) void front.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  await connected;
  return Object.assign(process, { front, server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL);
  processes.push(await startProcess("one"), await startProcess("two"));
});

afterAll(async () => {
  for (const { server, watch } of processes) {
    server.close();
    server.closeAllConnections();
    await watch.stop();
  }
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  for (const process of processes) process.pause = 0;
});

const read = async (process: Process, address: string, headers: Record<string, string> = {}) =>
  fetch(`${process.origin}${address}`, { headers });
const text = async (process: Process, address: string) =>
  /<main id="content">(.*)<\/main>/.exec(await (await read(process, address)).text())?.[1];
const record = (more: Record<string, unknown>) =>
  act(database.staff, (tx) => recordSnapshot(tx, CENTRAL, figure(more), NOW)).then(accepted);

/** The process keeps it, right and ready. */
async function warm(process: Process, address: string): Promise<void> {
  await text(process, address);
  const before = process.front.made;
  await text(process, address);
  expect(process.front.made).toBe(before);
}

describe("who asks after somebody was told that it is public", () => {
  test("never sees the old figure, in any process, with readers on all the while", { timeout: 120_000 }, async () => {
    const countries = ["KG", "TJ", "UZ", "AM"] as const;
    let reading = true;
    const readers = processes.flatMap((process) =>
      countries.map(async (country) => {
        let reads = 0;
        for (; reading; reads += 1) {
          await text(process, `/ky/countries/${country.toLowerCase()}`);
          await sleep(5);
        }
        return reads;
      }),
    );
    const old: string[] = [];
    for (let value = 1; value <= 200; value += 1) {
      const country = countries[Math.floor(Math.random() * countries.length)] ?? "KG";
      const day = new Date(Date.UTC(2025, 0, value)).toISOString().slice(0, 10);
      await record({ country, as_of: day, value: 1_000_000 + value });
      for (const process of processes) {
        const seen = await text(process, `/ky/countries/${country.toLowerCase()}`);
        if (seen !== `${country.toLowerCase()}: ${1_000_000 + value}`) old.push(`${value}: ${seen}`);
      }
    }
    reading = false;
    const reads = await Promise.all(readers);
    expect(old).toEqual([]);
    // All of them really read meanwhile, and mostly what was kept.
    expect(Math.min(...reads)).toBeGreaterThan(200);
    for (const { lost } of processes) expect(lost).toBe(0);
  });

  test("waits until a process that hangs has stopped trusting what it keeps", { timeout: 30_000 }, async () => {
    const [one, two] = processes as [Process, Process];
    await warm(one, "/en/countries/kg");
    // Its connection says that it has heard of nothing since, as one does whose process does not come to read it.
    const deaf = await database.owner.reserve();
    await deaf`select set_config('application_name', 'muhlat front 1 deaf', false)`;
    const began = performance.now();
    await record({ as_of: "2024-01-01", value: 77 });
    expect(performance.now() - began).toBeGreaterThan(3000);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(await text(one, "/en/countries/kg")).toBe("kg: 77");
    expect(await text(two, "/en/countries/kg")).toBe("kg: 77");
    await deaf`select set_config('application_name', '', false)`;
    deaf.release();
  });

  test("waits until a process whose connection is gone trusts nothing, even where it has not noticed, and once", {
    timeout: 30_000,
  }, async () => {
    const cut = await database.owner.reserve();
    await cut`select set_config('application_name', 'muhlat front 99999999999 cut', false)`;
    const seconds = async (value: number) => {
      const began = performance.now();
      await record({ as_of: "2024-01-02", value });
      return (performance.now() - began) / 1000;
    };
    // Whoever was gone before is waited for here.
    await seconds(78);
    expect(await seconds(79)).toBeLessThan(2);
    // It ends; whoever kept documents by it may learn so last of all.
    await cut`select set_config('application_name', '', false)`;
    const [first, again] = [await seconds(80), await seconds(81)];
    expect(first).toBeGreaterThan(2.9);
    expect(again).toBeLessThan(2);
    // One that is back has asked for everything anew.
    await cut`select set_config('application_name', 'muhlat front 99999999999 cut', false)`;
    expect(await seconds(82)).toBeLessThan(2);
    await cut`select set_config('application_name', '', false)`;
    const waits = seconds(83);
    await sleep(300);
    await cut`select set_config('application_name', 'muhlat front 99999999999 cut', false)`;
    expect(await waits).toBeLessThan(2);
    await cut`select set_config('application_name', '', false)`;
    cut.release();
  });

  test("waits for nobody where nobody listens", async () => {
    const alone = await freshDatabase();
    await addPeople(alone.staff, CENTRAL);
    const began = performance.now();
    accepted(await act(alone.staff, (tx) => recordSnapshot(tx, CENTRAL, figure(), NOW)));
    expect(performance.now() - began).toBeLessThan(1500);
    await alone.close();
  });
});

describe("what is kept", () => {
  test("is made once for two hundred who ask for it at the same time", async () => {
    const [one] = processes as [Process];
    await record({ as_of: "2024-02-01", value: 200 });
    one.pause = 200;
    const before = one.front.made;
    const answers = await Promise.all(Array.from({ length: 200 }, () => text(one, "/ru/countries/kg")));
    expect(new Set(answers)).toEqual(new Set(["kg: 200"]));
    expect(one.front.made - before).toBe(1);
  });

  test("keeps its bytes and its tag when something else has changed", async () => {
    const [one] = processes as [Process];
    const first = await read(one, "/en/countries/uz");
    await record({ country: "TJ", as_of: "2024-03-01", value: 5 });
    const before = one.front.made;
    const again = await read(one, "/en/countries/uz", { "if-none-match": first.headers.get("etag") ?? "" });
    expect(one.front.made - before).toBe(1);
    expect(again.status).toBe(304);
  });

  test("is dropped by whoever writes, by whatever way, and not by what is rolled back", async () => {
    const [one] = processes as [Process];
    const { statementId } = await record({ country: "AM", as_of: "2025-09-01", value: 10 });
    await warm(one, "/tg/countries/am");
    await database.owner
      .begin(async (sql) => {
        await sql`insert into record.snapshots select * from record.snapshots where false`;
        await sql`delete from derived.snapshots where statement_id = ${statementId}`;
        throw new Error("back");
      })
      .catch(() => {});
    await sleep(100);
    await warm(one, "/tg/countries/am");
    const before = one.front.made;
    await database.owner`delete from derived.snapshots where statement_id = ${statementId}`;
    await sleep(300);
    expect(await text(one, "/tg/countries/am")).not.toBe("am: 10");
    expect(one.front.made).toBe(before + 1);
  });

  test("is not what was begun before a change and came after it", async () => {
    const [one] = processes as [Process];
    const { statementId } = await record({ country: "BY", as_of: "2025-01-01", value: 1 });
    one.pause = 400;
    const slow = text(one, "/uz/countries/by");
    await sleep(150);
    const correct = figure({ country: "BY", as_of: "2025-01-01", value: 2 });
    const of = { statementId, replacesRevision: 1, reason: "typed wrongly" };
    accepted(await act(database.staff, (tx) => correctSnapshot(tx, CENTRAL, of, correct, NOW)));
    one.pause = 0;
    expect(await text(one, "/uz/countries/by")).toBe("by: 2");
    expect(await slow).toBe("by: 1");
    expect(await text(one, "/uz/countries/by")).toBe("by: 2");
  });
});

test("a listener that is cut off is noticed, and everything is asked again", async () => {
  const [one, two] = processes as [Process, Process];
  await warm(one, "/en/countries/kg");
  const before = [one.front.made, one.lost];
  const cut = await database.owner`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name like 'muhlat front %'`;
  expect(cut).toHaveLength(2);
  for (let waited = 0; !(one.lost > (before[1] ?? 0) && one.watch.trusted() && two.watch.trusted()); waited += 50) {
    expect(waited).toBeLessThan(5000);
    await sleep(50);
  }
  const made = one.front.made;
  await text(one, "/en/countries/kg");
  expect(one.front.made).toBe(made + 1);
  await warm(one, "/en/countries/kg");
});

test("the database tells the staff role which processes listen", async () => {
  const [row] = await database.staff.execute(
    "select count(*)::int as count from pg_stat_activity where datname = current_database() and application_name ~ '^muhlat front [0-9]+ [0-9a-f]{8}$'",
  );
  expect(row).toEqual({ count: 2 });
});

test("the time of the server is told under the headers of every file", async () => {
  const [process] = processes as [Process];
  const answer = await read(process, "/api/time");
  expect(Math.abs(Number(await answer.text()) - Date.now())).toBeLessThan(60_000);
  expect(Object.fromEntries(answer.headers)).toMatchObject(fileHeaders());
});
