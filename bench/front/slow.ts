import type { Browser } from "@playwright/test";

const BYTES_A_SECOND = 400_000 / 8;
const ROUND_TRIP = 400;
const SLOWED = 6;
const TIMES = 5;

/** Milliseconds until an element is drawn, on a slow network and a slow phone: the median of a few first visits. */
export async function readableAfter(browser: Browser, url: string, selector: string): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: ROUND_TRIP,
      downloadThroughput: BYTES_A_SECOND,
      uploadThroughput: BYTES_A_SECOND,
    });
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
    await page.goto(url, { waitUntil: "load" });
    if (!(await page.locator(selector).first().isVisible())) throw new Error(`${url} does not show ${selector}`);
    // All of the text comes with the document, and nothing of it is drawn before the first paint with content.
    times.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN));
    await context.close();
  }
  return times.sort((a, b) => a - b)[Math.floor(TIMES / 2)] ?? Number.NaN;
}
