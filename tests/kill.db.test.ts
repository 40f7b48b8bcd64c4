import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connectionOptions } from "@/db/address";
import { openPool } from "@/db/client";
import { type EmbeddedDatabase, EmbeddedDatabaseError, startEmbedded } from "@/db/embedded";
import { ROLE } from "@/db/roles";
import { act } from "@/lib/ledger/write";
import { recordSnapshot } from "@/lib/snapshots/write";
import { SYSTEM } from "@/lib/staff/rules";
import { allGone, killAll, noProcesses, processesOf, startRecorder } from "./setup/processes";
import { accepted, CENTRAL, COUNTRY_ADMIN, differences, figure, NOW } from "./setup/record";

const TOO_LONG = 120_000;

let folder: string;
beforeEach(() => {
  folder = path.join(tmpdir(), `muhlat-kill-${randomUUID().slice(0, 8)}`);
});
afterEach(async () => {
  await killAll(folder);
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the database again from the folder, and checks that it has kept its word. */
async function comeBack(acknowledged: string[], corrections: string[] = []): Promise<void> {
  const server = await startEmbedded(folder, () => {});
  const owner = postgres({ ...connectionOptions(server.url), max: 1, onnotice: () => {} });
  const staff = openPool(server.url, ROLE.staff, 1);
  try {
    const kept = await owner`select statement_id, revision from record.snapshots`;
    const ids = new Set(kept.map((row) => row.statement_id));
    const revisions = new Set(kept.map((row) => `${row.statement_id} ${row.revision}`));
    expect(corrections.filter((correction) => !revisions.has(correction))).toEqual([]);
    const editors = await owner`select distinct recorded_by from record.snapshots where revision > 1 order by 1`;
    if (corrections.length >= 10) expect(editors.map((row) => row.recorded_by)).toEqual([CENTRAL.personId, COUNTRY_ADMIN.personId]);
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    // The starter record, what was acknowledged, and at most the one figure whose word was still on its way.
    const figures = 41 + acknowledged.length;
    expect([figures, figures + 1]).toContain(ids.size);
    const [current] = await owner`select count(*)::int as rows from derived.snapshots`;
    expect(current).toEqual({ rows: ids.size });
    expect(await differences(owner)).toEqual([]);
    const made = accepted(await act(staff.db, (tx) => recordSnapshot(tx, SYSTEM, figure(), NOW)));
    acknowledged.push(made.statementId);
  } finally {
    await Promise.all([owner.end(), staff.close()]);
    await server.stop();
  }
  expect(processesOf(folder)).toEqual([]);
}

describe.skipIf(noProcesses)(`the embedded database${noProcesses ? ` (skipped: ${noProcesses})` : ""}`, () => {
  test("keeps every acknowledged figure and correction when everything is killed, with two editors at work, time after time", {
    timeout: TOO_LONG,
  }, async () => {
    const acknowledged: string[] = [];
    const corrections: string[] = [];
    for (let time = 1; time <= 2; time++) {
      const recorder = startRecorder(folder);
      await recorder.until(100);
      // The recorder, the keeper, the postmaster, its helpers and at least one connection.
      expect(await killAll(folder)).toBeGreaterThanOrEqual(5);
      await recorder.ended;
      expect(recorder.child.signalCode).toBe("SIGKILL");
      acknowledged.push(...recorder.acknowledged);
      corrections.push(...recorder.corrections);
      await comeBack(acknowledged, corrections);
    }
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
    expect(acknowledged.length).toBeGreaterThanOrEqual(202);
    expect(new Set(corrections).size).toBe(corrections.length);
    expect(corrections.length).toBeGreaterThanOrEqual(20);
  });

  test("goes away by itself when only its Muhlat is killed, and nothing is lost", { timeout: TOO_LONG }, async () => {
    const recorder = startRecorder(folder);
    await recorder.until(30);
    recorder.child.kill("SIGKILL");
    await recorder.ended;
    expect(await allGone(folder, 15_000)).toBe(true);
    await comeBack([...recorder.acknowledged]);
  });

  test("is taken over by the next start when only its Muhlat is killed, and nothing is lost", { timeout: TOO_LONG }, async () => {
    const recorder = startRecorder(folder);
    await recorder.until(30);
    recorder.child.kill("SIGKILL");
    const back = startEmbedded(folder, () => {});
    await recorder.ended;
    await (await back).stop();
    await comeBack([...recorder.acknowledged]);
  });

  test("refuses a second start on the same folder while the first runs, and the first goes on", { timeout: TOO_LONG }, async () => {
    const recorder = startRecorder(folder);
    await recorder.until(10);
    const second = startEmbedded(folder, () => {});
    await expect(second).rejects.toBeInstanceOf(EmbeddedDatabaseError);
    await expect(second).rejects.toThrow(`Muhlat is already running on the data in ${folder}.`);
    await recorder.until(recorder.acknowledged.length + 10);
    await killAll(folder);
    await recorder.ended;
    await comeBack([...recorder.acknowledged]);
  });

  test("of several that start on a new folder at the same time one runs, the others are refused", { timeout: TOO_LONG }, async () => {
    const starts = await Promise.allSettled([1, 2, 3].map(() => startEmbedded(folder, () => {})));
    const running = starts.flatMap((start): EmbeddedDatabase[] => (start.status === "fulfilled" ? [start.value] : []));
    for (const server of running) await server.stop();
    expect(running).toHaveLength(1);
    expect(starts.flatMap((start) => (start.status === "rejected" ? [start.reason] : []))).toEqual([
      expect.any(EmbeddedDatabaseError),
      expect.any(EmbeddedDatabaseError),
    ]);
    expect(await allGone(folder, 5000)).toBe(true);
  });
});
