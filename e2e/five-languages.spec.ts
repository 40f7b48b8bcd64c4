import { languages } from "../lib/i18n/languages";
import { wordsFor } from "../lib/i18n/words";
import { ageOf, momentOf } from "../lib/moments/rules";
import { expect, test } from "./fixtures";

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

for (const language of languages) {
  test(`a phone in ${language}: figure, qualifier, age, source, deadline, trend and table of three countries`, async ({ page }) => {
    const words = wordsFor(language);
    const { t } = words;
    await page.setViewportSize({ width: 360, height: 740 });
    const region = async (measure: "gray_list" | "black_list") =>
      plain(await page.getByRole("region", { name: t(`measures.${measure}`), exact: true }).innerText());
    const age = async (measure: "gray_list" | "black_list") =>
      plain(
        await page
          .getByRole("region", { name: t(`measures.${measure}`), exact: true })
          .locator(".age")
          .first()
          .innerText(),
      );
    const since = (asOf: string) => plain(words.age(ageOf(momentOf(asOf), new Date())));
    const deadline = async () => plain(await page.getByRole("region", { name: t("deadline.heading"), exact: true }).innerText());

    await page.goto(`/${language}/countries/kg`);
    expect(await deadline()).toContain(plain(words.day("2025-09-10")));
    expect(await deadline()).toMatch(/\d{3}/);
    expect(await deadline()).toContain(plain(t("deadline.noLater")));
    const kyrgyz = await region("gray_list");
    for (const figure of [
      { qualifier: "about", value: 113_000 },
      { qualifier: "exact", value: 73_278 },
      { qualifier: "more_than", value: 128_497 },
    ] as const)
      expect(kyrgyz).toContain(plain(words.figure(figure)));
    expect(kyrgyz).toContain(plain(words.moment({ text: "2025-07-22/2025-07-25" })));
    expect(kyrgyz).toContain("Bakyt Asanaliyev");
    expect(await age("gray_list")).toBe(since("2026-01-30"));
    const picture = page.getByRole("img", { name: t("measures.gray_list") }).first();
    await expect(picture).toHaveAttribute("aria-label", /\d/);
    expect(await page.getByRole("table").first().getByRole("row").count()).toBeGreaterThanOrEqual(12);

    await page.goto(`/${language}/countries/tj`);
    const tajik = await region("gray_list");
    expect(tajik).toContain(plain(words.figure({ qualifier: "more_than", value: 150_000 })));
    expect(tajik).toContain(plain(words.moment({ text: "2025-11" })));
    expect(await age("gray_list")).toBe(since("2025-11"));
    expect(tajik).toContain("Labour Ministry of Tajikistan");
    expect(await region("black_list")).toContain(plain(t("figure.nothing", { day: words.day("2025-02-05") })));

    await page.goto(`/${language}/countries/am`);
    expect(await region("gray_list")).toContain(plain(t("figure.nothing", { day: words.day("2025-02-05") })));
    expect(await deadline()).toContain(plain(words.day("2025-09-10")));
  });
}
