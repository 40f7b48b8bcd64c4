import type { Database } from "@/db/client";
import { listedCountries } from "@/lib/countries/read";
import { concerns, countryCodes } from "@/lib/countries/rules";
import { knownDeadlines } from "@/lib/deadlines/read";
import { type Deadline, replacementFor } from "@/lib/deadlines/rules";
import { knownEvents } from "@/lib/events/read";
import type { Event } from "@/lib/events/rules";
import { momentOf } from "@/lib/moments/rules";
import { statementsAround } from "@/lib/snapshots/nearby";
import { countriesWith } from "@/lib/snapshots/read";
import type { Snapshot } from "@/lib/snapshots/rules";
import { type BackTest, backTest, lastOutcome } from "@/lib/trends/rules/back-test";
import { breaksOf, trendOf } from "@/lib/trends/rules/pieces";
import type { Vintage } from "@/lib/vintage";

/** What there was of one deadline for one country. */
export type CountryTest = { country: string; test: BackTest };

/** One past deadline with what there was of it for each country that it bound, and those that took its place for anybody. */
export type DeadlineTest = { deadline: Deadline; replacements: Deadline[]; countries: CountryTest[] };

/** What a deadline is tried with for a country. */
export const statementsTried = (db: Database, { measure, knownFrom, endsAt }: Deadline, country: string, vintage: Vintage) =>
  statementsAround(db, country, measure, { knownFrom, to: lastOutcome(endsAt) }, vintage);

/**
 * One deadline tried for one country.
 * @param series every statement about the deadline's stock and that country, restated ones too
 */
export function testOf(
  deadline: Deadline,
  country: string,
  record: { deadlines: readonly Deadline[]; events: readonly Event[]; series: readonly Snapshot[] },
): BackTest {
  const replacement = replacementFor(deadline, record.deadlines, country);
  const breaks = breaksOf(record.events, country, deadline.measure);
  const told = replacement?.source.publishedOn;
  const moved = replacement && { replacedFrom: replacement.knownFrom, movedFrom: told ? momentOf(told).from : replacement.knownFrom };
  const { endsAt, knownFrom } = deadline;
  return backTest(record.series, { endsAt, knownFrom, ...moved }, (known) => trendOf(known, breaks));
}

/**
 * Every past deadline, the latest first, tried for each country that it bound: those listed, and those of which
 * something was said or that it names.
 * @param vintage what is known today
 */
export async function backTestRecord(db: Database, vintage: Vintage, now: Date): Promise<DeadlineTest[]> {
  const deadlines = await knownDeadlines(db, vintage);
  const replacements = ({ statementId }: Deadline) => deadlines.filter((d) => d.replaces === statementId);
  const past = deadlines.filter((d) => !d.cancelled && (d.endsAt <= now || replacements(d).length > 0));
  const events = await knownEvents(db, vintage);
  const listed = (await listedCountries(db, vintage)).map(({ code }) => code);
  const tests = new Map(past.map((deadline) => [deadline, [] as CountryTest[]]));
  for (const measure of new Set(past.map((d) => d.measure))) {
    const said = await countriesWith(db, measure, countryCodes, vintage);
    const bound = past.filter((d) => d.measure === measure);
    for (const country of new Set([...listed, ...said, ...bound.flatMap((d) => d.countries)])) {
      // One that was extended for others only may still be ahead for these.
      for (const deadline of bound.filter((d) => concerns(d, country) && (d.endsAt <= now || replacementFor(d, deadlines, country)))) {
        // One series at a time: with many countries all of them together would not be held.
        const series = said.includes(country) ? await statementsTried(db, deadline, country, vintage) : [];
        tests.get(deadline)?.push({ country, test: testOf(deadline, country, { deadlines, events, series }) });
      }
    }
  }
  return past
    .sort((a, b) => b.endsAt.getTime() - a.endsAt.getTime())
    .map((deadline) => ({ deadline, replacements: replacements(deadline), countries: tests.get(deadline) ?? [] }));
}
