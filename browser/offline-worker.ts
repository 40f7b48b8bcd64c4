import type { Language } from "@/lib/i18n/languages";
import { isPart, isWorthKeeping, KEPT, keepPage, keptTitles, languageOfPage } from "./shared/kept-pages";
import { type OfflineWords, unkeptPage, withBand } from "./shared/offline-words";

// Types are those of a browser's window; the few things a worker has of its own are named here.
type Lasting = Event & { waitUntil: (done: Promise<unknown>) => void };
type Installing = Lasting & { addRoutes?: (routes: object[]) => Promise<void> };
type Fetching = Lasting & { request: Request; respondWith: (answer: Promise<Response>) => void };
type Told = Lasting & { data: unknown; source: { url?: string } | null };
const worker = self as unknown as {
  location: Location;
  skipWaiting: () => Promise<void>;
  clients: { claim: () => Promise<void> };
  /** Written in front of this file by the server (app/sw.js/route.ts). */
  muhlatWords: Record<Language, OfflineWords>;
};

const on = <E extends Event>(name: string, act: (event: E) => void) => addEventListener(name, (event) => act(event as E));

/** Staff and programs are never answered from here; browsers that can be told so do not even wake this worker for them. */
const NOT_OURS = ["/staff*", "/api/*"].map((urlPattern) => ({ condition: { urlPattern }, source: "network" }));

on<Installing>("install", (event) => {
  event.addRoutes?.(NOT_OURS).catch(() => {});
  event.waitUntil(worker.skipWaiting());
});

async function takeOver(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith("muhlat-") && name !== KEPT) await caches.delete(name);
  await worker.clients.claim();
}
on<Lasting>("activate", (event) => event.waitUntil(takeOver()));

/** One after the other, so that two pages opened at once do not tidy each other away. */
let keeping: Promise<void> = Promise.resolve();

function keep(pathname: string, page: Response): Promise<void> {
  const isPage = page.ok && !page.redirected && (page.headers.get("content-type") ?? "").startsWith("text/html");
  // A phone whose storage is full keeps nothing, and reads on.
  if (isPage) keeping = keeping.then(async () => keepPage(await caches.open(KEPT), pathname, page)).catch(() => {});
  return keeping;
}

const html = (text: string) => new Response(text, { headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" } });

/** What stands for a page that cannot be fetched: its copy, which says of when it is, or the way to the copies there are. */
async function fromCopies(pathname: string): Promise<Response> {
  const cache = await caches.open(KEPT);
  const pages = await keptTitles(cache);
  const language = languageOfPage(pathname) ?? languageOfPage(pages[0]?.path ?? "") ?? "en";
  if (pathname === "/") return Response.redirect(`/${language}`, 302);
  const words = worker.muhlatWords[language];
  const copy = isWorthKeeping(pathname) ? await cache.match(pathname) : undefined;
  if (!copy) return html(unkeptPage(language, words, pages));
  // The server's time, which a phone set wrong does not change.
  return html(withBand(await copy.text(), words, new Date(copy.headers.get("date") ?? Date.now())));
}

async function page(event: Fetching, pathname: string): Promise<Response> {
  let fresh: Response;
  try {
    fresh = await fetch(event.request);
  } catch {
    return fromCopies(pathname);
  }
  if (isWorthKeeping(pathname)) event.waitUntil(keep(pathname, fresh.clone()));
  return fresh;
}

async function part(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request)) ?? Response.error();
  }
}

on<Fetching>("fetch", (event) => {
  const request = event.request;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== worker.location.origin) return;
  const pathname = address.pathname;
  if (request.mode === "navigate") {
    if (pathname === "/" || languageOfPage(pathname)) event.respondWith(page(event, pathname));
  } else if (isPart(pathname) && languageOfPage(new URL(request.referrer || address.origin).pathname)) event.respondWith(part(request));
});

/** A page that was there before this worker asks to be kept. */
on<Told>("message", (event) => {
  const pathname = new URL(event.source?.url ?? worker.location.href).pathname;
  if (event.data !== "keep" || !isWorthKeeping(pathname)) return;
  event.waitUntil(fetch(pathname, { cache: "force-cache", credentials: "omit" }).then((answer) => keep(pathname, answer)));
});
