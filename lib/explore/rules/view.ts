import { countryFromAddress } from "../../countries/rules";
import { isMeasure, type Measure } from "../../measures/rules";
import { parseMoment } from "../../moments/rules";
import { today, type Vintage, vintageFrom } from "../../vintage";

/** What is made of each figure: the number itself, per 1,000 citizens present, against a day's (100), the change a day between two. */
export const READINGS = ["absolute", "per_1000", "index", "change"] as const;
export type Reading = (typeof READINGS)[number];

export const SCALES = ["linear", "log"] as const;
export const FACETS = ["one", "each"] as const;
export const AXES = ["own", "shared"] as const;
export const SHOWN = ["chart", "table"] as const;
/** By what the countries to choose from are ordered: name, newest figure, its age, the change before it. */
export const ORDERS = ["name", "value", "age", "change"] as const;
export type Order = (typeof ORDERS)[number];

/** More countries than this make neither a picture nor a table that anyone reads. */
export const MOST_COUNTRIES = 24;

/** Everything an explore page shows, as its address says it. What is undefined or empty is the default. */
export type View = {
  /** Upper-case codes, each once; empty means all of which something is known. */
  countries: readonly string[];
  measure: Measure;
  /** Moments (day, month or year) that bound what is shown, both included. */
  from: string | undefined;
  to: string | undefined;
  reading: Reading;
  /** The day of the index. */
  at: string | undefined;
  scale: (typeof SCALES)[number];
  facet: (typeof FACETS)[number];
  axis: (typeof AXES)[number];
  vintage: Vintage | undefined;
  show: (typeof SHOWN)[number];
  order: Order;
  /** Part of a country's name that is looked for among those to choose from. */
  find: string;
};

export const START: View = {
  countries: [],
  measure: "gray_list",
  from: undefined,
  to: undefined,
  reading: "absolute",
  at: undefined,
  scale: "linear",
  facet: "one",
  axis: "own",
  vintage: undefined,
  show: "chart",
  order: "name",
  find: "",
};

/** The parameters of the address, in the order in which they are written. */
export const PARAMETERS = ["c", "m", "from", "to", "v", "at", "scale", "facet", "y", "known", "recorded", "view", "sort", "find"] as const;
export type Parameter = (typeof PARAMETERS)[number];

/** A part of an address that says nothing we know; the default stands in its place. */
export type NotUnderstood = { parameter: Parameter; said: string };

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const LONGEST_FIND = 60;
const isDay = (text: string) => parseMoment(text)?.precision === "day";
const isBound = (text: string) => ["day", "month", "year"].includes(parseMoment(text)?.precision ?? "");
const among =
  <T extends string>(list: readonly T[]) =>
  (text: string): text is T =>
    list.some((one) => one === text);

/**
 * Reads an explore address. What it does not understand is told, never guessed: the default is shown instead.
 * @param query as the address has it; an empty value is no value, countries may be one value with commas or several
 * @param now vintages may not lie after it
 */
export function viewFrom(query: Query, now: Date): { view: View; notUnderstood: NotUnderstood[] } {
  const notUnderstood: NotUnderstood[] = [];
  const values = (name: Parameter) => [query[name] ?? []].flat().filter((value) => value !== "");
  const refuse = (parameter: Parameter, said: string) => void notUnderstood.push({ parameter, said: said.slice(0, 60) });
  const one = <T extends string>(name: Parameter, fallback: T, may: (text: string) => text is T): T => {
    const [value, ...more] = values(name);
    if (value === undefined) return fallback;
    if (more.length === 0 && may(value)) return value;
    refuse(name, values(name).join(","));
    return fallback;
  };
  const maybe = (name: Parameter, may: (text: string) => boolean) => one(name, "", (text): text is string => may(text)) || undefined;

  const said = values("c").flatMap((value) => value.split(","));
  const countries = [...new Set(said.flatMap((part) => countryFromAddress(part) ?? []))];
  for (const part of said) if (!countryFromAddress(part)) refuse("c", part);
  for (const code of countries.splice(MOST_COUNTRIES)) refuse("c", code.toLowerCase());

  const [from, to] = [maybe("from", isBound), one("to", "latest", (text): text is string => text === "latest" || isBound(text))];
  const bounds = [parseMoment(from ?? ""), parseMoment(to)];
  const backwards = bounds[0] && bounds[1] && bounds[0].from >= bounds[1].to;
  if (backwards) refuse("to", to);

  const known = maybe("known", (text) => vintageFrom(text, undefined, now) !== undefined);
  const recorded = maybe("recorded", (text) => vintageFrom(known ?? "2000-01-01", text, now) !== undefined);
  // Our own record is pinned on top of a day that is: today's where none is named.
  const vintage = known || recorded ? vintageFrom(known ?? today(now).knownOn, recorded, now) : undefined;
  return {
    view: {
      countries,
      measure: one("m", START.measure, isMeasure),
      from,
      to: to === "latest" || backwards ? undefined : to,
      reading: one("v", START.reading, among(READINGS)),
      at: maybe("at", isDay),
      scale: one("scale", START.scale, among(SCALES)),
      facet: one("facet", START.facet, among(FACETS)),
      axis: one("y", START.axis, among(AXES)),
      vintage,
      show: one("view", START.show, among(SHOWN)),
      order: one("sort", START.order, among(ORDERS)),
      find: (values("find")[0] ?? "").trim().slice(0, LONGEST_FIND),
    },
    notUnderstood,
  };
}

/** The parameters that differ from the default, in one order, so that what is the same has the same address. */
export function parametersOf(view: View): [Parameter, string][] {
  const said: Record<Parameter, string | undefined> = {
    c: view.countries.map((code) => code.toLowerCase()).join(","),
    m: view.measure,
    from: view.from,
    to: view.to,
    v: view.reading,
    at: view.at,
    scale: view.scale,
    facet: view.facet,
    y: view.axis,
    known: view.vintage?.knownOn,
    recorded: view.vintage?.recordedAt?.toISOString(),
    view: view.show,
    sort: view.order,
    find: view.find,
  };
  const usual: Partial<Record<Parameter, string>> = {
    m: START.measure,
    v: START.reading,
    scale: START.scale,
    facet: START.facet,
    y: START.axis,
    view: START.show,
    sort: START.order,
  };
  return PARAMETERS.flatMap((name): [Parameter, string][] => {
    const value = said[name];
    return value && value !== usual[name] ? [[name, value]] : [];
  });
}

/** What stands behind the path of an address: `?c=kg,tj&v=index`, empty for the default. */
export function queryOf(view: View): string {
  const parts = parametersOf(view).map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2C", ",")}`);
  return parts.length > 0 ? `?${parts.join("&")}` : "";
}

/**
 * The same view for ever: its countries named, and pinned to a day and an instant. What only helps to choose is left out.
 * @param countries those that it shows
 */
export function lastingView(view: View, countries: readonly string[], pinned: Required<Vintage>): View & { vintage: Required<Vintage> } {
  return { ...view, countries, vintage: pinned, order: START.order, find: START.find };
}

/** The two instants that bound what a view shows, half-open; undefined where it shows all there is. */
export function boundsOfView(view: Pick<View, "from" | "to">): { from: Date | undefined; to: Date | undefined } {
  return { from: parseMoment(view.from ?? "")?.from, to: parseMoment(view.to ?? "")?.to };
}
