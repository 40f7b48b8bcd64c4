import { mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { announceDeadline } from "@/lib/deadlines/write";
import { act } from "@/lib/ledger/write";
import { type Language, languages } from "../lib/i18n/languages";
import { type Words, wordsFor } from "../lib/i18n/words";
import { dayIn, endOfDay, MOSCOW } from "../lib/moments/rules";
import { accepted, deadline, source } from "../tests/setup/record";
import { type Desk, openDesk } from "./desks";
import { test as base, expect, expectNoAxeViolations } from "./fixtures";
import { addStaff, CENTRAL } from "./full-desk";

/** The folder for pictures of every state, where somebody wants to look at them; else nothing is pictured. */
const PICTURES = process.env.MUHLAT_PICTURES;

const DAY = 86_400_000;
const inDays = (days: number) => dayIn(MOSCOW, new Date(Date.now() + days * DAY));

const test = base.extend<object, { desk: Desk }>({
  desk: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture rests on.
    async ({}, use) => {
      const desk = await openDesk("skip");
      await addStaff(desk.db, CENTRAL.personId);
      await use(desk);
      await desk.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ desk }, use) => use(desk.origin),
});

let announcements = 0;
async function announce(desk: Desk, more: Record<string, unknown>): Promise<string> {
  announcements += 1;
  const sent = deadline({
    chain: `chain-${announcements}`,
    basis: { en: `Decree ${announcements}`, ru: `Указ ${announcements}` },
    consequence: { ru: "Выдворение" },
    source: source(`Gazette ${announcements}`),
    ...more,
  });
  return accepted(await act(desk.db, (tx) => announceDeadline(tx, CENTRAL, sent, new Date())));
}

type State = {
  name: string;
  country: string;
  class: string;
  make: (desk: Desk) => Promise<unknown>;
  words: (words: Words) => string;
};

const STATES: State[] = [
  { name: "none known", country: "KZ", class: "none", make: async () => {}, words: ({ t }) => t("deadline.none") },
  {
    name: "ahead",
    country: "AM",
    class: "ahead",
    make: (desk) => announce(desk, { countries: ["AM"], falls_on: inDays(31) }),
    words: ({ t }) => t("deadline.ahead", { count: 31 }),
  },
  {
    name: "last days",
    country: "BY",
    class: "last_days",
    make: (desk) => announce(desk, { countries: ["BY"], falls_on: inDays(3), scope_as_reported: true }),
    words: ({ t }) => t("deadline.last_days", { count: 3 }),
  },
  {
    name: "today, where the day itself no longer counts",
    country: "AZ",
    class: "today",
    make: (desk) => announce(desk, { countries: ["AZ"], falls_on: inDays(1), day_counts: false }),
    words: ({ t }) => t("deadline.today", { hours: 5 }).split(":")[0] ?? "",
  },
  {
    name: "passed",
    country: "MD",
    class: "passed",
    make: (desk) => announce(desk, { countries: ["MD"], falls_on: inDays(-40) }),
    words: ({ t }) => t("deadline.passed", { count: 40 }),
  },
  {
    name: "extended",
    country: "UZ",
    class: "ahead",
    make: async (desk) => {
      const replaces = await announce(desk, { chain: "extended", countries: ["UZ"], falls_on: inDays(-2) });
      await announce(desk, { chain: "extended", countries: ["UZ"], falls_on: inDays(60), replaces });
    },
    words: ({ t, day }) => t("deadline.extendedFrom", { day: day(inDays(-2)) }),
  },
  {
    name: "cancelled",
    country: "TJ",
    class: "cancelled",
    make: async (desk) => {
      const replaces = await announce(desk, { chain: "cancelled", countries: ["TJ"], falls_on: inDays(20) });
      await announce(desk, { chain: "cancelled", countries: ["TJ"], falls_on: inDays(20), replaces, cancelled: true });
    },
    words: ({ t }) => t("deadline.cancelled"),
  },
];

const plain = (text: string) => text.replaceAll(/\s+/g, " ");

async function picture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  const looks = [
    { look: "light", colorScheme: "light", media: "screen" },
    { look: "dark", colorScheme: "dark", media: "screen" },
    { look: "print", colorScheme: "light", media: "print" },
  ] as const;
  for (const { look, ...media } of looks)
    for (const width of [360, 1280]) {
      await page.emulateMedia(media);
      await page.setViewportSize({ width, height: 740 });
      await page.screenshot({ path: path.join(PICTURES, `${name.replaceAll(/[^a-z]+/g, "_")}-${look}-${width}.png`) });
    }
  await page.emulateMedia({ colorScheme: "light", media: "screen" });
}

async function shows(page: Page, { name, country, class: kind, words }: State, language: Language): Promise<void> {
  await page.goto(`/${language}/countries/${country.toLowerCase()}`);
  const card = page.locator("article.deadline");
  await expect(card).toHaveClass(new RegExp(`deadline-${kind}\\b`));
  expect(plain(await card.innerText()), `${name} in ${language}`).toContain(plain(words(wordsFor(language))));
  await picture(page, `${name} ${language}`);
  await page.setViewportSize({ width: 320, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth), `${name} in ${language}`).toBeLessThanOrEqual(320);
}

test.describe.configure({ mode: "serial" });

// What is made on one day and looked at on the next stands otherwise: near midnight in Moscow it is waited for.
const LONGEST = 90_000;
test.beforeEach(async () => {
  const left = endOfDay(inDays(0), MOSCOW).getTime() - Date.now();
  if (left > LONGEST) return;
  test.setTimeout(4 * LONGEST);
  await sleep(left + 1000);
});

test("an empty record: home, deadlines and a country say that nothing is known, in five languages", async ({ page }) => {
  for (const language of languages) {
    const { t } = wordsFor(language);
    for (const where of ["", "/deadlines"]) {
      await page.goto(`/${language}${where}`);
      await expect(page.locator("article.deadline-none")).toContainText(t("deadlinePages.none"));
    }
    await page.goto(`/${language}/countries/kg`);
    await expect(page.locator("article.deadline-none")).toContainText(t("deadline.none"));
    await expect(page.getByRole("main")).toContainText(t("figure.nothingAtAll"));
  }
  await picture(page, "empty");
  await expectNoAxeViolations(page);
});

for (const state of STATES)
  test(`${state.name}: in words and by its sign, in five languages`, async ({ page, desk }) => {
    await state.make(desk);
    for (const language of languages) await shows(page, state, language);
    await expectNoAxeViolations(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectNoAxeViolations(page);
  });

test("a text that exists in Russian alone stands in Russian, marked, on a page in Kyrgyz", async ({ page }) => {
  await page.goto("/ky/countries/am");
  const text = page.locator('span[lang="ru"]', { hasText: "Выдворение" });
  await expect(text).toBeVisible();
  await expect(page.getByRole("main")).toContainText(wordsFor("ky").t("site.otherLanguage", { language: "Русский" }));
});
