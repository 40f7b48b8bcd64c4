import type { Page } from "@playwright/test";
import postgres from "postgres";
import { connectionOptions } from "@/db/address";
import { confirmContact, recordContact } from "@/lib/contacts/write";
import { announceDeadline } from "@/lib/deadlines/write";
import { recordEvent } from "@/lib/events/write";
import { takeImport } from "@/lib/imports/write";
import { act } from "@/lib/ledger/write";
import { openAbout } from "@/lib/review/read";
import { returnSubmission } from "@/lib/review/write";
import { correctSnapshot, recordSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import type { Actor } from "@/lib/staff/rules";
import { invitePerson } from "@/lib/staff/write";
import { sentFiles } from "../tests/imports/sent-files";
import { accepted, addPeople, CENTRAL, contact, deadline, event, figure, NOW, RECORDER } from "../tests/setup/record";
import { type Desk, letIn, openDesk } from "./desks";
import { test as base, expect } from "./fixtures";

// Script in any text that staff can enter: whatever is written, nobody's browser does anything but show it.
// Seen to fail: with the title of a source set as HTML, every page that names it told on its console of what the policy refused.

/** Each sets a mark on the window, or asks another host, wherever it is taken for more than a text. */
const HURTS = [
  `<script>window.hurt='script'</script>`,
  `"><img src=x onerror="window.hurt='image'">`,
  `'><svg onload=window.hurt='svg'>`,
  `</script><script>window.hurt='closed'</script>`,
  `</title></style></textarea><iframe srcdoc="<script>parent.hurt='frame'</script>">`,
  `<a href="javascript:window.hurt='link'">x</a>`,
  `<base href="https://elsewhere.example/"><link rel="stylesheet" href="https://elsewhere.example/x.css">`,
  `<meta http-equiv="refresh" content="0;url=https://elsewhere.example/">`,
  `]]><script xmlns="http://www.w3.org/1999/xhtml">window.hurt='xml'</script>`,
  `\${window.hurt='template'}{{constructor.constructor('window.hurt=1')()}}`,
];
const ALL = HURTS.join(" ");
const texts = (text: string) => ({ en: text, ru: text, ky: text });

type Hurt = Record<"figure" | "waiting" | "source" | "event" | "deadline" | "contact" | "person" | "import", string>;

/** Puts such texts wherever a text can be put. */
async function fill({ db, database }: Desk): Promise<Hurt> {
  const hurting: Actor = { ...RECORDER, personId: "recorder" };
  await addPeople(db, CENTRAL, hurting);
  const sql = postgres({ ...connectionOptions(database), max: 1 });
  await sql`update staff.people set name = ${ALL.slice(0, 200)} where person_id in ('central', 'recorder')`;
  const of = {
    title: ALL.slice(0, 400),
    publisher: ALL.slice(0, 200),
    speaker: HURTS[1],
    speaker_role: HURTS[2],
    published_on: "2025-10-20",
    url: `https://example.org/"><script>window.hurt='url'</script>`,
  };
  const sent = figure({ as_of: "2025-10-02", note: ALL, wording: HURTS.slice(0, 4).join(" ").slice(0, 300), source: of });
  const run = async <T>(work: Parameters<typeof act<T>>[1]) => accepted(await act(db, work));
  const at: Hurt = { figure: "", waiting: "", source: "", event: "", deadline: "", contact: "", person: "", import: "" };
  at.figure = (await run((tx) => recordSnapshot(tx, CENTRAL, sent, NOW))).statementId;
  const change = (revision: number) => ({ statementId: at.figure, replacesRevision: revision, reason: ALL });
  await run((tx) => correctSnapshot(tx, CENTRAL, change(1), { ...sent, value: 1001 }, NOW));
  const gone = await run((tx) => recordSnapshot(tx, CENTRAL, figure({ as_of: "2025-10-03", source: of }), NOW));
  await run((tx) => withdrawSnapshot(tx, CENTRAL, { statementId: gone.statementId, replacesRevision: 1, reason: ALL }));
  const { statementId } = await run((tx) => recordSnapshot(tx, hurting, figure({ as_of: "2025-10-04", note: ALL, source: of }), NOW));
  const open = await openAbout(db, statementId);
  at.waiting = open?.submissionId ?? "";
  await run((tx) => returnSubmission(tx, CENTRAL, { submissionId: at.waiting, version: 1 }, ALL));
  const [row] = await sql`select source_id from derived.snapshots where statement_id = ${at.figure}`;
  at.source = row?.source_id;
  at.event = await run((tx) =>
    recordEvent(tx, CENTRAL, event({ kind: "break", measures: ["gray_list"], what: texts(ALL.slice(0, 500)), source: of }), NOW),
  );
  const year = new Date().getUTCFullYear() + 1;
  const obligation = {
    chain: "hurts",
    falls_on: `${year}-05-05`,
    basis: texts(ALL),
    consequence: texts(ALL),
    afterwards: texts(ALL),
    basis_url: `https://example.org/'><script>`,
    source: of,
  };
  at.deadline = await run((tx) => announceDeadline(tx, CENTRAL, deadline(obligation), NOW));
  const today = new Date().toISOString().slice(0, 10);
  const place = {
    name: texts(HURTS[0] ?? ""),
    address: texts(ALL.slice(0, 400)),
    hours: texts(HURTS[1] ?? ""),
    note: texts(ALL.slice(0, 400)),
    url: `https://example.org/"onmouseover="window.hurt=1`,
  };
  at.contact = await run((tx) => recordContact(tx, CENTRAL, contact({ ...place, confirmed_on: today }), new Date()));
  await run((tx) => confirmContact(tx, CENTRAL, { statementId: at.contact, replacesRevision: 1 }, new Date()));
  at.person = (
    await run((tx) =>
      invitePerson(tx, CENTRAL, { name: HURTS[1], email: "x@example.org", role: "recorder", countries: ["KG"], language: "en" }),
    )
  ).personId;
  const files = sentFiles();
  const csv = `country;measure;as_of;value;source_title\nKG;gray_list;2025-10-09;${ALL.replaceAll('"', "'")};x\n${HURTS[0]};x;y;z;"${ALL.replaceAll('"', '""')}"`;
  at.import = accepted(await takeImport(db, CENTRAL, { path: files.write(csv), fileName: `${HURTS[1]}.csv` }, NOW));
  files.remove();
  await sql.end();
  return at;
}

const test = base.extend<object, { opened: { desk: Desk; at: Hurt } }>({
  opened: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture rests on.
    async ({}, use) => {
      const desk = await openDesk("load");
      await use({ desk, at: await fill(desk) });
      await desk.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ opened }, use) => use(opened.desk.origin),
});
test.setTimeout(180_000);

/** Reads a page as somebody would, and touches everything that can be touched without leaving it. */
async function read(page: Page, address: string): Promise<void> {
  const answer = await page.goto(address, { waitUntil: "networkidle" });
  expect(answer?.status(), address).toBe(200);
  for (const summary of await page.locator("summary").all()) await summary.click({ timeout: 2000 }).catch(() => {});
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => (window as unknown as { hurt?: string }).hurt), address).toBeUndefined();
  expect(page.frames().length, address).toBe(1);
}

test("public pages show it and do nothing", async ({ page, opened: { at } }) => {
  page.on("dialog", (dialog) => expect(dialog.message()).toBe("no dialog"));
  const shown: string[] = [];
  for (const address of [
    "/en",
    "/ru/countries/kg",
    `/ky/snapshots/${at.figure}`,
    "/en/deadlines",
    "/ru/deadlines/hurts",
    "/en/corrections",
    "/en/explore?c=kg,tj",
    "/en/explore?c=kg&v=change&facet=each",
    "/en/back-test",
    "/en/data",
    "/en/embed/countdown?country=kg",
    "/en/embed/chart?country=kg",
    `/en/as-known/${new Date().toISOString().slice(0, 10)}/countries/kg`,
  ]) {
    await read(page, address);
    if ((await page.locator("body").innerText()).includes("window.hurt")) shown.push(address.split("?")[0] ?? "");
  }
  // That it was there to be read.
  expect(shown).toEqual(
    expect.arrayContaining(["/ru/countries/kg", `/ky/snapshots/${at.figure}`, "/ru/deadlines/hurts", "/en/corrections"]),
  );
});

test("staff pages show it and do nothing", async ({ page, context, opened: { desk, at } }) => {
  await letIn(context, desk, "central", "en");
  for (const address of [
    "/staff",
    `/staff/record/${at.figure}`,
    `/staff/sources/${at.source}`,
    "/staff/review",
    "/staff/events",
    `/staff/events/${at.event}`,
    "/staff/deadlines",
    `/staff/deadlines/${at.deadline}`,
    "/staff/contacts",
    `/staff/contacts/${at.contact}`,
    "/staff/people",
    `/staff/people/${at.person}`,
    "/staff/history",
    "/staff/import",
    `/staff/import/${at.import}`,
  ])
    await read(page, address);
  await letIn(context, desk, "recorder", "ru");
  await read(page, `/staff/review/${at.waiting}`);
});

test("files that a browser may open do nothing", async ({ page, opened: { at } }) => {
  for (const address of ["/feed/kg.atom", "/en/explore/chart.svg?c=kg", "/data/catalog.jsonld", `/api/v1/snapshots/${at.figure}`]) {
    await page.goto(address).catch((error) => expect(String(error), address).toContain("Download is starting"));
    expect(await page.evaluate(() => (window as unknown as { hurt?: string }).hurt), address).toBeUndefined();
  }
});
