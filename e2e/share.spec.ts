import { languages } from "../lib/i18n/languages";
import { wordsFor } from "../lib/i18n/words";
import { expect, test } from "./fixtures";

const LOCALES = { ky: "ky_KG", tg: "tg_TJ", uz: "uz_UZ", ru: "ru_RU", en: "en_GB" };
const PAGES = [
  { path: "", picture: "/og/all.png", deadline: null },
  { path: "/countries/kg", picture: "/og/kg.png", deadline: null },
  { path: "/deadlines", picture: "/og/all.png", deadline: null },
  { path: "/deadlines/ru-regularisation", picture: "/og/all.png", deadline: "ru-regularisation" },
];

/** Width and height that a PNG says it has. */
function sizeOf(png: Buffer): [number, number] {
  expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

for (const language of languages)
  test(`a chat that is sent a page in ${language} finds title, words and picture in its head, at whole addresses`, async ({
    page,
    request,
    baseURL,
  }) => {
    for (const { path, picture, deadline } of PAGES) {
      await page.goto(`/${language}${path}`);
      const told = async (name: string) =>
        page.locator(`head meta[property="${name}"], head meta[name="${name}"]`).first().getAttribute("content");
      expect(await told("og:url")).toBe(`${baseURL}/${language}${path}`);
      expect(await told("og:locale")).toBe(LOCALES[language]);
      expect(await told("og:site_name")).toBe("Muhlat");
      expect(await told("twitter:card")).toBe("summary_large_image");
      for (const name of ["og:title", "og:description", "og:image:alt"]) expect((await told(name))?.length, name).toBeGreaterThan(3);
      const address = new URL((await told("og:image")) ?? "");
      expect(address.origin + address.pathname).toBe(`${baseURL}${picture}`);
      expect(Object.fromEntries(address.searchParams)).toEqual({ lang: language, ...(deadline ? { deadline } : {}) });
      const answer = await request.get(address.href);
      expect(answer.headers()["content-type"]).toBe("image/png");
      expect(answer.headers()["cache-control"]).toBe("public, max-age=0, must-revalidate");
      expect(answer.headers()["set-cookie"]).toBeUndefined();
      expect(sizeOf(await answer.body())).toEqual([1200, 630]);
    }
  });

test("a picture is in the language asked for, else in English; what is not there is said in words", async ({ request }) => {
  const bytes = async (address: string) => (await (await request.get(address)).body()).toString("base64");
  expect(await bytes("/og/kg.png")).toBe(await bytes("/og/kg.png?lang=en"));
  expect(await bytes("/og/kg.png?lang=ky")).not.toBe(await bytes("/og/kg.png?lang=ru"));
  for (const address of [
    "/og/xx.png",
    "/og/KG.png",
    "/og/kg.png?lang=de",
    "/og/kg.png?lang=",
    "/og/kg.png?deadline=none",
    "/og/ru.png",
    "/og/%00.png",
  ]) {
    const answer = await request.get(address, { headers: { "accept-language": "tg" } });
    expect(answer.status(), address).toBe(404);
    expect(await answer.text(), address).toContain(wordsFor("tg").t("notFound.title"));
  }
});

for (const language of languages)
  test(`the manifest in ${language} has what a phone needs`, async ({ page, request, baseURL }) => {
    await page.goto(`/${language}`);
    const address = await page.locator('link[rel="manifest"]').getAttribute("href");
    const answer = await request.get(address ?? "");
    expect(answer.headers()["content-type"]).toBe("application/manifest+json; charset=utf-8");
    const manifest = await answer.json();
    expect(manifest).toMatchObject({
      id: "/",
      short_name: "Muhlat",
      lang: language,
      start_url: `/${language}`,
      scope: "/",
      display: "standalone",
    });
    expect(manifest.description).toBe(wordsFor(language).t("site.description"));
    for (const colour of [manifest.theme_color, manifest.background_color]) expect(colour).toMatch(/^#[0-9a-f]{6}$/);
    expect(manifest.icons.map((icon: { sizes: string; purpose: string }) => `${icon.sizes} ${icon.purpose}`)).toEqual([
      "192x192 any",
      "512x512 any",
      "512x512 maskable",
    ]);
    for (const { src, sizes } of manifest.icons) expect(sizeOf(await (await request.get(src)).body()).join("x")).toBe(sizes);
    const touch = await page.locator('link[rel="apple-touch-icon"]').getAttribute("href");
    expect(sizeOf(await (await request.get(new URL(touch ?? "", baseURL).href)).body())).toEqual([180, 180]);
  });

test("a manifest in no language of ours opens in the phone's own", async ({ request }) => {
  for (const address of ["/manifest.webmanifest", "/manifest.webmanifest?lang=de"])
    expect(await (await request.get(address)).json()).toMatchObject({ lang: "en", start_url: "/" });
});
