import type { Database } from "@/db/client";
import { listedCountries } from "@/lib/countries/read";
import { concerns } from "@/lib/countries/rules";
import { chainRecords, knownDeadlines } from "@/lib/deadlines/read";
import { newlyRecorded } from "@/lib/snapshots/newest";
import { today } from "@/lib/vintage";

/** So many figures are named, the newest: there may be millions, and older ones are found from their countries. */
const FIGURES = 1000;

/** A page behind its language, and when what it tells was last recorded, where that is known. */
export type SitePage = { path: string; changed?: Date | undefined };

const newest = (instants: readonly (Date | undefined)[]): Date | undefined =>
  instants.reduce((a, b) => (a && b ? (a > b ? a : b) : (a ?? b)), undefined);

/** The pages of countries, deadlines and figures, as search engines are told of them. */
export async function pagesOf(db: Database, now: Date): Promise<{ pages: SitePage[]; figures: SitePage[] }> {
  const vintage = today(now);
  const countries = await listedCountries(db, vintage);
  const deadlines = await knownDeadlines(db, vintage);
  const chains = await chainRecords(db);
  const figures = await newlyRecorded(db, vintage, FIGURES);
  const changedAt = (code: string) => {
    const told = figures.find(({ country }) => country === code)?.recordedAt;
    const binding = deadlines.filter((deadline) => concerns(deadline, code)).map(({ chain }) => chains.get(chain)?.lastRecordedAt);
    // What was recorded before the oldest figure of these is not known here.
    return told && newest([told, ...binding]);
  };
  return {
    pages: [
      ...countries.map(({ code }) => ({ path: `/countries/${code.toLowerCase()}`, changed: changedAt(code) })),
      ...[...new Set(deadlines.map(({ chain }) => chain))].map((chain) => ({
        path: `/deadlines/${encodeURIComponent(chain)}`,
        changed: chains.get(chain)?.lastRecordedAt,
      })),
    ],
    figures: figures.map(({ statementId, recordedAt }) => ({
      path: `/snapshots/${encodeURIComponent(statementId)}`,
      changed: recordedAt,
    })),
  };
}
