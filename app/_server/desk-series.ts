import type { Database } from "@/db/client";
import { latestOf } from "@/lib/explore/read";
import { measureCodes } from "@/lib/measures/rules";
import { type Standing, standings } from "@/lib/snapshots/due";
import { lastSaid } from "@/lib/snapshots/nearby";
import { today } from "@/lib/vintage";

/** How every series of some countries stands, however long it is: only what was said last of it is read, and its figure in front. */
export async function standingsOf(db: Database, countries: readonly string[], now: Date): Promise<Standing[]> {
  const vintage = today(now);
  const last = await lastSaid(db, countries, measureCodes, vintage);
  const inFront = await Promise.all(
    measureCodes.map(async (measure) => {
      const those = last.filter((s) => s.measure === measure).map(({ country }) => country);
      return those.length > 0 ? [...(await latestOf(db, measure, vintage, those)).values()].map(({ newest }) => newest) : [];
    }),
  );
  const statements = new Map([...last, ...inFront.flat()].map((s) => [s.statementId, s]));
  return standings(countries, measureCodes, [...statements.values()], now);
}
