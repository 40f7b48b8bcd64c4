import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";

export { expect };

type Options = {
  /** The test visits addresses that are not there: the browser's own message about a 404 is no failure. */
  expectsMissing: boolean;
  /** The test cuts the connection: the browser's own message about that is no failure. */
  expectsCuts: boolean;
};

/** Playwright's test; it fails at its end on any console error, page error or request to another host. */
export const test = base.extend<Options>({
  expectsMissing: [false, { option: true }],
  expectsCuts: [false, { option: true }],
  context: async ({ context, baseURL, expectsMissing, expectsCuts }, use) => {
    const troubles: string[] = [];
    const allowed = expectsMissing
      ? /^Failed to load resource: .*\b40[34]\b/
      : expectsCuts
        ? /^Failed to load resource: net::ERR_/
        : undefined;
    watch(context, baseURL ?? "", allowed, troubles);
    await use(context);
    expect(troubles, "console errors, page errors and requests elsewhere").toEqual([]);
  },
});

function watch(context: BrowserContext, origin: string, allowed: RegExp | undefined, troubles: string[]): void {
  context.on("console", (message) => {
    if (message.type() !== "error") return;
    if (allowed?.test(message.text())) return;
    troubles.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => troubles.push(`page: ${error.error().message}`));
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.origin !== origin) troubles.push(`request: ${request.url()}`);
  });
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Whether this file's tests run with scripts too, where axe looks at the page itself. */
function isSeenWithScripts(): boolean {
  const { config, file } = test.info();
  const ignored = config.projects.find((project) => project.name === "scripts-on")?.testIgnore ?? [];
  return ![ignored].flat().includes(path.basename(file));
}

/** Fails with the list of what axe holds against the page. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  if (test.info().project.use.javaScriptEnabled !== false) return expect(await violations(page)).toEqual([]);
  if (isSeenWithScripts()) return;
  // axe cannot run in a page without scripts: look at the same address, as the same person, with scripts.
  const browser = page.context().browser();
  if (!browser) throw new Error("this page has no browser of its own");
  const context = await browser.newContext({
    javaScriptEnabled: true,
    storageState: await page.context().storageState(),
    viewport: page.viewportSize(),
  });
  try {
    const twin = await context.newPage();
    await twin.goto(page.url());
    expect(await violations(twin)).toEqual([]);
  } finally {
    await context.close();
  }
}

/** Evaluated, not added as a script tag, because the pages' security policy refuses scripts that are not ours. */
async function violations(page: Page): Promise<string[]> {
  // Words can be read before the styles that make room for them have come.
  await page.waitForLoadState("load");
  await page.evaluate(AXE);
  return page.evaluate(async (tags) => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document, { runOnly: tags });
    return violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.html} (${v.help})`));
  }, WCAG);
}
