import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { promisify } from "node:util";
import { type Instances, nthStatement, openInstances, publishAndSee, sendStatement } from "../tests/setup/instances";
import { PASSWORD, RECORDER } from "../tests/setup/record";
import { expect, test } from "./fixtures";
import { freePort } from "./free-port";

// Three processes on one PostgreSQL, as on three machines. `npm run drill -- instances` does the same for longer.

const run = promisify(execFile);
const root = path.join(import.meta.dirname, "..");
const PUBLISHED = 12;
let instances: Instances;

test.describe.configure({ mode: "serial", timeout: 180_000 });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  // Started at once on an empty database, one sets it up and the others wait.
  instances = await openInstances([await freePort(), await freePort(), await freePort()]);
});
test.afterAll(() => instances?.close());

const at = (place: number) => instances.origins[place] ?? "";

/** Ends the connection over which one of them hears of changes, as a server does that is restarted. */
const cutOne = () => instances.owner`
  select pg_terminate_backend(pid) from pg_stat_activity where application_name ~ '^muhlat front \\d+ ' order by random() limit 1`;

test("what is published through any is shown by all, across one that is killed and comes back and one that stops hearing", async () => {
  const seen = await publishAndSee(instances, PUBLISHED, async (n) => {
    if (n === 4) {
      await instances.all[1]?.stop("SIGKILL");
      instances.all[1] = undefined;
    }
    if (n === 8) await instances.start(1);
    if (n === 6 || n === 10) expect(await cutOne()).toHaveLength(1);
  });
  expect(seen).toMatchObject({ published: PUBLISHED, stale: [] });
  // How soon is held by the drill, on a machine that has nothing else to do.
});

test("who signed in at one is signed in at all, and signed out at one is out everywhere", async () => {
  const form = new URLSearchParams({ email: `${RECORDER.personId}@example.org`, password: PASSWORD, to: "/staff" });
  const headers = { origin: instances.publicOrigin };
  const signedIn = await fetch(`${at(0)}/staff/sign-in/password`, { method: "POST", headers, body: form, redirect: "manual" });
  const cookie =
    signedIn.headers
      .getSetCookie()
      .find((each) => each.startsWith("muhlat-session="))
      ?.split(";")[0] ?? "";
  expect(cookie).not.toBe("");
  const desk = async (place: number) => (await fetch(`${at(place)}/staff`, { headers: { cookie }, redirect: "manual" })).status;
  expect([await desk(1), await desk(2), await desk(0)]).toEqual([200, 200, 200]);
  await instances.owner`update staff.people set countries = '{TJ}' where person_id = ${RECORDER.personId}`;
  for (const place of [0, 1, 2]) expect(await desk(place)).not.toBe(200);
});

test("tries of a password are counted together, wherever they are made", async () => {
  const tried = async (place: number) => {
    const form = new URLSearchParams({ email: "nobody@example.org", password: randomUUID(), to: "/staff" });
    const headers = { origin: instances.publicOrigin };
    const answer = await fetch(`${at(place)}/staff/sign-in/password`, { method: "POST", headers, body: form, redirect: "manual" });
    return new URL(answer.headers.get("location") ?? "", at(place)).searchParams.get("refused") === "throttled";
  };
  const first: boolean[] = [];
  while (!first.at(-1) && first.length < 30) first.push(await tried(0));
  expect(first.at(-1)).toBe(true);
  expect([await tried(1), await tried(2)]).toEqual([true, true]);
});

test("one key is answered once, whichever of them is asked", async () => {
  const { statement } = nthStatement(300);
  const key = randomUUID();
  const answers = await Promise.all([0, 1, 2, 0, 1, 2].map((place) => sendStatement(at(place), instances.token, statement, key)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
});

test("all of them seal one chain, in which nothing is missing", async () => {
  await expect
    .poll(async () => (await instances.owner`select count(*)::int as left from staff.unsealed`)[0]?.left, { timeout: 20_000 })
    .toBe(0);
  const verified = await run(process.execPath, ["--import", "tsx", "bin/verify-ledger.ts"], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: instances.database },
  });
  expect(verified.stdout).toContain("Everything fits.");
  expect((await instances.owner`select count(distinct key)::int as keys from ledger.heads`)[0]?.keys).toBe(1);
});
