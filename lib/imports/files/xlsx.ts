import { type DateFormat, dayText, readCellFormats } from "./cell-formats";
import { MOST_COLUMNS, MOST_OF_A_SMALL_PART } from "./limits";
import { FileRefusal } from "./refusal";
import type { Row } from "./row";
import { readSharedTexts, type SharedTexts, textGatherer } from "./shared-texts";
import { readXml } from "./xml";
import type { Archive } from "./zip";

/** A sheet that is not hidden: its name and its part of the archive. */
export type Sheet = { name: string; part: string };

/** What the cells of every sheet refer to. */
export type Workbook = { sheets: Sheet[]; from1904: boolean; texts: SharedTexts; formats: (DateFormat | undefined)[] };

/** Reads the list of sheets, the shared texts and the formats of an .xlsx file. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const small = (name: string) => archive.part(name, MOST_OF_A_SMALL_PART);
  const parts = new Map<string, string>();
  const single = new Map<string, string>();
  const related = readXml(small("xl/_rels/workbook.xml.rels"), {
    open: (name, { Id, Type, Target }) => {
      if (name !== "Relationship" || !Id || !Target) return;
      const part = Target.startsWith("/") ? Target.slice(1) : `xl/${Target}`;
      const kind = Type?.slice(Type.lastIndexOf("/") + 1) ?? "";
      if (kind === "worksheet") parts.set(Id, part);
      else single.set(kind, part);
    },
  });
  for await (const _ of related);

  const sheets: Sheet[] = [];
  let from1904 = false;
  const listed = readXml(small("xl/workbook.xml"), {
    open: (name, attributes) => {
      if (name === "workbookPr") from1904 = ["1", "true"].includes(attributes.date1904 ?? "");
      if (name !== "sheet" || (attributes.state ?? "visible") !== "visible") return;
      // Whatever the prefix, it is the one attribute that has one.
      const id = Object.keys(attributes).find((key) => key.endsWith(":id"));
      const part = id && parts.get(attributes[id] ?? "");
      if (part) sheets.push({ name: attributes.name ?? "", part });
    },
  });
  for await (const _ of listed);

  const texts = single.get("sharedStrings");
  const styles = single.get("styles");
  return {
    sheets,
    from1904,
    texts: texts ? await readSharedTexts(archive.part(texts)) : () => undefined,
    formats: styles ? await readCellFormats(small(styles)) : [],
  };
}

/** Rows that a sheet can have. */
const LAST_ROW = 1_048_576;

type Cell = { column: number; type: string; format: DateFormat | undefined; formula: boolean; value: string | undefined };

/**
 * The rows of a sheet as they are read, empty ones too where the file has them. A number is plain
 * (`113000`, `0.3`), a date ISO 8601 as exact as it is shown, a formula its last result, or the
 * name of its error (`#REF!`).
 */
export async function* sheetRows(archive: Archive, workbook: Workbook, sheet: Sheet): AsyncGenerator<Row> {
  const ready: Row[] = [];
  const gatherer = textGatherer();
  let row: Row = { line: 0, cells: [] };
  let cell: Cell | undefined;
  let column = -1;
  let inData = false;

  const reading = readXml(archive.part(sheet.part), {
    open: (name, { r, t, s }) => {
      if (name === "sheetData") inData = true;
      else if (!inData) return;
      else if (name === "row") {
        const line = r === undefined ? row.line + 1 : Number(r);
        if (!(Number.isInteger(line) && line > row.line && line <= LAST_ROW)) throw new FileRefusal("damaged");
        row = { line, cells: [] };
        column = -1;
      } else if (name === "c") {
        column = r === undefined ? column + 1 : columnOf(r);
        cell = { column, type: t ?? "n", format: workbook.formats[Number(s ?? 0)], formula: false, value: undefined };
      } else if (name === "f" && cell) cell.formula = true;
      else if (name === "v" && cell) cell.value = "";
      gatherer.open(name === "v" ? "t" : name);
    },
    text: gatherer.text,
    close: (name) => {
      if (!inData) return;
      gatherer.close(name);
      if (name === "v" && cell) cell.value = gatherer.take();
      else if (name === "is" && cell) cell.value = gatherer.take();
      else if (name === "c" && cell) {
        const text = textOf(cell, workbook);
        if (text.trim() !== "") {
          if (cell.column >= MOST_COLUMNS) throw new FileRefusal("too_many_columns", row.line);
          row.cells[cell.column] = text;
        }
        cell = undefined;
      } else if (name === "row") ready.push({ line: row.line, cells: Array.from(row.cells, (text) => text ?? "") });
      else if (name === "sheetData") inData = false;
    },
  });
  for await (const _ of reading) yield* ready.splice(0);
}

/** For numbers that JavaScript writes with an exponent. */
const PLAIN = new Intl.NumberFormat("en-US", { useGrouping: false, maximumFractionDigits: 20 });

function textOf({ type, value, format, formula }: Cell, { texts, from1904 }: Workbook): string {
  // Programs that write formulas without working them out leave no result behind.
  if (value === undefined) return formula ? "#CALC!" : "";
  if (type === "s") {
    const text = /^\d+$/.test(value) ? texts(Number(value)) : undefined;
    if (text === undefined) throw new FileRefusal("damaged");
    return text;
  }
  if (type === "b") return value === "1" ? "true" : "false";
  if (type === "d") return value.replace(/(T00:00(:00(\.0+)?)?)?Z?$/, "").replace(/(T\d\d:\d\d):\d\d(\.\d+)?$/, "$1");
  if (type !== "n" || value.trim() === "") return value;
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  // Fifteen digits are what a sheet shows; behind them stand the traces of binary fractions.
  const shown = Number(number.toPrecision(15));
  return (format && dayText(number, format, from1904)) ?? String(shown).replace(/.*e.*/, () => PLAIN.format(shown));
}

function columnOf(reference: string): number {
  const letters = /^([A-Z]{1,3})[1-9]\d{0,6}$/.exec(reference)?.[1];
  if (!letters) throw new FileRefusal("damaged");
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
