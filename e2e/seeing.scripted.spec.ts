import { readFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { connectionOptions } from "@/db/address";
import { type Desk, openDesk } from "./desks";
import { expect, test } from "./fixtures";
import { freePort } from "./free-port";

// What an operator sees of a process that is asked for this and that: measures, and lines without personal data.

const EMAIL = "gulnara@mfa.example.org";
let desk: Desk;
let measures: string;

test.beforeAll(async () => {
  const port = await freePort();
  measures = `http://127.0.0.1:${port}/metrics`;
  desk = await openDesk("load", "127.0.0.1", undefined, { LOG: "json", METRICS: `127.0.0.1:${port}` });
});
test.afterAll(() => desk.close());

/** The measures as they are now, by name and labels. */
async function measured(): Promise<Map<string, number>> {
  const text = await (await fetch(measures)).text();
  const lines = text.split("\n").filter((line) => line && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]));
}

const lines = () =>
  desk
    .said()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const giveWrongPassword = () =>
  fetch(`${desk.origin}/staff/sign-in/password`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: desk.origin, "user-agent": "Mozilla/5.0 (a phone)" },
    body: new URLSearchParams({ email: EMAIL, password: "a wrong password" }),
  });

test("what was asked for is counted and logged, under the id that the answer bore", async () => {
  await fetch(`${desk.origin}/en/countries/kg`).then((answer) => answer.text());
  const kept = async () => (await measured()).get('muhlat_front_answers_total{from="kept"}');
  await expect.poll(async () => (await fetch(`${desk.origin}/en`)) && (await kept())).toBeGreaterThan(0);
  await fetch(`${desk.origin}/en/${EMAIL}?to=${EMAIL}`);
  const asked = await fetch(`${desk.origin}/api/v1/snapshots?country=KG&nonsense=${EMAIL}`);
  const refused = await giveWrongPassword();
  expect([asked.status, refused.status]).toEqual([400, 303]);

  const of = (answer: Response) =>
    lines().find((line) => line.message === "request" && line.request === answer.headers.get("x-request-id"));
  await expect.poll(() => of(asked)).toMatchObject({ kind: "api", method: "GET", path: "/api/v1/snapshots", status: 400 });
  await expect.poll(() => of(refused)).toMatchObject({ kind: "staff", method: "POST", status: 303, refusal: "wrong" });
  expect(lines().find((line) => line.status === 404)).toMatchObject({ path: "-" });

  const found = await measured();
  expect(found.get('muhlat_requests_total{kind="api",status="400"}')).toBe(1);
  expect(found.get('muhlat_request_seconds_count{kind="staff"}')).toBe(1);
  expect(found.get('muhlat_sign_in_refusals_total{why="wrong"}')).toBe(1);
  expect(found.get('muhlat_front_answers_total{from="asked"}')).toBeGreaterThan(0);
});

test("database, record, ledger and publications are measured", async () => {
  await expect.poll(async () => (await measured()).get("muhlat_ledger_head_entry") ?? 0, { timeout: 20_000 }).toBeGreaterThan(50);
  const found = await measured();
  for (const role of ["reader", "staff"]) {
    expect(found.get(`muhlat_database_up{role="${role}"}`)).toBe(1);
    expect(found.get(`muhlat_database_probe_seconds{role="${role}"}`)).toBeGreaterThan(0);
  }
  // The starter record's newest figure of Kyrgyzstan's gray list was said in September 2025.
  expect(found.get('muhlat_newest_figure_known_timestamp_seconds{country="KG",list="gray_list"}')).toBeGreaterThan(
    Date.parse("2025-09-01") / 1000,
  );
  await expect.poll(async () => (await measured()).get("muhlat_front_hears_changes")).toBe(1);

  const before = found.get("muhlat_publications_total") ?? 0;
  const owner = postgres({ ...connectionOptions(desk.database), max: 1 });
  await owner`select pg_notify('muhlat_changed', '')`;
  await owner.end();
  await expect.poll(async () => (await measured()).get("muhlat_publications_total")).toBe(before + 1);
});

test("alerts and the dashboard speak of measures that there are", async () => {
  const text = await (await fetch(measures)).text();
  const names = [...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name);
  const folder = path.join(import.meta.dirname, "../deploy/monitoring");
  for (const file of ["alerts.yml", "dashboard.json"]) {
    const spoken = readFileSync(path.join(folder, file), "utf8").match(/\b(?:muhlat|nodejs|process)_\w+/g) ?? [];
    expect(spoken.length).toBeGreaterThan(8);
    for (const name of spoken) expect(names, `${name} in ${file}`).toContain(name.replace(/_bucket$/, ""));
  }
});

test("a fault is logged with its request and its code, and nothing of the person whom it met", async () => {
  const owner = postgres({ ...connectionOptions(desk.database), max: 1 });
  await owner`alter table staff.people rename to people_away`;
  const answer = await giveWrongPassword();
  await owner`alter table staff.people_away rename to people`;
  await owner.end();
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain("people");
  const id = answer.headers.get("x-request-id");
  await expect.poll(() => lines().filter((line) => line.request === id && line.level === "error").length).toBeGreaterThan(0);
  expect(JSON.stringify(lines().filter((line) => line.request === id))).toContain("42P01");
});

test("no line knows who asked", () => {
  expect(desk.said().length).toBeGreaterThan(1000);
  for (const secret of [EMAIL, encodeURIComponent(EMAIL), "a wrong password", "a phone", '"127.0.0.1"'])
    expect(desk.said(), secret).not.toContain(secret);
});
