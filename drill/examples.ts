import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";
import postgres from "postgres";
import { connectionOptions } from "@/db/address";
import { embeddedAddress } from "../tests/setup/plain-next";
import { build, startMuhlat } from "./one-muhlat";

type Result = { what: string; seconds: number; trouble?: string };

const PORT = Number(process.env.MUHLAT_DRILL_PORT ?? 3395);
const run = promisify(execFile);

/** A text that programs for tables would work out; it stands in every text that a statement has. */
const FORMULA = '=1+1&"қӯӣ"';
const TEXTS = ["wording", "note", "source_title", "source_publisher", "source_speaker", "source_speaker_role"];
/** The same for LibreOffice: comma, quotation mark, UTF-8, from the first row, everything as it is understood by itself; English numbers. */
const CSV_FILTER = "CSV:44,34,76,1,,1033,false,true";
/** From what it holds to CSV as it shows it: texts quoted, numbers not, formulas as what they were worked out to. */
const TO_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false";

function there(program: string): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Adds a statement whose texts all begin as a formula. */
async function addFormulas(databaseUrl: string): Promise<void> {
  const sql = postgres({ ...connectionOptions(databaseUrl), max: 1, onnotice: () => {} });
  try {
    const [one] = await sql`select * from record.snapshots where statement_id = 'kg-gray-list-2025-09-11' and revision = 1`;
    const [source] = await sql`select * from record.sources where statement_id = ${one?.source_id} and revision = 1`;
    const { first_revision: _s, ...said } = source ?? {};
    const { first_revision: _o, ...told } = one ?? {};
    const words = { title: FORMULA, publisher: FORMULA, speaker: FORMULA, speaker_role: FORMULA };
    await sql`insert into record.sources ${sql({ ...said, statement_id: "drill-formula", ...words } as never)}`;
    const added = {
      ...told,
      statement_id: "drill-formula",
      source_id: "drill-formula",
      as_of: "2025-09-12",
      wording: FORMULA,
      note: FORMULA,
    };
    const moved = { as_of_from: "2025-09-11T21:00:00Z", as_of_to: "2025-09-12T21:00:00Z" };
    await sql`insert into record.snapshots ${sql({ ...added, ...moved } as never)}`;
  } finally {
    await sql.end();
  }
}

/** The example of a name as the page has it. */
async function exampleOf(origin: string, name: string): Promise<string> {
  const html = await (await fetch(`${origin}/en/data`)).text();
  const shown = new RegExp(`<pre[^>]*id="${name}"[^>]*><code>([\\s\\S]*?)</code>`).exec(html)?.[1] ?? "";
  const signs: Record<string, string> = { "&quot;": '"', "&amp;": "&", "&lt;": "<", "&gt;": ">", "&#x27;": "'" };
  return shown.replace(/&(?:quot|amp|lt|gt|#x27);/g, (sign) => signs[sign] ?? sign);
}

async function inR(origin: string, folder: string): Promise<string | undefined> {
  if (!there("Rscript")) return "there is no Rscript here (Debian: apt-get install --no-install-recommends r-base-core)";
  const file = path.join(folder, "example.R");
  writeFileSync(file, await exampleOf(origin, "r"));
  const { stdout } = await run("Rscript", ["--vanilla", file], { env: { ...process.env, LC_ALL: "C.UTF-8" } });
  if (!/2025-09-11.*\b73278\b/.test(stdout)) return `the example says no 73278 of 2025-09-11: ${stdout.slice(0, 300)}`;
  // Namibia is no missing value, and letters are what they were.
  const check = `rows <- read.csv("${origin}/data/snapshots.csv", na.strings = "", encoding = "UTF-8")
odd <- rows[rows$statement_id == "drill-formula", ]
stopifnot(is.numeric(rows$value), nrow(odd) == 1, odd$wording == "'=1+1&\\"\\u049b\\u04ef\\u04e3\\"")`;
  writeFileSync(file, check);
  await run("Rscript", ["--vanilla", file], { env: { ...process.env, LC_ALL: "C.UTF-8" } });
  return undefined;
}

/** A file as LibreOffice opens it, written out again as it shows it. */
async function opened(folder: string, file: string, filter?: string): Promise<Record<string, string>[]> {
  const out = path.join(folder, `out-${path.extname(file).slice(1)}`);
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  await run(
    "soffice",
    [profile, "--headless", ...(filter ? [`--infilter=${filter}`] : []), "--convert-to", TO_CSV, "--outdir", out, file],
    {
      timeout: 180_000,
    },
  );
  const text = readFileSync(path.join(out, `${path.parse(file).name}.csv`), "utf8");
  if (!/^"kg-gray-list-2025-09-11",1,"published",.*,73278,/m.test(text)) throw new Error(`numbers are not numbers: ${text.slice(0, 1500)}`);
  return parse(text.replace(/^\uFEFF/, ""), { columns: true, relax_column_count: true });
}

/** What is wrong with a table as LibreOffice shows it; `mark` is what stands before a text that would be worked out. */
function wrongIn(rows: readonly Record<string, string>[], wanted: readonly Record<string, string>[], mark: string): string | undefined {
  if (rows.length !== wanted.length) return `${rows.length} rows instead of ${wanted.length}`;
  const odd = rows.find((row) => row.statement_id === "drill-formula");
  for (const name of TEXTS) if (odd?.[name] !== mark + FORMULA) return `${name} became ${odd?.[name]}`;
  for (const [index, row] of rows.entries())
    for (const name of ["statement_id", "value", "country", "source_title", "wording"]) {
      const plain = (text = "") => text.replace(/^'(?=[=+\-@])/, "");
      if (plain(row[name]) !== plain(wanted[index]?.[name])) return `${name} of ${wanted[index]?.statement_id} became ${row[name]}`;
    }
  return undefined;
}

async function inLibreOffice(origin: string, folder: string, kind: "csv" | "xlsx"): Promise<string | undefined> {
  if (!there("soffice")) return "there is no LibreOffice here (Debian: apt-get install --no-install-recommends libreoffice-calc-nogui)";
  const file = path.join(folder, `snapshots.${kind}`);
  writeFileSync(file, Buffer.from(await (await fetch(`${origin}/data/snapshots.${kind}`)).arrayBuffer()));
  const wanted: Record<string, string>[] = parse(await (await fetch(`${origin}/data/snapshots.csv`)).text(), {
    columns: true,
    record_delimiter: "\r\n",
  });
  return wrongIn(await opened(folder, file, kind === "csv" ? CSV_FILTER : undefined), wanted, kind === "csv" ? "'" : "");
}

async function timed(what: string, work: () => Promise<string | undefined>): Promise<Result> {
  const began = Date.now();
  const trouble = await work().catch((error: Error) => error.message);
  return { what, seconds: (Date.now() - began) / 1000, ...(trouble && { trouble }) };
}

/** The files and examples of /data in the programs that they are for and that npm test does not bring: R and LibreOffice. */
export async function examples(): Promise<Result[]> {
  build();
  const folder = mkdtempSync(path.join(tmpdir(), "muhlat-examples-"));
  const data = path.join(folder, "data");
  const muhlat = await startMuhlat(PORT, { MUHLAT_DATA_DIR: data });
  try {
    await addFormulas(embeddedAddress(data));
    return [
      await timed("the example for R, as it stands; numbers, letters and texts that look like formulas", () => inR(muhlat.origin, folder)),
      await timed("snapshots.csv in LibreOffice", () => inLibreOffice(muhlat.origin, folder, "csv")),
      await timed("snapshots.xlsx in LibreOffice", () => inLibreOffice(muhlat.origin, folder, "xlsx")),
    ];
  } finally {
    await muhlat.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
