import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { connectionOptions } from "@/db/address";
import { openPool } from "@/db/client";
import { startEmbedded } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { ROLE } from "@/db/roles";
import { sealAll, sealOnce } from "@/lib/ledger/seal";
import { newPrivateKey, signingKey } from "@/lib/ledger/signing-key";
import { verifyDatabase } from "@/lib/ledger/verify/database";
import { act } from "@/lib/ledger/write";
import { recordSnapshot } from "@/lib/snapshots/write";
import { SYSTEM } from "@/lib/staff/rules";
import { ensureSystem } from "@/lib/staff/write";

const ROWS = 20_000;
const TIMES = 3;
const WRITERS = 16;
/** Acts of each writer. */
const ACTS = 15;

const keys = { current: signingKey(newPrivateKey()) };
const middle = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** Seconds of processor that a process has taken, where the system tells it: other work does not count. */
function processor(pid: number): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return performance.now() / 1000;
  const [, , , , , , , , , , , user = 0, system = 0] = readFileSync(file, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ")
    .map(Number);
  return (user + system) / 100;
}

/** Sixteen connections, each recording figures one by one, with a sealer beside them or without. */
async function actsBeside(address: string, sealing: boolean): Promise<number> {
  const pools = Array.from({ length: WRITERS }, () => openPool(address, ROLE.staff, 1));
  const sealer = openPool(address, ROLE.sealer, 1);
  let writing = true;
  const sealed = (async () => {
    while (sealing && writing) if ((await sealOnce(sealer.db, keys)) === 0) await sleep(500);
  })();
  const time = await seconds(() =>
    Promise.all(
      pools.map(async ({ db }, writer) => {
        for (let number = 0; number < ACTS; number += 1) {
          const sent = {
            country: "KG",
            measure: "left",
            as_of: `2025-09-${10 + writer}`,
            answer: "figure",
            value: number,
            qualifier: "about",
          };
          const made = await act(db, (tx) => recordSnapshot(tx, SYSTEM, { ...sent, source: { title: randomUUID() } }, new Date()));
          if (!made.ok) throw new Error(JSON.stringify(made.failure));
        }
      }),
    ),
  );
  writing = false;
  await sealed;
  await Promise.all([...pools, sealer].map(({ close }) => close()));
  return time;
}

/** What the ledger costs those who write, and how fast it is made and checked. */
export async function benchLedger(say: (line: string) => void): Promise<void> {
  const folder = path.join(tmpdir(), `muhlat-bench-${randomUUID().slice(0, 8)}`);
  const server = await startEmbedded(folder, () => {});
  try {
    await migrateDatabase(server.url);
    const [staff, sealer, owner] = [
      openPool(server.url, ROLE.staff, 1),
      openPool(server.url, ROLE.sealer, 1),
      openPool(server.url, undefined, 1),
    ];
    await ensureSystem(staff.db);
    const sql = postgres({ ...connectionOptions(server.url), max: 1, onnotice: () => {} });
    await sql`insert into record.sources (statement_id, revision, state, recorded_by, published_by, recorded_at, title) values ('s', 1, 'published', 'system', 'system', now(), 's')`;
    // Each in a series of its own, no two about one time: what overlaps is looked at longer, and not for the ledger's sake.
    const insert = (country: string) => sql`
      insert into record.snapshots (statement_id, revision, state, recorded_by, published_by, recorded_at, country, measure, as_of, as_of_from, as_of_to, value, qualifier, source_id)
      select ${country} || i, 1, 'published', 'system', 'system', now(), ${country}, 'gray_list', '2025', '2025-01-01T00:00Z'::timestamptz + i * interval '1 minute',
        '2025-01-01T00:01Z'::timestamptz + i * interval '1 minute', i, 'exact', 's' from generate_series(1, ${ROWS}::int) i`;
    const countries = ["KG", "TJ", "UZ", "KZ", "AM", "BY"];
    const [backend] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const taken = async (work: () => Promise<unknown>) => {
      const before = processor(backend?.pid ?? 0);
      await work();
      return processor(backend?.pid ?? 0) - before;
    };
    const [without, beside]: [number[], number[]] = [[], []];
    for (let time = 0; time < TIMES; time += 1) {
      await sql`alter table record.snapshots disable trigger note_unsealed`;
      without.push(await taken(() => insert(countries[2 * time] ?? "")));
      await sql`alter table record.snapshots enable trigger note_unsealed`;
      beside.push(await taken(() => insert(countries[2 * time + 1] ?? "")));
    }
    say(
      `ledger: ${ROWS} rows in one statement ${middle(without).toFixed(2)} s of the server's processor, noted for the sealer ${middle(beside).toFixed(2)} s: ${(middle(without) / middle(beside)).toFixed(2)} of the speed`,
    );
    await sql`insert into staff.unsealed (kind, first_at, last_at) values ('snapshots', '-infinity', 'infinity')`;
    const all = 2 * TIMES * ROWS;
    const sealing = await seconds(() => sealAll(sealer.db, keys));
    say(`  sealed: ${Math.round(all / sealing)} rows a second`);
    let found: Awaited<ReturnType<typeof verifyDatabase>> | undefined;
    const before = process.memoryUsage().rss;
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss - before);
    }, 50);
    const checking = await seconds(async () => {
      found = await verifyDatabase(owner.db, []);
    });
    clearInterval(watch);
    if (found?.faults.length !== 0) throw new Error(JSON.stringify(found?.faults));
    say(`  checked: ${Math.round(found.rows / checking)} rows a second, ${Math.round(peak / 2 ** 20)} MB more at most`);
    const [alone, together] = [await actsBeside(server.url, false), await actsBeside(server.url, true)];
    const rate = (time: number) => Math.round((WRITERS * ACTS) / time);
    say(`  acts at ${WRITERS} connections: ${rate(alone)} a second, ${rate(together)} while they are sealed`);
    await Promise.all([staff.close(), sealer.close(), owner.close(), sql.end()]);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
