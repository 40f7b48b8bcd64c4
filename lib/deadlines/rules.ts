import { concerns } from "../countries/rules";
import { dayIn, daysBetween, endOfDay, startOfDay } from "../moments/rules";

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

/** Where a deadline stands against the clock; derived, never stored. Days are calendar days in its zone. */
export type DeadlineState =
  | { state: "ahead" | "last_days"; daysLeft: number }
  | { state: "today" }
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
  if (daysLeft === 0) return { state: "today" };
  return { state: daysLeft <= LAST_DAYS ? "last_days" : "ahead", daysLeft };
}

/** One obligation through its extensions: the deadline that now stands, and those it replaced, newest first. */
export type Chain = { chain: string; standing: Deadline; replaced: Deadline[] };

/** The chains that bind a country, those still ahead first, the nearest first; then the passed, the latest first. */
export function chainsFor(deadlines: readonly Deadline[], country: string, now: Date): Chain[] {
  const byChain = groupByChain(deadlines);
  const chains: Chain[] = [];
  for (const [chain, members] of byChain) {
    const replaced = new Set(members.map((d) => d.replaces));
    const standing = members.filter((d) => !replaced.has(d.statementId)).sort((a, b) => b.knownFrom.getTime() - a.knownFrom.getTime())[0];
    if (!standing || !concerns(standing, country)) continue;
    chains.push({
      chain,
      standing,
      replaced: members.filter((d) => d !== standing).sort((a, b) => b.endsAt.getTime() - a.endsAt.getTime()),
    });
  }
  const ahead = (c: Chain) => c.standing.endsAt > now && !c.standing.cancelled;
  return chains.sort((a, b) => {
    if (ahead(a) !== ahead(b)) return ahead(a) ? -1 : 1;
    const gap = a.standing.endsAt.getTime() - b.standing.endsAt.getTime();
    return ahead(a) ? gap : -gap;
  });
}

function groupByChain(deadlines: readonly Deadline[]): Map<string, Deadline[]> {
  const groups = new Map<string, Deadline[]>();
  for (const deadline of deadlines) groups.set(deadline.chain, [...(groups.get(deadline.chain) ?? []), deadline]);
  return groups;
}
