import type { Measure } from "../measures/rules";
import { momentWithin } from "../moments/rules";
import { type AnswerRow, answerOfRow, type Rank, type Snapshot } from "./rules";

/** A current row of a snapshot as a query brings it: by the names of the columns, numbers and instants as text. */
export type SnapshotRow = AnswerRow & {
  statement_id: string;
  revision: number;
  country: string;
  measure: string;
  period_start: string | null;
  as_of: string;
  as_of_from: string;
  as_of_to: string;
  note: string | null;
  rank: string;
  restates: string | null;
  recorded_at: string;
  known_from: string;
  source_id: string;
  source_title: string;
  source_publisher: string | null;
  source_speaker: string | null;
  source_speaker_role: string | null;
  source_published_on: string | null;
  source_url: string | null;
};

/** Reads a statement from a row of `derived.snapshots`, or of what answers the same for an instant. */
export function snapshotOf(row: SnapshotRow): Snapshot {
  return {
    statementId: row.statement_id,
    revision: row.revision,
    country: row.country,
    measure: row.measure as Measure,
    periodStart: row.period_start,
    asOf: momentWithin(row.as_of, new Date(row.as_of_from), new Date(row.as_of_to)),
    answer: answerOfRow(row),
    note: row.note,
    rank: row.rank as Rank,
    restates: row.restates,
    recordedAt: new Date(row.recorded_at),
    knownFrom: new Date(row.known_from),
    source: {
      id: row.source_id,
      title: row.source_title,
      publisher: row.source_publisher,
      speaker: row.source_speaker,
      speakerRole: row.source_speaker_role,
      publishedOn: row.source_published_on,
      url: row.source_url,
    },
  };
}
