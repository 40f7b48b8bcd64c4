import { existsSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "@playwright/test";
import { act } from "@/lib/ledger/write";
import { beginSession } from "@/lib/sign-in/write";
import { makeToken } from "@/lib/tokens/write";
import { aPage, Flood, type Flooded, ofTimes, somethingDear } from "../../tests/setup/flood";
import { type Instances, openInstances } from "../../tests/setup/instances";
import { accepted, CENTRAL } from "../../tests/setup/record";
import { COUNTRIES, Writers } from "../failover/load";
import { build } from "../one-muhlat";
import { Hostile } from "./hostile";
import { Measured } from "./measured";
import { importTable, Recorder } from "./staff";

type Result = { what: string; seconds: number; trouble?: string };

const PORT = Number(process.env.MUHLAT_DRILL_PORT ?? 3398);
const METRICS_PORT = PORT + 1;
const MINUTES = Number(process.env.MUHLAT_DRILL_MINUTES ?? 30);
const DEBIAN = "/usr/bin/chromium";
/** Who asks at once, and milliseconds between an answer and the next question of each. */
const DEAR = [30, 500] as const;
const PAGES = [10, 50] as const;
const WRITERS = [2, 300] as const;
const IMPORTED = 20_000;
/** So little room that what is kept must show: without a limit Node cleans up when it likes. */
const HEAP = { NODE_OPTIONS: `--max-old-space-size=400 --max-semi-space-size=16 --import=${new URL("./clean-up.mjs", import.meta.url)}` };
/** What is kept on disk at most: documents, and those of which there is no end. */
const ROOM = 80 * 1024 * 1024;
/** MB by which what is in use may differ: what is just under way at that moment. */
const FLAT_MB = 30;
/** By how much memory and files may grow in the last quarter: they fill their room ever more slowly. */
const STILL_FILLING = 1.1;
const QUARTERS = [1, 2, 3, 4] as const;

/** Opens a browser's page for somebody who has signed in. */
async function atTheDesk(browser: Awaited<ReturnType<typeof chromium.launch>>, { staff, publicOrigin }: Instances) {
  const context = await browser.newContext({ locale: "en" });
  const value = await beginSession(staff, CENTRAL.personId, { method: "password", secondFactor: "code", device: "A drill" });
  await context.addCookies([{ name: "muhlat-session", value, url: publicOrigin, httpOnly: true, sameSite: "Lax" }]);
  return context.newPage();
}

const counts = (of: Map<string | number, number>) => [...of].map(([what, times]) => `${times} × ${what}`).join(", ");

function judged(all: {
  dear: Flooded;
  pages: Flooded;
  writers: Writers;
  recorder: Recorder;
  imported: string;
  hostile: Hostile;
  measured: Measured;
  said: string;
}): string[] {
  const { dear, pages, writers, recorder, imported, hostile, measured, said } = all;
  const troubles: string[] = [];
  const expect = (fine: boolean, trouble: string) => {
    if (!fine) troubles.push(trouble);
  };
  expect(
    [...pages.statuses.keys()].every((status) => status === 200),
    `pages were answered with ${counts(pages.statuses)}`,
  );
  const known = [200, 404, 429, 503];
  expect(
    [...dear.statuses.keys()].every((status) => known.includes(status)),
    `what is dear was answered with ${counts(dear.statuses)}`,
  );
  expect(dear.withoutRetry === 0, `${dear.withoutRetry} were sent away without being told when to come again`);
  expect(writers.refusals.size === 0 && writers.settled === 0, `programs were told ${counts(writers.refusals)}`);
  expect(writers.acknowledged.size > 0, "no program wrote anything");
  expect(recorder.failures.length === 0 && recorder.recorded > 0, `staff could not record: ${recorder.failures.slice(0, 3).join("; ")}`);
  expect(imported === "", `the import failed: ${imported}`);
  expect(
    [...hostile.answered.keys()].every((status) => status === "431" || status === "cut off"),
    `huge headers were answered with ${counts(hostile.answered)}`,
  );
  const grown = measured.inUseIn(4) - measured.inUseIn(2);
  expect(grown <= FLAT_MB, `${Math.round(grown)} MB more were in use in the last quarter than in the second`);
  const [held, heldLast] = [measured.quarter(3, "memory"), measured.quarter(4, "memory")];
  expect(heldLast <= held * STILL_FILLING, `memory grew from ${Math.round(held)} to ${Math.round(heldLast)} MB in the last quarter`);
  const [before, after] = [measured.quarter(3, "disk"), measured.quarter(4, "disk")];
  expect(after <= Math.min(before * STILL_FILLING, ROOM), `files of its own grew from ${before} to ${after} bytes in the last quarter`);
  const complaints = said.match(/.*(?:could not be answered|not handled).*/g) ?? [];
  expect(complaints.length === 0, `it said: ${complaints.slice(0, 3).join("; ")}`);
  return troubles;
}

/** Half an hour in which the public floods, staff record, programs write, a table is imported, and strangers mean it badly. */
export async function load(): Promise<Result[]> {
  build();
  const more = { TRUST_PROXY: "1", MUHLAT_STARTER_RECORD: "load", METRICS: `127.0.0.1:${METRICS_PORT}`, ...HEAP };
  const instances = await openInstances([PORT], undefined, more);
  const browser = await chromium.launch({
    ...(existsSync(DEBIAN) && { executablePath: DEBIAN }),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  const began = performance.now();
  const part = (MINUTES * 60_000) / 3;
  try {
    const { token } = accepted(
      await act(instances.staff, (tx) => makeToken(tx, CENTRAL, { name: "Load", countries: COUNTRIES, publishes: "✓", days: "90" })),
    );
    const muhlat = instances.all[0];
    if (!muhlat) throw new Error("it did not start");
    const { origin, pid } = muhlat;
    const recorder = new Recorder(await atTheDesk(browser, instances), origin);
    const writers = new Writers([origin], token, ...WRITERS);
    const dear = new Flood(origin, DEAR[0], somethingDear, DEAR[1]);
    const pages = new Flood(origin, PAGES[0], aPage, PAGES[1]);
    const hostile = new Hostile(origin);
    const measured = new Measured(pid, path.join(instances.folder, "0"), instances.owner, `http://127.0.0.1:${METRICS_PORT}/metrics`);
    await sleep(part);
    const importer = await atTheDesk(browser, instances);
    const importBegan = performance.now();
    const imported = await importTable(importer, origin, IMPORTED).then(
      () => "",
      (error: Error) => error.message.slice(0, 500),
    );
    const importTook = (performance.now() - importBegan) / 1000;
    await sleep(Math.max(0, 3 * part - (performance.now() - began)));
    await measured.stop();
    await recorder.stop();
    await writers.stop();
    const [refused, shown] = await Promise.all([dear.stop(), pages.stop()]);
    await hostile.stop();
    const all = { dear: refused, pages: shown, writers, recorder, imported, hostile, measured, said: muhlat.said() };
    const times = ofTimes(shown.took);
    const memory = QUARTERS.map((n) => Math.round(measured.quarter(n, "memory"))).join(", ");
    const inUse = QUARTERS.map((n) => Math.round(measured.inUseIn(n))).join(", ");
    const disk = QUARTERS.map((n) => (measured.quarter(n, "disk") / 1e6).toFixed(1)).join(", ");
    const [first, last] = [measured.looks[0], measured.looks.at(-1)];
    const rows = (last?.revisions ?? 0) - (first?.revisions ?? 0);
    const grown = ((last?.database ?? 0) - (first?.database ?? 0)) / 1e6;
    const what = [
      `${MINUTES} minutes: pages ${counts(shown.statuses)} (${Math.round(times.middle)} ms the middle one, ${Math.round(times.slow)} ms one of a hundred)`,
      `what is dear ${counts(refused.statuses)}`,
      `${writers.acknowledged.size} statements of programs, ${recorder.recorded} figures of staff (the slowest ${Math.round(recorder.slowest)} ms), an import of ${IMPORTED} rows in ${importTook.toFixed(0)} s`,
      `huge headers ${counts(hostile.answered)}, ${hostile.ended} connections ended`,
      `memory by quarters ${memory} MB, in use besides kept documents ${inUse} MB, files of its own ${disk} MB, the database ${grown.toFixed(0)} MB more for ${rows} revisions`,
    ].join("; ");
    const troubles = judged(all);
    return [{ what, seconds: (performance.now() - began) / 1000, ...(troubles.length > 0 && { trouble: troubles.join("; ") }) }];
  } finally {
    await browser.close();
    await instances.close();
  }
}
