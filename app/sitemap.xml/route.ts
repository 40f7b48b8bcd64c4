import { PAGES } from "@/app/_components/public-frame";
import { sentence, wordsAsked } from "@/app/_server/copy-answer";
import { fromRecord, requestTime } from "@/app/_server/public-page";
import { listedCountries } from "@/lib/countries/read";
import { knownDeadlines } from "@/lib/deadlines/read";
import { languages } from "@/lib/i18n/languages";
import { today } from "@/lib/vintage";
import { originOf, readSettings } from "@/settings";

export const dynamic = "force-dynamic";

/** One page in one language, with the same page in each. */
function entry(origin: string, path: string, language: string): string {
  const others = languages.map((code) => `<xhtml:link rel="alternate" hreflang="${code}" href="${origin}/${code}${path}"/>`);
  return `<url><loc>${origin}/${language}${path}</loc>${others.join("")}</url>`;
}

/** The public pages in five languages; figures are found from these, since there may be millions. 503 where the record cannot be read. */
export async function GET(request: Request): Promise<Response> {
  const vintage = today(requestTime());
  const found = await fromRecord(async (db) => ({
    countries: (await listedCountries(db, vintage)).map(({ code }) => `/countries/${code.toLowerCase()}`),
    chains: [...new Set((await knownDeadlines(db, vintage)).map(({ chain }) => `/deadlines/${encodeURIComponent(chain)}`))],
  }));
  if (!found) return sentence(503, wordsAsked(request).t("unavailable.title"));
  const origin = originOf(readSettings());
  const paths = [...PAGES.map(([path]) => path), "/back-test", ...found.countries, ...found.chains];
  const entries = paths.flatMap((path) => languages.map((language) => entry(origin, path, language)));
  const namespaces = `xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"`;
  return new Response(`<?xml version="1.0" encoding="UTF-8"?>\n<urlset ${namespaces}>\n${entries.join("\n")}\n</urlset>\n`, {
    headers: { "Content-Type": "application/xml; charset=utf-8", "Cache-Control": "public, max-age=0, must-revalidate" },
  });
}

export { GET as HEAD };
