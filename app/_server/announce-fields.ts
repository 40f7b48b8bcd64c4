import { ALL } from "@/lib/countries/rules";
import type { Deadline } from "@/lib/deadlines/rules";
import type { Event } from "@/lib/events/rules";
import type { SourceContent } from "@/lib/sources/rules";
import { textsAs, textsIn, tickedAs, tickedIn } from "./form-parts";

// Forms are flat, what verbs take is not: here one becomes the other.

const isYes = (said: string | undefined) => (said === "yes" ? true : said === "no" ? false : undefined);
const sourceIn = (typed: Record<string, string>) =>
  Object.fromEntries(
    ["title", "publisher", "speaker", "speaker_role", "published_on", "url"].map((field) => [field, typed[`source.${field}`]]),
  );

/** Whom the boxes name: everybody but the ticked, or the ticked alone; nobody where neither was chosen. */
function whomIn(typed: Record<string, string>) {
  const codes = tickedIn(typed, "country");
  if (typed.whom === "all") return { countries: [ALL], except_countries: codes };
  return { countries: typed.whom === "named" ? codes : [], except_countries: [] };
}

/** Where a deadline stands in its chain: what the product knows and nobody types. */
export type Place = { chain: string; replaces?: string; cancelled: boolean };

/** A deadline as its verb takes it. */
export const deadlineSent = (typed: Record<string, string>, place: Place) => ({
  ...place,
  ...whomIn(typed),
  scope_as_reported: isYes(typed.scope_as_reported),
  measure: typed.measure,
  falls_on: typed.falls_on,
  zone: typed.zone,
  day_counts: isYes(typed.day_counts),
  basis: textsIn(typed, "basis"),
  basis_url: typed.basis_url,
  consequence: textsIn(typed, "consequence"),
  afterwards: textsIn(typed, "afterwards"),
  source: sourceIn(typed),
});

/** An event as its verb takes it. */
export const eventSent = (typed: Record<string, string>) => ({
  happened_on: typed.happened_on,
  kind: typed.kind,
  countries: whomIn(typed).countries,
  measures: typed.kind === "break" ? tickedIn(typed, "measure_of") : [],
  what: textsIn(typed, "what"),
  source: sourceIn(typed),
});

const yesNo = (said: boolean) => (said ? "yes" : "no");

/** What a source says of itself, by input name. */
export const typedSource = (source: SourceContent): Record<string, string> => ({
  "source.title": source.title,
  "source.publisher": source.publisher ?? "",
  "source.speaker": source.speaker ?? "",
  "source.speaker_role": source.speakerRole ?? "",
  "source.published_on": source.publishedOn ?? "",
  "source.url": source.url ?? "",
});

function typedWhom({ countries, exceptCountries }: { countries: string[]; exceptCountries: string[] }) {
  const all = countries.includes(ALL);
  return { whom: all ? "all" : "named", ...tickedAs("country", all ? exceptCountries : countries) };
}

/** Whom a deadline binds, what it counts, where its day ends and what follows: what an extension begins with. */
export const typedFrame = (deadline: Deadline): Record<string, string> => ({
  ...typedWhom(deadline),
  scope_as_reported: yesNo(deadline.scopeAsReported),
  measure: deadline.measure,
  zone: deadline.zone,
  day_counts: yesNo(deadline.dayCounts),
  ...textsAs("consequence", deadline.consequence),
  ...textsAs("afterwards", deadline.afterwards),
});

/** A deadline as its form shows it, by input name. */
export const typedDeadline = (deadline: Deadline): Record<string, string> => ({
  ...typedFrame(deadline),
  falls_on: deadline.fallsOn,
  basis_url: deadline.basisUrl ?? "",
  ...textsAs("basis", deadline.basis),
});

/** An event as its form shows it, by input name. */
export const typedEvent = (event: Event): Record<string, string> => ({
  happened_on: event.happenedOn.text,
  kind: event.kind,
  ...typedWhom({ countries: event.countries, exceptCountries: [] }),
  ...tickedAs("measure_of", event.measures),
  ...textsAs("what", event.what),
});
