import { parse } from "node:querystring";
import { afterEach, expect, test, vi } from "vitest";
import { embedCodes } from "@/app/_server/embed-codes";
import { countryCodes } from "@/lib/countries/rules";
import { languages } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";

afterEach(() => vi.unstubAllEnvs());

const attribute = (code: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(code)?.[1];

test.each(languages)("the lines to copy in %s are one frame each, whatever the country is called", (language) => {
  vi.stubEnv("PUBLIC_URL", "https://muhlat.example");
  for (const country of countryCodes)
    for (const [index, { code }] of embedCodes(country, wordsFor(language)).entries()) {
      expect(code).toMatch(/^<iframe( [a-z]+="[^"<>]*")+><\/iframe>$/);
      const address = new URL(attribute(code, "src") ?? "");
      expect(address.origin).toBe("https://muhlat.example");
      expect(address.pathname).toBe(`/${language}/embed/${["countdown", "chart"][index]}`);
      expect(parse(address.search.slice(1))).toEqual({ country: country.toLowerCase() });
      expect(attribute(code, "title")?.replaceAll("&amp;", "&")).toContain(wordsFor(language).country(country));
      expect(attribute(code, "loading")).toBe("lazy");
    }
});
