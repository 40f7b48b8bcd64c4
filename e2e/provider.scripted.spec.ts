import type { Page } from "@playwright/test";
import { act } from "@/lib/ledger/write";
import { invitePerson } from "@/lib/staff/write";
import { openProvider } from "../tests/setup/provider";
import { accepted, addPeople, CENTRAL } from "../tests/setup/record";
import { type Desk, openDesk } from "./desks";
import { test as base, expect } from "./fixtures";
import { freePort } from "./free-port";

// Through a real OpenID provider on this machine, by the forms and redirects that a browser follows, under the pages' own policy.

type Opened = { desk: Desk; provider: Awaited<ReturnType<typeof openProvider>>; link: string };
const test = base.extend<object, { opened: Opened }>({
  opened: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture rests on.
    async ({}, use) => {
      const port = await freePort();
      const origin = `http://127.0.0.1:${port}`;
      const provider = await openProvider(origin, `${origin}/staff/provider/logout`);
      const settings = { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: provider.client.id, OIDC_CLIENT_SECRET: provider.client.secret };
      Object.assign(process.env, settings, { OIDC_NAME: "the ministry" });
      const desk = await openDesk("skip", "127.0.0.1", port);
      for (const name of [...Object.keys(settings), "OIDC_NAME"]) delete process.env[name];
      await addPeople(desk.db, CENTRAL);
      const sent = { name: "Aigul", email: "aigul@example.org", role: "recorder", countries: ["KG"], language: "en" };
      const { token } = accepted(await act(desk.db, (tx) => invitePerson(tx, CENTRAL, sent)));
      await use({ desk, provider, link: token });
      await desk.close();
      await provider.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ opened }, use) => use(opened.desk.origin),
  // The provider is another host, and its own pages are its own affair.
  context: async ({ browser, opened }, use) => {
    const context = await browser.newContext({ baseURL: opened.desk.origin });
    await use(context);
    await context.close();
  },
});

const signedIn = (page: Page) => expect(page.getByText("Signed in as Aigul")).toBeVisible();
const through = (page: Page) => page.getByRole("button", { name: /the ministry/ }).click();

test("bound by an admin's link, signed in, signed out on both sides, signed out by the provider; a stranger is refused", async ({
  page,
  opened: { provider, link },
}) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && /Content Security Policy/.test(message.text())) complaints.push(message.text());
  });

  // Whoever has the same e-mail there, and no link, is nobody here.
  provider.next.visitor = { account: "aigul" };
  await page.goto("/staff/sign-in?to=/staff");
  await through(page);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("bound to nobody here");

  await page.goto(`/staff/set-up?link=${link}`);
  await through(page);
  await signedIn(page);

  await page.getByText("Signed in as").click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(`${provider.issuer}/**`);
  await page.getByRole("button", { name: /sign me out/i }).click();
  await expect(page.getByRole("button", { name: /the ministry/ })).toBeVisible();
  await page.goto("/staff");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();

  await through(page);
  await signedIn(page);
  // At the provider, in another tab: it tells us by itself.
  const there = await page.context().newPage();
  await there.goto(`${provider.issuer}/session/end`);
  await there.getByRole("button", { name: /sign me out/i }).click();
  await expect
    .poll(async () => {
      await page.goto("/staff");
      return page.getByRole("heading", { name: "Sign in" }).isVisible();
    })
    .toBe(true);

  provider.next.visitor = { account: "somebody-else" };
  await through(page);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("bound to nobody here");
  expect(complaints).toEqual([]);
});
