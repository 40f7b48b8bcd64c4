import { expect, test } from "./fixtures";
import { type MovedServer, startMoved } from "./moved-server";

// The deadline of the record ends 31 days and nine hours later, at the end of 10 September 2025 in Moscow.
const NOW = "2025-08-10T12:00:00Z";

test.setTimeout(180_000);

let server: MovedServer | undefined;
test.afterEach(() => server?.stop());

test("a kept page goes on counting by the server's clock without a connection, on a phone whose own is years off", async ({ browser }) => {
  server = await startMoved();
  await server.setClock(NOW);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.origin}/ky/countries/kg`);
  const ticking = page.locator("[data-ticking]").first();
  await expect(ticking).toHaveText(/^31 .* 0[89]:\d\d:\d\d$/);
  await expect.poll(() => page.evaluate(async () => Boolean(await caches.match("/ky/countries/kg")))).toBe(true);
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator("p.band[role=status]")).toBeVisible();
  await expect(ticking).toHaveText(/^31 .* 0[89]:\d\d:\d\d$/);
  await context.close();
});

test("where the operator wants no copies, the worker that comes takes away what was kept, and itself", async ({ browser }) => {
  process.env.MUHLAT_OFFLINE_COPY = "off";
  server = await startMoved();
  delete process.env.MUHLAT_OFFLINE_COPY;
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.origin}/api/time`);
  await page.evaluate(async () => void (await (await caches.open("muhlat-kept-1")).put("/en", new Response("kept"))));
  await page.goto(`${server.origin}/en`);
  await expect.poll(() => page.evaluate(() => caches.keys()), { timeout: 60_000 }).toEqual([]);
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  expect((await page.goto(`${server.origin}/en/countries/kg`))?.fromServiceWorker()).toBe(false);
  await context.close();
});
