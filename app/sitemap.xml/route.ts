import { PAGES } from "@/app/_components/public-frame";
import { sentence, wordsAsked } from "@/app/_server/copy-answer";
import { fromRecord, requestTime } from "@/app/_server/public-page";
import { pagesOf, type SitePage } from "@/app/_server/site-pages";
import { languages } from "@/lib/i18n/languages";
import { originOf, readSettings } from "@/settings";

export const dynamic = "force-dynamic";

const changedIn = ({ changed }: SitePage) => (changed ? `<lastmod>${changed.toISOString()}</lastmod>` : "");

/** One page in each language, with the same page in each. */
function entries(origin: string, page: SitePage): string[] {
  const others = languages.map((code) => `<xhtml:link rel="alternate" hreflang="${code}" href="${origin}/${code}${page.path}"/>`);
  return languages.map((code) => `<url><loc>${origin}/${code}${page.path}</loc>${changedIn(page)}${others.join("")}</url>`);
}

/** The same, shorter: the pages of figures name each other themselves. */
const shortEntries = (origin: string, page: SitePage): string[] =>
  languages.map((code) => `<url><loc>${origin}/${code}${page.path}</loc>${changedIn(page)}</url>`);

/** The public pages in five languages. 503 where the record cannot be read. */
export async function GET(request: Request): Promise<Response> {
  const found = await fromRecord((db) => pagesOf(db, requestTime()));
  if (!found) return sentence(503, wordsAsked(request).t("unavailable.title"));
  const origin = originOf(readSettings());
  const always = [...PAGES.map(([path]) => path), "/back-test"].map((path): SitePage => ({ path }));
  const all = [
    ...[...always, ...found.pages].flatMap((page) => entries(origin, page)),
    ...found.figures.flatMap((page) => shortEntries(origin, page)),
  ];
  const namespaces = `xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"`;
  return new Response(`<?xml version="1.0" encoding="UTF-8"?>\n<urlset ${namespaces}>\n${all.join("\n")}\n</urlset>\n`, {
    headers: { "Content-Type": "application/xml; charset=utf-8", "Cache-Control": "public, max-age=0, must-revalidate" },
  });
}

export { GET as HEAD };
