import type { Database } from "@/db/client";
import { listedCountries } from "@/lib/countries/read";
import { concerns } from "@/lib/countries/rules";
import { knownDeadlines } from "@/lib/deadlines/read";
import { type Deadline, replacementFor } from "@/lib/deadlines/rules";
import { knownEvents } from "@/lib/events/read";
import type { Event } from "@/lib/events/rules";
import { momentOf } from "@/lib/moments/rules";
import { countriesWith, statementsOf } from "@/lib/snapshots/read";
import type { Snapshot } from "@/lib/snapshots/rules";
import { type BackTest, backTest } from "@/lib/trends/rules/back-test";
import { breaksOf, trendOf } from "@/lib/trends/rules/pieces";
import type { Vintage } from "@/lib/vintage";

/** What there was of one deadline for one country. */
export type CountryTest = { country: string; test: BackTest };

/** One past deadline with what there was of it for each country that it bound, and those that took its place for anybody. */
export type DeadlineTest = { deadline: Deadline; replacements: Deadline[]; countries: CountryTest[] };

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

/** Every statement about some stocks, by stock and country; one query for each pair that has any. */
async function seriesOf(db: Database, measures: readonly Deadline["measure"][], vintage: Vintage): Promise<Map<string, Snapshot[]>> {
  const series = new Map<string, Snapshot[]>();
  for (const measure of measures)
    for (const country of await countriesWith(db, measure, vintage))
      series.set(`${measure} ${country}`, await statementsOf(db, country, measure, vintage));
  return series;
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
  const series = await seriesOf(db, [...new Set(past.map((d) => d.measure))], vintage);
  const listed = (await listedCountries(db, vintage)).map(({ code }) => code);
  const said = [...series.keys()].map((key) => key.split(" ")[1] ?? "");
  return past
    .sort((a, b) => b.endsAt.getTime() - a.endsAt.getTime())
    .map((deadline) => ({
      deadline,
      replacements: replacements(deadline),
      countries: [...new Set([...listed, ...said, ...deadline.countries])]
        .filter((country) => concerns(deadline, country))
        .map((country) => ({
          country,
          test: testOf(deadline, country, { deadlines, events, series: series.get(`${deadline.measure} ${country}`) ?? [] }),
        })),
    }));
}
