import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { connectionOptions } from "@/db/address";
import { addressAs, embeddedServer, type Server } from "../tests/setup/servers";
import { expect, test } from "./fixtures";
import { freePort } from "./free-port";

// One process for the public that can only read, one for staff, on one database.

const root = path.join(import.meta.dirname, "..");
const LOGIN = "muhlat_public_face";
const PASSWORD = "only-reads";

type Face = { origin: string; child: ChildProcess; said: () => string };
const folder = mkdtempSync(path.join(tmpdir(), "muhlat-faces-"));
const running: ChildProcess[] = [];
let server: Server | undefined;
let reading = "";
let open: Face | undefined;
let owner: postgres.Sql;

/** What only code of staff says. */
const OF_STAFF = /next-auth|argon2|muhlat-session|insert into (?:record|staff)\./;

/** Nothing of this machine's own environment: what the process knows is what is written here. */
async function begin(face: "public" | "staff", env: Record<string, string>): Promise<Face> {
  const port = await freePort();
  const child = spawn(process.execPath, ["--import", "tsx", "server/start.ts"], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      PORT: String(port),
      MUHLAT_FACE: face,
      MUHLAT_BUILD: face === "public" ? ".next-public" : ".next",
      MUHLAT_DATA_DIR: path.join(folder, face),
      ...env,
    },
  });
  running.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  await expect.poll(() => said.includes("Muhlat is ready") || child.exitCode !== null, { timeout: 60_000 }).toBe(true);
  return { origin: `http://127.0.0.1:${port}`, child, said: () => said };
}

test.describe.configure({ mode: "serial" });
test.setTimeout(300_000);

test.beforeAll(async () => {
  server = await embeddedServer();
  owner = postgres({ ...connectionOptions(server.url), max: 1, onnotice: () => {} });
  const build = "import('./bin/build.mjs').then(({ buildIfStale }) => buildIfStale())";
  expect(spawnSync(process.execPath, ["--eval", build], { cwd: root, env: { ...process.env, MUHLAT_FACE: "public" } }).status).toBe(0);
});
test.afterAll(async () => {
  for (const child of running) {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
  }
  await owner?.end();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const status = async (address: string, init?: RequestInit) => (await fetch(address, { redirect: "manual", ...init })).status;

test("the process for staff sets up the database and answers staff alone", async () => {
  const { origin } = await begin("staff", { DATABASE_URL: server?.url ?? "" });
  expect((await fetch(`${origin}/staff/sign-in`)).status).toBe(200);
  expect(await status(`${origin}/api/health/ready`)).toBe(200);
  for (const place of ["/", "/en", "/ky/countries/kg", "/data/snapshots.csv", "/feed/kg.atom", "/staffing"])
    expect(await status(origin + place), place).toBe(404);
});

test("a login that may do more than read is refused as the public one, in a sentence that says what", async () => {
  const { said, child } = await begin("public", { DATABASE_URL_PUBLIC: server?.url ?? "" });
  expect(said()).toMatch(/^The user of DATABASE_URL_PUBLIC may do more than read the public record \(superuser, .*\)/);
  expect(child.exitCode).toBe(1);
  const secret = await begin("public", { DATABASE_URL_PUBLIC: server?.url ?? "", AUTH_SECRET: "s".repeat(32) });
  expect(secret.said()).toBe("The setting AUTH_SECRET must not be set where MUHLAT_FACE is public: that process is to know no secret.\n");
});

test("the public process shows the record, knows neither staff nor secrets, and takes nothing in", async () => {
  await owner.unsafe(`create role ${LOGIN} login noinherit password '${PASSWORD}'`);
  await owner.unsafe(`grant muhlat_reader to ${LOGIN}`);
  reading = addressAs(server?.url ?? "", LOGIN);
  open = await begin("public", { DATABASE_URL_PUBLIC: `${reading}&password=${PASSWORD}` });
  const { origin, child, said } = open;
  for (const place of [
    "/en",
    "/ky/countries/kg",
    "/uz/explore",
    "/data/snapshots.csv",
    "/feed/kg.atom",
    "/api/v1/countries",
    "/api/health/ready",
  ])
    expect(await status(origin + place), place).toBe(200);
  for (const place of ["/staff", "/staff/sign-in", "/staff/account", "//staff", "/x/../staff/record"])
    expect(await status(origin + place, { redirect: "follow" }), place).toBe(404);
  for (const place of ["/en", "/staff/sign-in", "/staff/sign-in/password"])
    expect(await status(origin + place, { method: "POST", headers: { origin }, body: "a=b" }), place).toBe(404);
  expect(await status(`${origin}/api/v1/snapshots`, { method: "POST", body: "{}" })).toBe(405);
  expect(said()).not.toContain("not handled");

  // What it was started with, and what it may have added to that.
  const names = readFileSync(`/proc/${child.pid}/environ`, "utf8")
    .split("\0")
    .map((each) => each.split("=")[0] ?? "");
  expect(names.filter((name) => /SECRET|PASSWORD|TOKEN|KEY|^DATABASE_URL(_MIGRATE)?$/.test(name))).toEqual([]);
  const files = readdirSync(path.join(folder, "public"), { recursive: true, encoding: "utf8" });
  expect(files.filter((file) => /secret|key|postgres/.test(file))).toEqual([]);
});

test("the build of the public process holds no page and no code of staff", () => {
  const build = path.join(root, ".next-public/server");
  const routes = Object.keys(JSON.parse(readFileSync(path.join(build, "app-paths-manifest.json"), "utf8")));
  expect(routes).toContain("/[lang]/(light)/countries/[country]/page");
  expect(routes.filter((route) => /staff|auth/.test(route))).toEqual([]);
  const actions = JSON.parse(readFileSync(path.join(build, "server-reference-manifest.json"), "utf8"));
  expect([actions.node, actions.edge]).toEqual([{}, {}]);
  const found = (folder: string) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".js"))
      .flatMap((entry) => OF_STAFF.exec(readFileSync(path.join(entry.parentPath, entry.name), "utf8"))?.[0] ?? []);
  expect(found(".next-public/server")).toEqual([]);
  expect(new Set(found(".next/server")).size).toBeGreaterThan(1);
});

test("whatever the public process can be brought to ask of the database, it changes nothing and learns nothing of people", async () => {
  const sql = postgres({ ...connectionOptions(`${reading}&password=${PASSWORD}`), max: 1, onnotice: () => {} });
  const refused = async (question: string) => {
    await expect(sql.unsafe(question), question).rejects.toMatchObject({ code: "42501" });
  };
  const copied = "insert into record.countries select * from record.countries limit 1";
  for (const as of ["reset role", "set role muhlat_reader"]) {
    await sql.unsafe(as);
    for (const question of [
      copied,
      "update derived.snapshots set value = 1",
      "delete from derived.snapshots",
      "truncate record.snapshots",
      "drop table record.snapshots",
      "create table derived.mine (a int)",
      "create table public.mine (a int)",
      "select * from staff.people",
      "select * from staff.sessions",
      "set role muhlat_staff",
      "set session authorization muhlat",
      "copy record.countries to program 'true'",
      "select pg_read_file('/etc/passwd')",
      "alter role muhlat_reader superuser",
      "select derived.rebuild()",
    ])
      await refused(question);
  }
  await sql.end();

  // The same from inside: what a page asks is made to write as well.
  const page = `${open?.origin}/en/as-known/2025-07-26/countries/kg?recorded=${new Date().toISOString()}`;
  const counted = async () => (await owner`select count(*)::int as rows from record.countries`)[0]?.rows;
  const before = await counted();
  const [was] = await owner`select pg_get_functiondef('derived.countries_at'::regproc) as text`;
  await owner.unsafe(`create or replace function derived.countries_at(instant timestamptz) returns setof derived.countries language plpgsql volatile as $$
    begin ${copied}; return query select * from derived.countries; end $$`);
  expect(await status(page)).toBeGreaterThanOrEqual(500);
  await owner.unsafe(was?.text);
  expect(await status(page)).toBe(200);
  expect(await counted()).toBe(before);
});
