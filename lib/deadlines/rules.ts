import { ALL, concerns, countryCodes } from "../countries/rules";
import { dayIn, daysBetween, endOfDay, startOfDay } from "../moments/rules";

const HOUR = 3_600_000;

/** A text in some of the five languages. */
export type Texts = Partial<Record<"en" | "ru" | "ky" | "uz" | "tg", string>>;

export type Deadline = {
  statementId: string;
  revision: number;
  chain: string;
  replaces: string | null;
  cancelled: boolean;
  countries: string[];
  exceptCountries: string[];
  scopeAsReported: boolean;
  measure: "gray_list" | "black_list";
  fallsOn: string;
  zone: string;
  dayCounts: boolean;
  /** First instant at which it has passed. */
  endsAt: Date;
  basis: Texts;
  basisUrl: string | null;
  consequence: Texts;
  afterwards: Texts;
  knownFrom: Date;
  source: { id: string; title: string; publishedOn: string | null; url: string | null };
};

/** The first instant at which a deadline has passed: the end of its day where the day counts, else its beginning. */
export function endsAt(fallsOn: string, zone: string, dayCounts: boolean): Date {
  return dayCounts ? endOfDay(fallsOn, zone) : startOfDay(fallsOn, zone);
}

/** The last day on which one is still in time: `fallsOn`, or the day before where the day itself does not count. */
export function lastDay(deadline: Pick<Deadline, "endsAt" | "zone">): string {
  return dayIn(deadline.zone, new Date(deadline.endsAt.getTime() - 1));
}

/** How many days count as the last ones. */
const LAST_DAYS = 7;

/**
 * Where a deadline stands against the clock; derived, never stored. Days are calendar days in its zone.
 * `hoursLeft`: more than so many whole hours are left.
 */
export type DeadlineState =
  | { state: "ahead" | "last_days"; daysLeft: number }
  | { state: "today"; hoursLeft: number }
  | { state: "passed"; daysAgo: number }
  | { state: "extended"; to: string }
  | { state: "cancelled" };

/**
 * Where a deadline stands at an instant.
 * @param chain all deadlines of its chain that are known
 */
export function stateOf(deadline: Deadline, chain: readonly Deadline[], now: Date): DeadlineState {
  const next = chain.find((d) => d.replaces === deadline.statementId);
  if (deadline.cancelled || next?.cancelled) return { state: "cancelled" };
  if (next) return { state: "extended", to: lastDay(next) };
  const today = dayIn(deadline.zone, now);
  const last = lastDay(deadline);
  if (now >= deadline.endsAt) return { state: "passed", daysAgo: daysBetween(last, today) };
  const daysLeft = daysBetween(today, last);
  if (daysLeft === 0) return { state: "today", hoursLeft: Math.ceil((deadline.endsAt.getTime() - now.getTime()) / HOUR) - 1 };
  return { state: daysLeft <= LAST_DAYS ? "last_days" : "ahead", daysLeft };
}

/**
 * Where a deadline stands on a calendar day, as days are counted in its own zone: on its last day it is `today`, on the
 * next one `passed`. Follows from the day alone, and so is the same at whatever hour it is asked.
 * @param day an ISO day
 */
export const stateOn = (deadline: Deadline, chain: readonly Deadline[], day: string): DeadlineState =>
  stateOf(deadline, chain, startOfDay(day, deadline.zone));

/**
 * The instant at which what `stateOf` says of a standing deadline becomes another: the next midnight of its
 * zone, on its last day the next full hour before the end, and the end itself. Undefined where nothing changes any more.
 */
export function turnsAt(deadline: Deadline, now: Date): Date | undefined {
  const state = stateOf(deadline, [deadline], now);
  if (state.state === "today") return new Date(deadline.endsAt.getTime() - state.hoursLeft * HOUR);
  return deadline.cancelled ? undefined : endOfDay(dayIn(deadline.zone, now), deadline.zone);
}

/** One obligation through its extensions: the deadline that now stands, and those it replaced, newest first. */
export type Chain = { chain: string; standing: Deadline; replaced: Deadline[] };

/** What the record keeps of a chain: how many revisions of its members, withdrawn ones too, and when the newest was written. */
export type ChainRecord = { revisions: number; lastRecordedAt: Date };

/** The statements that a deadline replaces, each by the next, the latest first. */
function replacedBy(deadline: Deadline, chain: readonly Deadline[]): string[] {
  const ids: string[] = [];
  for (let id = deadline.replaces; id !== null && !ids.includes(id); ) {
    ids.push(id);
    const earlier = id;
    id = chain.find((d) => d.statementId === earlier)?.replaces ?? null;
  }
  return ids;
}

/**
 * What of a chain stands for a country: those that bind it and that none binding it has replaced, the
 * one known last in front. An extension that leaves a country out leaves the earlier deadline standing for it.
 */
function standingFor(chain: readonly Deadline[], country: string): Deadline[] {
  const binding = chain.filter((d) => concerns(d, country));
  const replaced = new Set(binding.flatMap((d) => replacedBy(d, chain)));
  return binding.filter((d) => !replaced.has(d.statementId)).sort((a, b) => b.knownFrom.getTime() - a.knownFrom.getTime());
}

/** The deadline, or its cancelling, that took a deadline's place for a country; of several the one known first. */
export function replacementFor(deadline: Deadline, deadlines: readonly Deadline[], country: string): Deadline | undefined {
  const chain = deadlines.filter((d) => d.chain === deadline.chain);
  const later = chain.filter((d) => concerns(d, country) && replacedBy(d, chain).includes(deadline.statementId));
  return later.sort((a, b) => a.knownFrom.getTime() - b.knownFrom.getTime() || a.endsAt.getTime() - b.endsAt.getTime())[0];
}

/** The chains that bind a country, those still ahead first, the nearest first; then the passed, the latest first. */
export function chainsFor(deadlines: readonly Deadline[], country: string, now: Date): Chain[] {
  const chains: Chain[] = [];
  for (const [chain, members] of groupByChain(deadlines)) {
    const [standing] = standingFor(members, country);
    if (!standing) continue;
    const others = members.filter((d) => d !== standing && concerns(d, country));
    chains.push({ chain, standing, replaced: others.sort((a, b) => b.endsAt.getTime() - a.endsAt.getTime()) });
  }
  return chains.sort((a, b) => nearestFirst(a.standing, b.standing, now));
}

/** Those still ahead first, the nearest first; then the passed and the cancelled, the latest first. */
function nearestFirst(a: Deadline, b: Deadline, now: Date): number {
  const ahead = (d: Deadline) => d.endsAt > now && !d.cancelled;
  if (ahead(a) !== ahead(b)) return ahead(a) ? -1 : 1;
  const gap = a.endsAt.getTime() - b.endsAt.getTime();
  return ahead(a) ? gap : -gap;
}

/** Every deadline that stands for somebody, with those for whom it does; in the order of `chainsFor`. */
export function standingChains(deadlines: readonly Deadline[], now: Date): (Chain & { whom: Whom })[] {
  const found = [...groupByChain(deadlines)].flatMap(([chain, members]) =>
    standings(members).map(({ deadline, whom }) => {
      const others = members.filter((d) => d !== deadline && share(d, whom));
      return { chain, standing: deadline, replaced: others.sort((a, b) => b.endsAt.getTime() - a.endsAt.getTime()), whom };
    }),
  );
  return found.sort((a, b) => nearestFirst(a.standing, b.standing, now));
}

/** Deadlines by the chain they belong to, in the order given. */
export function groupByChain(deadlines: readonly Deadline[]): Map<string, Deadline[]> {
  const groups = new Map<string, Deadline[]>();
  for (const deadline of deadlines) groups.set(deadline.chain, [...(groups.get(deadline.chain) ?? []), deadline]);
  return groups;
}

/** Whom something binds, as it is said: ALL with its exceptions, or countries by name. */
export type Whom = { countries: string[]; exceptCountries: string[] };

/** Whether two bind some country in common. */
export const share = (one: Whom, other: Whom): boolean => countryCodes.some((c) => concerns(one, c) && concerns(other, c));

/** Whether a deadline, added to its chain or put in its own place there, would be the second that stands for some country. */
export function bindsTwice(chain: readonly Deadline[], next: Deadline): boolean {
  const members = withMember(chain, next);
  return countryCodes.some((country) => {
    const standing = standingFor(members, country);
    return standing.length > 1 && standing.includes(next);
  });
}

/** A chain with one member more, or with that member in place of its earlier revision. */
export const withMember = (chain: readonly Deadline[], next: Deadline): Deadline[] => [
  ...chain.filter((d) => d.statementId !== next.statementId),
  next,
];

/** What holds for each country, told once for all the countries it holds for alike. */
function byCountry<T extends object>(told: (country: string) => T | undefined): (T & { whom: Whom })[] {
  const groups = new Map<string, { told: T; countries: Set<string> }>();
  for (const country of countryCodes) {
    const found = told(country);
    if (!found) continue;
    const key = JSON.stringify(found);
    const group = groups.get(key) ?? { told: found, countries: new Set() };
    groups.set(key, group);
    group.countries.add(country);
  }
  return [...groups.values()].map(({ told, countries }) => ({
    ...told,
    whom: countries.has(ALL)
      ? { countries: [ALL], exceptCountries: countryCodes.filter((code) => !countries.has(code)) }
      : { countries: [...countries], exceptCountries: [] },
  }));
}

/** The deadlines of a chain that stand, each with those for whom it does, so by statement. */
export function standings(chain: readonly Deadline[]): { deadline: Deadline; whom: Whom }[] {
  const found = byCountry((country) => {
    const [standing] = standingFor(chain, country);
    return standing && { statementId: standing.statementId };
  });
  return found.flatMap(({ statementId, whom }) => {
    const deadline = chain.find((d) => d.statementId === statementId);
    return deadline ? [{ deadline, whom }] : [];
  });
}

/** What becomes of a deadline for some countries; days are the last ones on which one is still in time. */
export type Change =
  | { code: "new" | "again" | "ends" | "stays" | "other_zone"; day: string }
  | { code: "moves"; from: string; day: string }
  | { code: "other_list"; day: string; measure: Deadline["measure"] };

/**
 * What changes for whom when a chain becomes another: those for whom it stays the same are told last, and
 * beside others only. Empty where nobody's deadline changes.
 */
export function whatChanges(before: readonly Deadline[], after: readonly Deadline[]): (Change & { whom: Whom })[] {
  const changes = byCountry((country) => changeFrom(standingFor(before, country)[0], standingFor(after, country)[0]));
  const changed = changes.filter(({ code }) => code !== "stays");
  return changed.length === 0 ? [] : [...changed, ...changes.filter(({ code }) => code === "stays")];
}

function changeFrom(before: Deadline | undefined, after: Deadline | undefined): Change | undefined {
  const stood = before && !before.cancelled;
  if (!after || after.cancelled) return stood ? { code: "ends", day: lastDay(before) } : undefined;
  const day = lastDay(after);
  if (!stood) return { code: before ? "again" : "new", day };
  if (before.measure !== after.measure) return { code: "other_list", day, measure: after.measure };
  if (lastDay(before) !== day) return { code: "moves", from: lastDay(before), day };
  return { code: before.endsAt.getTime() === after.endsAt.getTime() ? "stays" : "other_zone", day };
}
