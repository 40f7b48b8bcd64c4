import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { type Desk, openDesk } from "./desks";
import { expectNoAxeViolations } from "./fixtures";
import { addStaff } from "./full-desk";

/** Passkeys are made for a name, which the server that the other specs share does not have. */
const test = base.extend<object, { desk: Desk }>({
  desk: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture rests on.
    async ({}, use) => {
      const desk = await openDesk("skip", "localhost");
      await addStaff(desk.db, "reviewer");
      await use(desk);
      await desk.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ desk }, use) => use(desk.origin),
  locale: "en",
});

/** Gives a browser an authenticator as phones and laptops have one built in; it asks whose hand it is in, and is told. */
async function withAuthenticator(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2",
    transport: "internal",
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } as const;
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", { options });
  const verified = (isUserVerified: boolean) => devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  return { verified };
}

/** The forms that a page sends to an address, so that they can be sent again. */
function watchForms(context: BrowserContext, path: string): string[] {
  const sent: string[] = [];
  context.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith(path)) sent.push(request.postData() ?? "");
  });
  return sent;
}

const desk = (page: Page) => page.getByRole("heading", { level: 1 });
const PASSWORD = "a few words together";

test("a passkey is made as the second factor, used as one, and used alone; no answer counts twice", async ({
  page,
  context,
  desk: own,
}) => {
  const { verified } = await withAuthenticator(page);
  const signIn = async () => {
    await page.goto("/staff/record");
    await page.locator("#email").fill("ibraimova-mambetalieva@consulate.example.org");
    await page.locator("#password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  };
  const signOut = async () => {
    await page.locator(".who summary").click();
    await page.locator(".who form button").last().click();
    await expect(page.locator("#password")).toBeVisible();
  };
  // The person's own language is Russian: the pages speak it from the first factor on.
  await signIn();
  await expectNoAxeViolations(page);
  await page.getByRole("button", { name: "Создать ключ доступа" }).click();
  await expect(page.getByRole("heading", { name: "Ваши резервные коды" })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByRole("link", { name: "Дальше" }).click();
  await expect(desk(page)).toHaveText("Внести данные");
  const rows = await own.db.query.passkeys.findMany();
  expect(rows).toMatchObject([{ personId: "reviewer", device: "Chrome, Windows" }]);

  await signOut();
  await signIn();
  const asSecond = watchForms(context, "/staff/second-factor/passkey");
  await expect(page.getByLabel(/аутентификатора/)).toHaveCount(0);
  await page.getByRole("button", { name: "Использовать ключ доступа" }).click();
  await expect(desk(page)).toHaveText("Внести данные");
  expect(asSecond).toHaveLength(1);

  await signOut();
  const alone = watchForms(context, "/staff/sign-in/passkey");
  await page.goto("/staff/record");
  await verified(false);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "No passkey was used" })).toBeVisible();
  await verified(true);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(desk(page)).toHaveText("Внести данные");

  // Somebody who saw the answer sends it again: it was for one challenge, which is used up.
  await signOut();
  for (const [path, data] of [
    ["/staff/sign-in/passkey", alone[0]],
    ["/staff/sign-in/passkey", asSecond[0]],
  ]) {
    const answer = await page.request.post(path ?? "", {
      data,
      headers: { origin: own.origin, "content-type": "application/x-www-form-urlencoded" },
      maxRedirects: 0,
    });
    expect(answer.headers().location).toMatch(/refused=(passkey|ended)$/);
  }
  await page.goto("/staff");
  await expect(page.locator("#password")).toBeVisible();
});
