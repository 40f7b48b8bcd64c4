import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { importParts, importRows, importSources, imports, people } from "@/db/schema";
import { newStatementId, noteAct } from "../ledger/write";
import { done, invalid, type Outcome, refused } from "../outcome";
import { type Actor, mayRecordAnything, type Role } from "../staff/rules";
import { FIELDS } from "./files/column-names";
import { adjusted, type ByHand } from "./files/columns";
import { type ImportFile, withImportFile } from "./files/import-file";
import { judge, restsOn } from "./judge";
import { tell } from "./progress";
import { type Counts, mayDecideImport, mayPrepare, VERDICTS } from "./rules";
import { stage } from "./stage";
import { warn } from "./warn";

/** Which import is meant, at the version that its reader saw. */
export type Seen = { importId: string; version: number };

/** Bytes of a file that are written to the database at once. */
const PART = 1024 * 1024;

type Checked = Pick<
  typeof imports.$inferInsert,
  "columns" | "byHand" | "counts" | "countries" | "shortRules" | "restsOn" | "checkedAt" | "headerLine" | "header"
>;

/** Looks at every row of an open file: what it would do, and what it was found from. */
async function check(
  tx: Database,
  importId: string,
  file: ImportFile,
  of: { byHand: ByHand; actor: Actor; now: Date; total?: number },
): Promise<Checked> {
  const columns = adjusted(file.columns, of.byHand);
  await tell(tx, importId, { step: "reading", done: 0, total: of.total }, of.actor);
  await stage(tx, { importId, columns, ...of }, file.rows);
  await tell(tx, importId, { step: "comparing", done: 0, total: undefined }, of.actor);
  await judge(tx, importId, of.actor);
  const shortRules = await warn(tx, importId, of.now);
  const found = await tx.execute<{ verdict: string; rows: number }>(
    sql`select verdict, count(*)::int as rows from staff.import_rows where import_id = ${importId} group by verdict`,
  );
  const counts = Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, found.find((one) => one.verdict === verdict)?.rows ?? 0]),
  ) as Counts;
  const [in_] = await tx.execute<{ countries: string[] | null }>(
    sql`select array_agg(distinct country order by country) as countries from staff.import_rows where import_id = ${importId} and country is not null`,
  );
  const countries = in_?.countries ?? [];
  return {
    columns: file.header.map((_, position) => columns[position] ?? ""),
    byHand: Object.fromEntries(Object.entries(of.byHand)),
    counts,
    countries,
    shortRules,
    restsOn: await restsOn(tx, countries),
    checkedAt: of.now,
    headerLine: file.headerLine,
    header: file.header,
  };
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const bytes of createReadStream(file)) hash.update(bytes);
  return hash.digest("hex");
}

async function keep(tx: Database, importId: string, file: string): Promise<void> {
  let part = 0;
  for await (const bytes of createReadStream(file, { highWaterMark: PART })) {
    await tx.insert(importParts).values({ importId, part, bytes: bytes as Buffer });
    part += 1;
  }
}

/** What the same person chose by hand for the last file with the same names of columns. */
async function remembered(tx: Database, actor: Actor, header: string[]): Promise<ByHand> {
  const [last] = await tx
    .select({ byHand: imports.byHand })
    .from(imports)
    .where(and(eq(imports.uploadedBy, actor.personId), eq(imports.header, header)))
    .orderBy(desc(imports.uploadedAt))
    .limit(1);
  return (last?.byHand ?? {}) as ByHand;
}

const shown = (fileName: string) =>
  fileName
    .replace(/[\p{C}]/gu, "")
    .trim()
    .slice(0, 200) || "?";

/**
 * Takes a file in: every row is checked and compared with the record, of which nothing is touched. All in one
 * transaction, so that of a file that is refused nothing stays.
 * @param sent where the file lies; its name is only shown. `importId` is a name for it, under which its progress is told meanwhile
 * @returns the import's id
 * @throws FileRefusal
 */
export async function takeImport(
  db: Database,
  actor: Actor,
  sent: { path: string; fileName: string; importId?: string },
  now: Date,
): Promise<Outcome<string>> {
  if (!mayRecordAnything(actor)) return refused({ code: "forbidden" });
  const importId = /^[a-z2-7]{16}$/.test(sent.importId ?? "") && sent.importId ? sent.importId : newStatementId();
  await db.transaction((transaction) =>
    withImportFile(sent.path, async (file) => {
      const tx = transaction as unknown as Database;
      const checked = await check(tx, importId, file, { byHand: await remembered(tx, actor, file.header), actor, now });
      const facts = {
        fileName: shown(sent.fileName),
        fileHash: await hashOf(sent.path),
        fileSize: (await stat(sent.path)).size,
        ...(file.kind === "csv"
          ? { kind: file.kind, encoding: file.encoding, delimiter: file.delimiter }
          : { kind: file.kind, sheet: file.sheet }),
      };
      await tx.insert(imports).values({ importId, uploadedBy: actor.personId, uploadedAt: now, state: "checked", ...facts, ...checked });
      await keep(tx, importId, sent.path);
      const { fileName, fileHash } = facts;
      const after = { fileName, fileHash, counts: checked.counts };
      await noteAct(tx, actor, { verb: "store", feature: "imports", objectId: importId, countries: checked.countries, after });
    }),
  );
  return done(importId);
}

/** The file of an import on this machine's disk, for the time of `use`. */
async function withKeptFile<T>(tx: Database, importId: string, use: (file: ImportFile) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "muhlat-import-"));
  try {
    const file = path.join(folder, "file");
    const parts = await tx
      .select({ part: importParts.part })
      .from(importParts)
      .where(eq(importParts.importId, importId))
      .orderBy(asc(importParts.part));
    async function* pieces() {
      for (const { part } of parts) {
        const [row] = await tx
          .select({ bytes: importParts.bytes })
          .from(importParts)
          .where(and(eq(importParts.importId, importId), eq(importParts.part, part)));
        if (row) yield row.bytes;
      }
    }
    await pipeline(pieces, createWriteStream(file));
    return await withImportFile(file, use);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function uploaderOf(tx: Database, personId: string): Promise<Actor> {
  const [row] = await tx.select().from(people).where(eq(people.personId, personId));
  if (!row) throw new Error(`no person ${personId}`);
  return { personId, role: row.role as Role, countries: row.countries };
}

/** Choices of columns as they may be sent: by position a field, or nothing for a column left aside. */
export function byHandFrom(chosen: Readonly<Record<string, string>>, columns: number): Outcome<ByHand> {
  const byHand: ByHand = {};
  const taken = new Set<string>();
  for (const [position, name] of Object.entries(chosen)) {
    if (!/^\d{1,2}$/.test(position) || Number(position) >= columns) continue;
    const field = FIELDS.find((one) => one === name);
    if (name !== "" && !field) return invalid({ [`columns.${position}`]: "unknown_choice" });
    if (field && taken.has(field)) return invalid({ [`columns.${position}`]: "column_twice" });
    if (field) taken.add(field);
    byHand[Number(position)] = field ?? null;
  }
  return done(byHand);
}

/**
 * Looks at every row again: with other columns, or because the record has changed. Its sender may, and who decides
 * about it, with the columns as they are. What was sent to a second person stays sent.
 */
export async function checkAgain(
  db: Database,
  actor: Actor,
  of: Seen,
  chosen: Readonly<Record<string, string>> | undefined,
  now: Date,
): Promise<Outcome<null>> {
  return db.transaction(async (transaction) => {
    const tx = transaction as unknown as Database;
    const [row] = await tx.select().from(imports).where(eq(imports.importId, of.importId)).for("update");
    if (!row) return refused({ code: "not_found" });
    if (row.version !== of.version) return refused({ code: "conflict", current: row.version });
    if (!mayPrepare(actor, row) && (chosen || !mayDecideImport(actor, row))) return refused({ code: "forbidden" });
    const asked = chosen ? byHandFrom(chosen, row.header.length) : done(row.byHand as ByHand);
    if (!asked.ok) return asked;
    await tx.delete(importRows).where(eq(importRows.importId, of.importId));
    await tx.delete(importSources).where(eq(importSources.importId, of.importId));
    const total = Object.values(row.counts).reduce((sum, rows) => sum + rows, 0);
    const uploader = await uploaderOf(tx, row.uploadedBy);
    const checked = await withKeptFile(tx, of.importId, (file) =>
      check(tx, of.importId, file, { byHand: asked.value, actor: uploader, now, total }),
    );
    await tx
      .update(imports)
      .set({ ...checked, version: row.version + 1 })
      .where(eq(imports.importId, of.importId));
    return done(null);
  });
}
