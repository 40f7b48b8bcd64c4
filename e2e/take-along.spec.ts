import { languages } from "../lib/i18n/languages";
import { wordsFor } from "../lib/i18n/words";
import { expect, expectNoAxeViolations, test } from "./fixtures";

for (const language of languages) {
  test(`in ${language} one takes the calendar, the feeds and a message along`, async ({ page, request, baseURL }) => {
    const words = wordsFor(language);
    const { t } = words;
    await page.setViewportSize({ width: 320, height: 700 });
    await page.goto(`/${language}/countries/kg`);
    const block = page.getByRole("region", { name: t("takeAlong.title") });
    const link = (name: string) => block.getByRole("link", { name, exact: true });
    const address = `${baseURL}/calendar/kg.ics?lang=${language}`;
    await expect(link(t("takeAlong.subscribe"))).toHaveAttribute("href", address.replace("http:", "webcal:"));
    await expect(link(t("takeAlong.download"))).toHaveAttribute("href", address);
    for (const part of await block.locator("a, button, summary").all()) {
      if (!(await part.isVisible())) continue;
      expect((await part.boundingBox())?.height, await part.innerText()).toBeGreaterThanOrEqual(44);
    }

    const calendar = await request.get(address);
    expect(calendar.status()).toBe(200);
    expect(calendar.headers()).toMatchObject({
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": `inline; filename="muhlat-kg-${language}.ics"`,
      "cache-control": "public, max-age=0, must-revalidate",
    });
    expect(calendar.headers()["set-cookie"]).toBeUndefined();
    const text = (await calendar.text()).replaceAll("\r\n ", "");
    expect(text).toContain("DTEND;TZID=Europe/Moscow:20250910T235900");
    expect(text).toContain(words.country("KG"));
    for (const [ending, type] of [
      ["atom", "application/atom+xml; charset=utf-8"],
      ["json", "application/feed+json; charset=utf-8"],
    ] as const) {
      await expect(block.locator(`a[href="/feed/kg.${ending}?lang=${language}"]`)).toBeVisible();
      const feed = await request.get(`/feed/kg.${ending}?lang=${language}`);
      expect(feed.headers()["access-control-allow-origin"]).toBe("*");
      expect(feed.status()).toBe(200);
      expect(feed.headers()["content-type"]).toBe(type);
      expect(await feed.text()).toContain(words.day("2025-09-10"));
    }

    // The own language is open, the others are folded; each is whole and leads to its own page.
    const own = block.locator(`textarea[lang=${language}]`);
    await expect(own).toBeVisible();
    for (const other of languages) {
      const message = block.locator(`textarea[lang=${other}]`);
      if (other !== language) await expect(message).toBeHidden();
      const lines = (await message.inputValue()).split("\n");
      expect(lines[0]).toContain(wordsFor(other).day("2025-09-10"));
      expect(lines.at(-1)).toBe(`${baseURL}/${other}/countries/kg`);
    }
    const whole = await own.inputValue();
    const ways = block.locator(".message").first();
    const href = async (name: string) => new URL((await ways.getByRole("link", { name, exact: true }).getAttribute("href")) ?? "");
    expect((await href(t("takeAlong.sms"))).searchParams.get("body")).toBe(whole);
    expect((await href("WhatsApp")).searchParams.get("text")).toBe(whole);
    expect((await href("Telegram")).searchParams.get("url")).toBe(`${baseURL}/${language}/countries/kg`);
    await block.locator("summary").first().click();
    await expect(block.locator("details textarea").first()).toBeVisible();
    expect(await page.locator("html").evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(320);
    await expectNoAxeViolations(page);
  });
}

test("the page of one deadline has them too, and its message leads back to it", async ({ page, baseURL }) => {
  const { t } = wordsFor("uz");
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto("/uz/deadlines/ru-regularisation");
  const block = page.getByRole("region", { name: t("takeAlong.title") });
  await expect(block.getByRole("link", { name: t("takeAlong.download") })).toHaveAttribute("href", `${baseURL}/calendar/all.ics?lang=uz`);
  expect((await block.locator("textarea").first().inputValue()).split("\n").at(-1)).toBe(`${baseURL}/uz/deadlines/ru-regularisation`);
  expect(await page.locator("html").evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(320);
  await expectNoAxeViolations(page);
});

test("copying and sharing work where script runs, and are not offered where it does not", async ({ page, context }, info) => {
  const { t } = wordsFor("tg");
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  if (info.project.use.javaScriptEnabled === false) {
    await page.goto("/tg/countries/tj");
    await expect(page.getByRole("region", { name: t("takeAlong.title") })).toBeVisible();
    for (const name of ["copy", "share", "print"] as const) await expect(button(t(`takeAlong.${name}`))).toHaveCount(0);
    return;
  }
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/tg/countries/tj");
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await button(t("takeAlong.copy")).click();
  await expect(page.locator(".message [role=status]").first()).toHaveText(t("takeAlong.copied"));
  expect(await clipboard()).toBe(await page.locator("textarea").first().inputValue());

  // No list of programs to share with on this machine: the address is copied, and that is said.
  await page.evaluate(() => Reflect.deleteProperty(Navigator.prototype, "share"));
  await button(t("takeAlong.share")).click();
  await expect(page.locator(".take-along > [role=status]")).toHaveText(t("takeAlong.addressCopied"));
  expect(await clipboard()).toBe(page.url());
  await expectNoAxeViolations(page);

  // A phone that has one is handed title and address.
  await page.evaluate(() => {
    const shared: unknown[] = [];
    Object.assign(window, { shared });
    Object.defineProperty(navigator, "share", { value: async (what: unknown) => void shared.push(what), configurable: true });
  });
  await button(t("takeAlong.share")).click();
  expect(await page.evaluate(() => (window as unknown as { shared: unknown[] }).shared)).toEqual([
    { title: await page.title(), url: page.url() },
  ]);

  // Without a clipboard for pages the text is selected and copied the old way.
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true }));
  await page.locator("summary").first().click();
  await page.locator("details [data-copy]").first().click();
  await expect(page.locator("details [role=status]").first()).toHaveText(t("takeAlong.copied"));
});

test("an address that names no calendar or feed is a 404 in plain words", async ({ request }) => {
  for (const [address, said] of [
    ["/calendar/xx.ics", wordsFor("en").t("calendar.missing")],
    ["/calendar/KG.ics?lang=ky", wordsFor("ky").t("calendar.missing")],
    ["/calendar/kg.ics?lang=de", wordsFor("ru").t("calendar.missing")],
    ["/calendar/kg.ical", wordsFor("ru").t("calendar.missing")],
    ["/calendar/kg", wordsFor("ru").t("calendar.missing")],
    ["/feed/ru.atom?lang=uz", wordsFor("uz").t("feed.missing")],
    ["/feed/kg.rss", wordsFor("ru").t("feed.missing")],
    ["/feed/kg.json.atom", wordsFor("ru").t("feed.missing")],
  ] as const) {
    const answer = await request.get(address, { headers: { "accept-language": address === "/calendar/xx.ics" ? "en" : "ru" } });
    expect(answer.status(), address).toBe(404);
    expect(answer.headers()["content-type"]).toBe("text/plain; charset=utf-8");
    expect(await answer.text()).toBe(`${said}\n`);
  }
  expect(await (await request.get("/calendar/kg.ics")).text()).toContain("X-WR-CALNAME:Kyrgyzstan");
  expect((await request.get("/calendar/all.ics?lang=ky")).status()).toBe(200);
});
