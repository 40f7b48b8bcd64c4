import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { recordCountry } from "../countries/write";
import { announceDeadline } from "../deadlines/write";
import { recordEvent } from "../events/write";
import { act } from "../ledger/write";
import { done, type Outcome } from "../outcome";
import { recordSnapshot } from "../snapshots/write";
import { SYSTEM } from "../staff/rules";
import { ensureSystem } from "../staff/write";

type Row = Record<string, string>;

/** The starter record does not pass its own validation: a bug of the release, not of the operator. */
export class StarterRecordError extends Error {}

function rowsOf(folder: string, file: string): Row[] {
  return parse(readFileSync(path.join(folder, file)), { columns: true, bom: true });
}

const list = (text: string | undefined) => (text ? text.split(/[;\s]+/).filter(Boolean) : []);

const sourceOf = (row: Row) => ({
  title: row.source_title,
  publisher: row.source_publisher,
  speaker: row.speaker,
  speaker_role: row.speaker_role,
  published_on: row.published_on,
  url: row.source_url,
});

/** A text of a deadline or an event: English in its own file, the other languages in texts.csv. */
function textsOf(translations: Row[], row: Row, field: string): Row {
  const found = translations.find((t) => t.id === row.id && t.field === field);
  const { id: _id, field: _field, ...others } = found ?? {};
  return { en: row[field] ?? "", ...others };
}

function must<T>(what: string, outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new StarterRecordError(`The starter record was not loaded: ${what}: ${JSON.stringify(outcome.failure)}`);
}

/**
 * Loads the starter record into an empty database, in one transaction and through the same
 * verbs as everything else.
 * @param folder the data files, described in their own README
 * @returns how many statements of each kind were loaded; undefined when the record is not empty
 * @throws StarterRecordError naming the row and field that are refused; nothing is kept then
 */
export async function loadStarterRecord(db: Database, folder: string, now: Date) {
  const loaded = await act(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('muhlat starter record'))`);
    const [state] = await tx.execute<{ empty: boolean }>(
      sql`select not exists (select from record.countries) and not exists (select from record.snapshots) as empty`,
    );
    if (!state?.empty) return done(undefined);
    await ensureSystem(tx);

    const countries = rowsOf(folder, "countries.csv");
    for (const row of countries) {
      const facts = {
        country: row.iso2,
        union_member: row.union_member === "" ? null : row.union_member === "yes",
        zone: row.zone,
        remittances_share_of_gdp: row.remittances_share_of_gdp ? Number(row.remittances_share_of_gdp) : null,
        note: row.note,
      };
      must(`country ${row.iso2}`, await recordCountry(tx, SYSTEM, facts));
    }

    const statements = rowsOf(folder, "statements.csv");
    for (const row of statements) {
      const sent = { ...row, answer: "figure", source: sourceOf(row) };
      must(`statement ${row.id}`, await recordSnapshot(tx, SYSTEM, sent, now, row.id));
    }

    const translations = rowsOf(folder, "texts.csv");
    const deadlines = rowsOf(folder, "deadlines.csv");
    for (const row of deadlines) {
      const sent = {
        chain: row.chain,
        replaces: row.replaces,
        countries: list(row.applies_to),
        scope_as_reported: row.scope === "as_reported",
        measure: row.measure,
        falls_on: row.falls_on,
        zone: row.zone,
        day_counts: row.day_counts === "yes",
        basis: textsOf(translations, row, "basis"),
        basis_url: row.basis_url,
        consequence: textsOf(translations, row, "consequence"),
        afterwards: textsOf(translations, row, "after"),
        source: sourceOf(row),
      };
      must(`deadline ${row.id}`, await announceDeadline(tx, SYSTEM, sent, now, row.id));
    }

    const events = rowsOf(folder, "events.csv");
    for (const row of events) {
      const sent = {
        happened_on: row.on,
        kind: row.kind,
        countries: list(row.countries),
        measures: list(row.measures),
        what: textsOf(translations, row, "what"),
        source: sourceOf(row),
      };
      must(`event ${row.id}`, await recordEvent(tx, SYSTEM, sent, now, row.id));
    }
    return done({ countries: countries.length, statements: statements.length, deadlines: deadlines.length, events: events.length });
  });
  return must("transaction", loaded);
}
