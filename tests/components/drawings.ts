import { SaxesParser } from "saxes";
import { shownIn } from "@/app/_server/explore-files/shown";
import type { ExploreRecord } from "@/app/_server/explore-record";
import type { Event } from "@/lib/events/rules";
import { plotted } from "@/lib/explore/rules/plotted";
import { START, type View } from "@/lib/explore/rules/view";
import type { Language } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { momentOf } from "@/lib/moments/rules";
import type { Snapshot } from "@/lib/snapshots/rules";
import { figureOf, knownOn } from "../snapshots/statements";

export const ORIGIN = "https://example.org";
export const NOW = new Date("2026-03-01T09:00:00Z");

export const breakOn = (day: string, what: string): Event => ({
  statementId: `break-${day}`,
  happenedOn: momentOf(day),
  kind: "break",
  countries: ["ALL"],
  measures: ["gray_list"],
  what: { en: what },
  source: { id: "s", title: "t", url: null },
});

export function shown(
  series: Record<string, readonly Snapshot[]>,
  language: Language,
  asked: Partial<View> = {},
  events: readonly Event[] = [],
) {
  const view: View = { ...START, countries: Object.keys(series), ...asked };
  const record: ExploreRecord = {
    view,
    vintage: { knownOn: "2026-03-01" },
    pinned: { knownOn: "2026-03-01", recordedAt: NOW },
    at: NOW,
    plots: view.countries.map((code) => plotted(code, series[code] ?? [], [], events, view)),
    latest: new Map(),
    events: [...events],
    deadlines: [],
    countries: [...view.countries],
    presents: new Map(),
    removed: new Map(),
    since: undefined,
    news: [],
    earliest: undefined,
    thinned: { drawn: 0, all: 0 },
  };
  return shownIn(record, ORIGIN, wordsFor(language));
}

export const kg = [
  figureOf("2025-02-05/2025-02-28", { qualifier: "about", value: 70_000 }),
  figureOf("2025-07-01/2025-07-05", { qualifier: "about", value: 113_000 }),
  figureOf("2025-09-15", 72_739),
  figureOf("2025-11", { qualifier: "about", value: 124_000 }, knownOn("2026-01-30")),
  figureOf("2025-11", { qualifier: "more_than", value: 128_497 }, knownOn("2025-12-26")),
];
export const tj = [
  figureOf("2025-03-01", 120_000, { country: "TJ" }),
  figureOf("2025-11", { qualifier: "more_than", value: 150_000 }, { country: "TJ" }),
];
export const registry = breakOn("2025-02-05", "The registry opens");

export type Tag = { name: string; attributes: Record<string, string>; text: string };

/** The elements of a drawing; what is not well-formed is an error. */
export function tags(svg: string): Tag[] {
  const all: Tag[] = [];
  const open: Tag[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const tag = { name, attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)])), text: "" };
    all.push(tag);
    open.push(tag);
  });
  parser.on("text", (text) => {
    for (const tag of open) tag.text += text;
  });
  parser.on("closetag", () => void open.pop());
  parser.write(svg).close();
  return all;
}

export const NAMES = new Set(["svg", "title", "style", "rect", "g", "line", "path", "circle", "text", "tspan", "a"]);
