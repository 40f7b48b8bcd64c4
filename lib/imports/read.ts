import { and, desc, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { imports } from "@/db/schema";
import { type Actor } from "../staff/rules";
import { maySee, type Verdict } from "./rules";

/** An import as it stands. */
export type Import = typeof imports.$inferSelect;

/** One import; undefined where there is none, or it is not this person's to see. */
export async function importOf(db: Database, actor: Actor, importId: string): Promise<Import | undefined> {
  const [row] = await db.select().from(imports).where(eq(imports.importId, importId));
  return row && maySee(actor, row) ? row : undefined;
}

/** The last imports that this person may see, newest first. */
export async function importsFor(db: Database, actor: Actor, limit: number): Promise<Import[]> {
  const rows = await db.select().from(imports).orderBy(desc(imports.uploadedAt), desc(imports.importId)).limit(1_000);
  return rows.filter((row) => maySee(actor, row)).slice(0, limit);
}

/** One row of an import as it is shown. Numbers are those of the file; `before` is what the statement it would change says now. */
export type ImportRow = {
  line: number;
  verdict: Verdict;
  statement_id: string | null;
  replaces_revision: number;
  faults: Record<string, string> | null;
  cells: string[] | null;
  same_line: number | null;
  rival_line: number | null;
  warnings: string[];
  country: string | null;
  measure: string | null;
  as_of: string | null;
  value: string | null;
  low: string | null;
  high: string | null;
  qualifier: string | null;
  missing_reason: string | null;
  unchanged: boolean | null;
  source_title: string | null;
  source_published_on: string | null;
  before: Said | null;
  rival: (Said & { statement_id: string }) | null;
};

/** What a statement says, as JSON gives it. */
export type Said = {
  as_of: string;
  value: number | null;
  low: number | null;
  high: number | null;
  qualifier: string | null;
  missing_reason: string | null;
  unchanged: boolean;
};

/**
 * Rows of an import in the order of their lines, behind a line, of one verdict or of all.
 * @param most how many at most
 */
export async function importRowsOf(
  db: Database,
  importId: string,
  { verdict, after = 0, most }: { verdict?: Verdict | undefined; after?: number; most: number },
): Promise<ImportRow[]> {
  const said = sql`jsonb_build_object('statement_id', c.statement_id, 'as_of', c.as_of, 'value', c.value, 'low', c.low, 'high', c.high,
    'qualifier', c.qualifier, 'missing_reason', c.missing_reason, 'unchanged', c.unchanged)`;
  return db.execute<ImportRow>(sql`
    select r.line, r.verdict, r.statement_id, r.replaces_revision, r.faults, r.cells, r.same_line, r.rival_line, r.warnings, r.country, r.measure,
      r.as_of, r.value, r.low, r.high, r.qualifier, r.missing_reason, r.unchanged, s.title as source_title, s.published_on as source_published_on,
      (select ${said} from record.snapshots c where r.replaces_revision > 0 and c.statement_id = r.statement_id and c.revision = r.replaces_revision) as before,
      (select ${said} from derived.snapshots c where c.statement_id = r.rival_id) as rival
    from staff.import_rows r left join staff.import_sources s using (import_id, source_key)
    where r.import_id = ${importId} and r.line > ${after} ${verdict ? sql`and r.verdict = ${verdict}` : sql``}
    order by r.line limit ${most}`);
}

/** How many of its rows to write correct a statement that is there. */
export async function corrects(db: Database, importId: string): Promise<number> {
  const [row] = await db.execute<{ rows: number }>(sql`
    select count(*)::int as rows from staff.import_rows where import_id = ${importId} and replaces_revision > 0 and verdict in ('changes', 'warned')`);
  return row?.rows ?? 0;
}

/** An earlier import of the very same file that is part of the record, if there is one. */
export async function sameFileCommitted(db: Database, of: Pick<Import, "importId" | "fileHash">): Promise<string | undefined> {
  const [row] = await db
    .select({ importId: imports.importId })
    .from(imports)
    .where(and(eq(imports.fileHash, of.fileHash), eq(imports.state, "committed"), sql`${imports.importId} <> ${of.importId}`))
    .limit(1);
  return row?.importId;
}
