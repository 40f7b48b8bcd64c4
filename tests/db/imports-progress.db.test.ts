import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { progressFor, progressOf } from "@/lib/imports/progress";
import { takeImport } from "@/lib/imports/write";
import { newStatementId } from "@/lib/ledger/write";
import { cells, table } from "../imports/sent-files";
import { database, files, recordCounts, send, stateOf, taken, withImporters } from "../setup/imports";
import { accepted, CENTRAL, COUNTRY_ADMIN, NOW, RECORDER, REVIEWER } from "../setup/record";

withImporters();

const many = (country: string) =>
  table(Array.from({ length: 11_000 }, (_, i) => cells({ country, as_of: new Date(Date.UTC(1993, 0, 1 + i)).toISOString().slice(0, 10) })));

test("progress is told while it lasts, in rows done, and gone afterwards", async () => {
  const of = await taken(many("TR"));
  expect(await progressOf(database.staff, of.importId)).toBeUndefined();
  const sending = send(CENTRAL, of);
  const told: number[] = [];
  let ended = false;
  void sending.then(() => {
    ended = true;
  });
  while (!ended) {
    const progress = await progressOf(database.reader, of.importId);
    if (progress?.step === "writing") {
      expect(progress.total).toBe(11_000);
      told.push(progress.done);
    }
    await sleep(5);
  }
  accepted(await sending);
  expect(new Set(told)).toContain(5_000);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(await progressOf(database.staff, of.importId)).toBeUndefined();
});

test("progress is told to those who may see the import, and while its file is read for the first time to who brings it", async () => {
  const importId = newStatementId();
  const asked = () => Promise.all([RECORDER, REVIEWER, COUNTRY_ADMIN, CENTRAL].map((one) => progressFor(database.staff, one, importId)));
  expect(await asked()).toEqual([null, null, null, null]);
  const file = files.write(many("UZ"));
  const taking = takeImport(database.staff, RECORDER, { path: file, fileName: "x.csv", importId }, NOW);
  let ended = false;
  void taking.then(() => {
    ended = true;
  });
  const others = () => Promise.all([REVIEWER, COUNTRY_ADMIN, CENTRAL].map((one) => progressFor(database.staff, one, importId)));
  const own = () => progressFor(database.staff, RECORDER, importId);
  const told: unknown[] = [];
  while (!ended) {
    const before = await own();
    const theirs = await others();
    // Asked between two answers, what they are told is of the time in which it was read.
    if (before?.step === "reading" && (await own())?.step === "reading") told.push(...theirs);
  }
  expect(told.length).toBeGreaterThan(0);
  expect(new Set(told)).toEqual(new Set([undefined]));
  accepted(await taking);
  // Of a country that is not the reviewer's: theirs who brought it, and the central admin's.
  expect(await asked()).toEqual([null, undefined, undefined, null]);
});

test("a process killed in the middle of a commit leaves nothing, and the import can be committed again", {
  timeout: 60_000,
}, async () => {
  const before = await recordCounts();
  const script = path.join(import.meta.dirname, "../setup/commits-until-killed.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, database.url, files.write(many("SY"))], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let importId = "";
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
    importId = /taken (\w+)/.exec(out)?.[1] ?? "";
    if (/writing [1-9]/.test(out)) child.kill("SIGKILL");
  });
  await once(child, "close");
  expect(child.signalCode).toBe("SIGKILL");
  expect(out).not.toContain("sent");
  while (await progressOf(database.staff, importId)) await sleep(50);
  expect(await recordCounts()).toEqual(before);
  expect(await stateOf(importId)).toEqual(["checked", 1]);
  expect(accepted(await send(CENTRAL, { importId, version: 1 }))).toEqual({ state: "committed", revisions: 11_000 });
});
