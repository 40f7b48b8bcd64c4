import { aPage, Flood, PAGES, somethingDear } from "../tests/setup/flood";
import { type Instances, nthStatement, openInstances, sendStatement } from "../tests/setup/instances";
import { CENTRAL } from "../tests/setup/record";
import { type Desk, letIn } from "./desks";
import { expect, test } from "./fixtures";
import { freePort } from "./free-port";

// Far more is asked than can be answered: what is dear is refused in words, pages are not, and staff and programs go on.

const DEAR_AT_ONCE = 80;
const PAGES_AT_ONCE = 20;

let instances: Instances;
let origin = "";

test.describe.configure({ mode: "serial", timeout: 240_000 });
test.beforeAll(async () => {
  test.setTimeout(180_000);
  instances = await openInstances([await freePort()], undefined, { TRUST_PROXY: "1", MUHLAT_STARTER_RECORD: "load" });
  origin = instances.publicOrigin;
});
test.afterAll(() => instances?.close());

test("while the public floods, pages are answered, staff record, a program writes, and what is dear is refused for a moment", async ({
  browser,
}) => {
  const context = await browser.newContext({ locale: "en" });
  const page = await context.newPage();
  await letIn(context, { db: instances.staff, origin } as Desk, CENTRAL.personId, "en");
  // Pages are there already, as on any day.
  for (const address of PAGES) await fetch(origin + address);
  const dear = new Flood(origin, DEAR_AT_ONCE, somethingDear, 200);
  const pages = new Flood(origin, PAGES_AT_ONCE, aPage, 200);
  try {
    await expect.poll(() => dear.flooded.statuses.get(503) ?? 0, { timeout: 30_000 }).toBeGreaterThan(20);

    await page.goto(`${origin}/staff/record`);
    await page.getByLabel("Title of the article").fill("A briefing in the flood");
    await page.getByLabel("Published on").fill("2026-03-02");
    await page.getByLabel("Country of citizenship").selectOption("BY");
    await page.getByLabel("What is counted", { exact: true }).selectOption("gray_list");
    await page.getByLabel("As of", { exact: true }).fill("2026-02-20");
    await page.getByLabel("Figure", { exact: true }).fill("34500");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("Recorded and public.")).toBeVisible({ timeout: 60_000 });

    for (const n of [1, 2, 3, 4, 5]) {
      const { status, text } = await sendStatement(origin, instances.token, nthStatement(n).statement);
      expect(status, text).toBe(201);
    }
    await expect
      .poll(async () => (await fetch(`${origin}/en/countries/by`)).text(), { timeout: 15_000 })
      .toContain("A briefing in the flood");
  } finally {
    await context.close();
    const [refused, shown] = await Promise.all([dear.stop(), pages.stop()]);
    expect([...shown.statuses.keys()]).toEqual([200]);
    // Each is answered: with what was asked for, that there is no such thing, or that one should come again, and when.
    expect([...refused.statuses.keys()].filter((status) => ![200, 404, 503].includes(status))).toEqual([]);
    expect([refused.withoutRetry, (refused.statuses.get(200) ?? 0) > 0]).toEqual([0, true]);
  }
  // Nobody was in trouble: a page never asked for is there at once, and no request broke.
  const after = await fetch(`${origin}/ky/countries/fr`);
  expect([after.status, after.headers.has("age")]).toEqual([200, false]);
  expect(instances.all[0]?.said()).not.toMatch(/could not be answered|not handled/);
});
