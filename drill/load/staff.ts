import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { COUNTRIES, writeTable } from "../../bench/import-file";
import { COUNTRIES as OF_PROGRAMS } from "../failover/load";

/** An import does not hold any more where somebody has written about its countries since it was looked at: programs write about others. */
const OF_THE_TABLE = COUNTRIES.filter((country) => !OF_PROGRAMS.includes(country));
/** Between a figure that is recorded and the next; milliseconds. */
const PAUSE = 5000;
/** What somebody waits for an answer before they call it a failure; milliseconds. */
const PATIENCE = 30_000;

/** Somebody at the desk who records one figure after another by hand, of a country of which nobody else records any. */
export class Recorder {
  recorded = 0;
  slowest = 0;
  readonly failures: string[] = [];
  #going = true;
  readonly #all: Promise<void>;

  constructor(
    readonly page: Page,
    readonly origin: string,
  ) {
    page.setDefaultTimeout(PATIENCE);
    this.#all = this.#work();
  }

  async stop(): Promise<void> {
    this.#going = false;
    await this.#all;
  }

  async #work(): Promise<void> {
    for (let n = 0; this.#going; n += 1) {
      const began = performance.now();
      await this.#record(n).then(
        () => {
          this.recorded += 1;
        },
        (error: Error) => this.failures.push(`figure ${n}: ${error.message.slice(0, 500)}`),
      );
      this.slowest = Math.max(this.slowest, performance.now() - began);
      await sleep(PAUSE);
    }
  }

  async #record(n: number): Promise<void> {
    const { page } = this;
    const day = new Date(Date.UTC(2022, 0, 1 + n)).toISOString().slice(0, 10);
    await page.goto(`${this.origin}/staff/record`);
    await page.getByLabel("Title of the article").fill(`A briefing in the load, ${n}`);
    await page.getByLabel("Published on").fill(day);
    await page.getByLabel("Country of citizenship").selectOption("CU");
    await page.getByLabel("What is counted", { exact: true }).selectOption("gray_list");
    await page.getByLabel("As of", { exact: true }).fill(day);
    await page.getByLabel("Figure", { exact: true }).fill(String(34_500 + n));
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Recorded and public.").waitFor();
  }
}

/** Somebody at the desk brings in a table of so many rows. @throws where it does not come into the record */
export async function importTable(page: Page, origin: string, rows: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "muhlat-load-"));
  const file = path.join(folder, "rows.csv");
  writeTable(file, rows, OF_THE_TABLE);
  page.setDefaultTimeout(60_000);
  try {
    await page.goto(`${origin}/staff/import`);
    await page.getByLabel("File").setInputFiles(file);
    await page.getByRole("button", { name: "Look at every row" }).click();
    await page.getByRole("button", { name: "Record these rows" }).click();
    await page.getByText("In the record", { exact: true }).waitFor();
  } catch (error) {
    const shown = await page
      .locator("main")
      .innerText()
      .catch(() => "nothing");
    throw new Error(`${(error as Error).message.split("\n")[0]} The page said: ${shown.slice(0, 600)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
