import type { Language } from "@/lib/i18n/languages";

// Written for browsers of 2019: no destructuring, no methods that came later.

/** The shape in which pages are kept; another number, and everything of the one before is thrown away. */
export const KEPT = "muhlat-kept-1";

/** How many pages are kept at most: the ones last visited. */
export const MOST_PAGES = 12;

const PUBLIC = /^\/(ky|tg|uz|ru|en)(?=\/|$)(?!\/embed\/)/;
/** What a visitor reads on the way: home, countries, deadlines, their own days. */
const WORTH_KEEPING = /^\/[a-z]{2}(\/countries\/[a-z]+|\/deadlines(\/[^/]+)?|\/days)?$/;

/** The language of a public page's address; undefined where it is no such page, or one made to be framed. */
export function languageOfPage(pathname: string): Language | undefined {
  const found = PUBLIC.exec(pathname);
  return found ? (found[1] as Language) : undefined;
}

/** Whether a page is one of those that are kept. */
export const isWorthKeeping = (pathname: string): boolean => PUBLIC.test(pathname) && WORTH_KEEPING.test(pathname);

/** Whether a file is one that pages need to look and count as they do: styles, and modules of our own. */
export const isPart = (pathname: string): boolean => /^\/_next\/static\/.+\.css$|^\/js\/.+\.js$/.test(pathname);

/** The addresses of such files that a page names. */
export function partsOf(html: string): string[] {
  const named = (html.match(/<(?:link|script)\b[^>]*>/g) || []).map((tag) => /\s(?:href|src)="([^"]+)"/.exec(tag)?.[1] ?? "");
  return named.filter((address, index) => isPart(address) && named.indexOf(address) === index);
}

const pathOf = (request: Request) => new URL(request.url).pathname;

/** The pages that are kept, the one last visited in front. */
export async function keptPages(cache: Cache): Promise<Request[]> {
  return (await cache.keys()).filter((request) => isWorthKeeping(pathOf(request))).reverse();
}

async function textOf(cache: Cache, request: Request): Promise<string> {
  const kept = await cache.match(request);
  return kept ? kept.text() : "";
}

async function addPart(cache: Cache, part: string): Promise<void> {
  if (await cache.match(part)) return;
  const answer = await fetch(part, { cache: "force-cache", credentials: "omit" });
  if (answer.ok) await cache.put(part, answer);
}

/** Throws away the pages over the limit, the oldest first, and the files that none of the others names. */
async function tidy(cache: Cache): Promise<void> {
  const pages = await keptPages(cache);
  for (const page of pages.splice(MOST_PAGES)) await cache.delete(page);
  const needed = new Set<string>();
  for (const page of pages) for (const part of partsOf(await textOf(cache, page))) needed.add(part);
  for (const file of await cache.keys()) if (isPart(pathOf(file)) && !needed.has(pathOf(file))) await cache.delete(file);
}

/** Keeps a page and what it needs; it is now the one last visited. */
export async function keepPage(cache: Cache, pathname: string, page: Response): Promise<void> {
  for (const part of partsOf(await page.clone().text())) await addPart(cache, part);
  await cache.delete(pathname);
  await cache.put(pathname, page);
  await tidy(cache);
}

/** Addresses and titles of the pages that are kept, the one last visited in front; titles as they stand in HTML. */
export async function keptTitles(cache: Cache): Promise<{ path: string; title: string }[]> {
  const titles: { path: string; title: string }[] = [];
  for (const page of await keptPages(cache)) {
    const found = /<title>([^<]*)<\/title>/.exec(await textOf(cache, page));
    titles.push({ path: pathOf(page), title: found?.[1] || pathOf(page) });
  }
  return titles;
}
