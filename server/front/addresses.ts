import { countryFromAddress, isCountry } from "@/lib/countries/rules";
import { PARAMETERS, queryOf, viewFrom } from "@/lib/explore/rules/view";
import { isLanguage, type Language, languages } from "@/lib/i18n/languages";
import { isMeasure } from "@/lib/measures/rules";

/** What a part of an address, or a value behind its question mark, may be. */
type Part = (text: string) => boolean;

/**
 * An address whose answer may be kept. `key` names the document, and is what the pages are asked for. `many`: there is
 * no end of documents of its kind, so they have a little room of their own. `named`: it names something of which the
 * pages alone know whether there is such a thing.
 */
export type Address = { key: string; path: string; language: Language; many: boolean; named: boolean };

const country: Part = (text) => countryFromAddress(text) !== undefined;
const language: Part = isLanguage;
/** Which ids there are is known to the pages alone: what they answer with 200 is kept, and nothing else. */
const id: Part = (text) => /^[a-z0-9][a-z0-9-]{0,79}$/.test(text);
const day: Part = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text);
const recorded: Part = (text) => /^\d{4}-\d{2}-\d{2}T[\d:.]{5,15}(?:Z|[+-]\d{2}:\d{2})$/.test(text);
const file: Part = (text) => /^(?:figures|figures-excel|chart)\.(?:csv|xlsx|json|svg|png)$/.test(text);
const parts: Record<string, Part> = { language, country, id, day, file };

/**
 * Every address whose answer may be kept, a line each: its path and what may stand behind the question mark.
 * What else stands there makes no other document, but for `never`, which leads elsewhere. `view`: what an
 * explore address may say. `alone`: anything else beside it is refused by who answers, so it is asked.
 */
const KEPT: readonly { path: string; query?: Record<string, Part>; never?: string; view?: true; alone?: true; many?: true }[] = [
  { path: "/{language}" },
  { path: "/{language}/countries/{country}", never: "recorded" },
  { path: "/{language}/deadlines" },
  { path: "/{language}/deadlines/{id}" },
  { path: "/{language}/days" },
  { path: "/{language}/snapshots/{id}" },
  { path: "/{language}/corrections" },
  { path: "/{language}/method" },
  { path: "/{language}/back-test" },
  { path: "/{language}/data" },
  { path: "/{language}/ledger" },
  { path: "/{language}/embed/countdown", query: { country } },
  { path: "/{language}/embed/chart", query: { country }, never: "c" },
  { path: "/{language}/embed/chart", view: true, many: true },
  { path: "/{language}/explore", view: true, many: true },
  { path: "/{language}/explore/{file}", view: true, alone: true, many: true },
  { path: "/{language}/as-known/{day}/countries/{country}", query: { recorded }, many: true },
  { path: "/{language}/as-known/{day}/snapshots/{id}", query: { recorded }, many: true },
  { path: "/feed/ledger.atom", query: { lang: language } },
  { path: "/feed/{country}.atom", query: { lang: language } },
  { path: "/feed/{country}.json", query: { lang: language } },
  { path: "/calendar/{country}.ics", query: { lang: language } },
  { path: "/og/{country}.png", query: { lang: language, deadline: id } },
  { path: "/manifest.webmanifest", query: { lang: language } },
  { path: "/sitemap.xml" },
  { path: "/api/v1/openapi.json", alone: true },
  { path: "/api/v1/countries", alone: true },
  { path: "/api/v1/measures", alone: true },
  { path: "/api/v1/latest", query: { measure: isMeasure }, alone: true },
  { path: "/api/v1/deadlines", query: { country: isCountry }, alone: true },
  { path: "/api/v1/events", query: { country: isCountry }, alone: true },
];

const PART = /\{(\w+)\}/g;
const routes = KEPT.map(({ path, query = {}, never, view = false, alone = false, many = false }) => ({
  shape: new RegExp(`^${path.replaceAll(".", "\\.").replace(PART, "([a-z0-9.-]+)")}$`),
  parts: [...path.matchAll(PART)].map(([, name = ""]) => parts[name] ?? (() => false)),
  query: Object.entries(query),
  never,
  view,
  alone,
  many,
}));

/** The key of what is asked; undefined where a value is none that there is, or said twice. */
function keyOf(path: string, asked: URLSearchParams, query: [string, Part][]): string | undefined {
  const said: string[] = [];
  for (const [name, may] of query) {
    const [value, ...more] = asked.getAll(name);
    if (value === undefined) continue;
    if (!may(value) || more.length > 0) return undefined;
    said.push(`${name}=${value}`);
  }
  return said.length > 0 ? `${path}?${said.join("&")}` : path;
}

/** The key of what an explore address asks for; undefined where it says something nobody knows, or only helps to choose. */
function keyOfView(path: string, asked: URLSearchParams): string | undefined {
  const said = Object.fromEntries(PARAMETERS.map((name) => [name, asked.getAll(name)]));
  const { view, notUnderstood } = viewFrom(said, new Date());
  return notUnderstood.length > 0 || view.find !== "" ? undefined : path + queryOf(view);
}

/** The document that a request's address names; undefined where it names none that may be kept. */
export function addressOf(url: string): Address | undefined {
  const [path = "", query = ""] = url.split("?", 2);
  if (path.length > 200) return undefined;
  for (const route of routes) {
    const found = route.shape.exec(path);
    if (!found?.slice(1).every((text, index) => route.parts[index]?.(text))) continue;
    const asked = new URLSearchParams(query);
    if (route.never && asked.has(route.never)) continue;
    const names: readonly string[] = route.view ? PARAMETERS : route.query.map(([name]) => name);
    if (route.alone && [...asked.keys()].some((name) => !names.includes(name))) return undefined;
    const key = route.view ? keyOfView(path, asked) : keyOf(path, asked, route.query);
    const spoken = [path.split("/")[1] ?? "", asked.get("lang") ?? ""].find(isLanguage);
    const named = route.parts.includes(id) || route.query.some(([name, may]) => may === id && asked.has(name));
    return key === undefined ? undefined : { key, path, language: spoken ?? "en", many: route.many, named };
  }
  return undefined;
}

/** The pages that are asked for before anybody else does: where most people arrive. */
export const firstAsked: readonly string[] = languages.map((code) => `/${code}`);
