import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import en from "@/lib/i18n/messages/en.json";
import { type ImportFile, withImportFile } from "@/lib/imports/files/import-file";
import { MOST_BYTES, MOST_ROWS } from "@/lib/imports/files/limits";
import { FileRefusal, REFUSALS, type RefusalCode } from "@/lib/imports/files/refusal";
import type { Row } from "@/lib/imports/files/row";
import { cp1251 } from "./cp1251";
import { sheetXml, workbookParts } from "./workbook-parts";
import { zipOf } from "./zip-bytes";

const fixtures = path.join(import.meta.dirname, "fixtures");
const folder = mkdtempSync(path.join(tmpdir(), "muhlat-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Everything that a file holds, as it was understood. */
const read = (file: string) =>
  withImportFile(file, async (found): Promise<Omit<ImportFile, "rows"> & { rows: Row[] }> => {
    const rows: Row[] = [];
    for await (const row of found.rows) rows.push(row);
    return { ...found, rows };
  });
const fixture = (name: string) => read(path.join(fixtures, name));

let written = 0;
function readBytes(bytes: string | Uint8Array) {
  written += 1;
  const file = path.join(folder, String(written));
  writeFileSync(file, bytes);
  return read(file).finally(() => rmSync(file));
}

async function refusalOf(reading: Promise<unknown>): Promise<[RefusalCode, number | undefined]> {
  const error = await reading.then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(FileRefusal);
  return [error.code, error.line];
}

const NBSP = "\u00a0";
const russianRows = [
  {
    line: 2,
    cells: [
      ...["Киргизия", "Серый список", "24.07.2025", "около", `103${NBSP}000`, "0,3", "Times of Central Asia", "05.08.2025", "Посол"],
      ...["https://timesca.com/", 'Сказано "около"; в июле'],
    ],
  },
  { line: 3, cells: ["Таджикистан", "РКЛ", "11.2025", "более", `150${NBSP}000`, "", "Азия-Плюс", "25.11.2025"] },
  {
    line: 5,
    cells: [
      ...["Узбекистан", "Чёрный список", "10.09.2025", "точно", `1${NBSP}234`, "12,5%", "МВД,\nпресс-служба", "11.09.2025"],
      ...["", "", "№ 5"],
    ],
  },
];

describe("files as Excel writes them", () => {
  test.each([
    ["excel-ru-1251.csv", { encoding: "windows-1251", delimiter: ";" }],
    ["excel-ru-utf8-bom.csv", { encoding: "utf-8", delimiter: ";" }],
    ["excel-ru-unicode.txt", { encoding: "utf-16le", delimiter: "\t" }],
  ])("%s", async (name, understood) => {
    const file = await fixture(name);
    expect(file).toMatchObject({ kind: "csv", headerLine: 1, ...understood });
    expect(file.columns).toEqual([
      ...["country", "measure", "as_of", "qualifier", "value", "children_share", "source.title", "source.published_on"],
      ...["source.speaker", "source.url", "note"],
    ]);
    expect(file.rows).toEqual(russianRows);
  });

  test("excel-en.csv", async () => {
    const file = await fixture("excel-en.csv");
    expect(file).toMatchObject({ kind: "csv", encoding: "utf-8", delimiter: ",", headerLine: 1 });
    expect(file.rows).toEqual([
      {
        line: 2,
        cells: [
          ...["Kyrgyzstan", "Gray list", "2025-07-22/2025-07-25", "about", "103,000", "Times of Central Asia", "2025-08-05"],
          'Said "about", not exactly',
        ],
      },
      { line: 3, cells: ["TJK", "grey list", "2025-11", "at least", "150000", "Asia-Plus, Dushanbe", "2025-11-25"] },
    ]);
  });

  test("excel-ru.xlsx: a hidden sheet, one without a table, a title, two merged header rows, formatted empty rows", async () => {
    const file = await fixture("excel-ru.xlsx");
    expect(file).toMatchObject({ kind: "xlsx", sheet: "Данные", headerLine: 4 });
    expect(file.header).toEqual([
      ...["Страна", "Список", "Дата", "Число", "Доля детей", "Источник / Название", "Источник / Дата", "Источник / Ссылка"],
    ]);
    expect(file.columns).toEqual([
      ...["country", "measure", "as_of", "value", "children_share", "source.title", "source.published_on", "source.url"],
    ]);
    expect(file.rows).toEqual([
      { line: 5, cells: ["Кыргызстан", "Серый список", "2025-07-24", "103000", "0.3", " 24.kg ", "2025-08-05"] },
      { line: 7, cells: ["Таджикистан", "Серый список", "2025-11", "150000", "", "строка\r\nещё одна", "2025-11-25T09:30"] },
      { line: 8, cells: ["Таджикистан", "Серый список", "2025-11-25", "#REF!", "#CALC!", "true", "1.5"] },
    ]);
  });

  test("excel-en-1904.xlsx: texts in the cells, days counted from 1904", async () => {
    const file = await fixture("excel-en-1904.xlsx");
    expect(file).toMatchObject({ kind: "xlsx", sheet: "Data", headerLine: 1 });
    expect(file.rows).toEqual([{ line: 2, cells: ["KG", "gray_list", "2025-07-24", "103000", "24.kg"] }]);
  });

  test("our own table of statements", async () => {
    const file = await read(path.resolve("data/starter/statements.csv"));
    expect(file.columns).toEqual([
      ...["id", "country", "measure", "period_start", "as_of", "value", "qualifier", "children_share", "source.speaker"],
      ...["source.speaker_role", "source.published_on", "source.title", "source.url", "restates", "wording", "note"],
    ]);
    expect(file.rows).toHaveLength(41);
  });
});

describe("tables written in other ways", () => {
  test("with Excel's line that names the delimiter, titles with commas, rows of unequal length, old line ends", async () => {
    const file = await readBytes(
      "sep=;\rЧисло граждан, человек, по странам\r\rСтрана;Число;Примечание\rКиргизия;1\rТаджикистан;2;да;ещё\r",
    );
    expect(file).toMatchObject({ delimiter: ";", headerLine: 4, columns: ["country", "value", "note"] });
    expect(file.rows).toEqual([
      { line: 5, cells: ["Киргизия", "1"] },
      { line: 6, cells: ["Таджикистан", "2", "да", "ещё"] },
    ]);
  });

  test("lines are counted through quoted line ends", async () => {
    const file = await readBytes('Country,Note,Value\r\n"KG","one\r\ntwo\r\nthree",1\r\nTJ,,2\r\n');
    expect(file.rows.map(({ line }) => line)).toEqual([2, 5]);
  });

  test("the header may stand in the twentieth row, not below", async () => {
    const table = "Country,Value\nKG,1\n";
    expect(await readBytes(`${"about\n".repeat(19)}${table}`)).toMatchObject({ headerLine: 20, rows: [{ line: 21, cells: ["KG", "1"] }] });
    expect(await refusalOf(readBytes(`${"about\n".repeat(20)}${table}`))).toEqual(["no_header", undefined]);
  });

  test("what was opened is closed and its rows end where the reader stops", async () => {
    for (const name of ["excel-ru.xlsx", "excel-en.csv"]) {
      const first = await withImportFile(path.join(fixtures, name), async ({ rows }) => {
        for await (const row of rows) return row;
      });
      expect(first?.cells[0]).toMatch(/^Кыргызстан$|^Kyrgyzstan$/);
    }
  });
});

describe("files that are refused", () => {
  const expected: Record<string, [RefusalCode, number?]> = {
    "blank.csv": ["empty"],
    "bomb.xlsx": ["too_much_inside"],
    "cut-in-a-letter.csv": ["broken_encoding"],
    "cut-sheet.xlsx": ["damaged"],
    "cut.xlsx": ["damaged"],
    "deep.xlsx": ["too_much_inside"],
    "empty.csv": ["empty"],
    "entities.xlsx": ["declares_entities"],
    "letter.docx": ["not_a_workbook"],
    "long-cell.csv": ["cell_too_long", 2],
    "misplaced-quote.csv": ["misplaced_quote", 3],
    "no-header.csv": ["no_header"],
    "old.xls": ["old_excel"],
    "only-header.csv": ["no_rows", 1],
    "open.ods": ["open_document"],
    "page.xls": ["web_page"],
    "password.xlsx": ["password_protected"],
    "pdf.xlsx": ["pdf"],
    "picture.csv": ["not_a_table"],
    "unclosed-quote.csv": ["unclosed_quote", 2],
    "wide.csv": ["too_many_columns", 2],
    "wide.xlsx": ["too_many_columns", 3],
    "zip-in-zip.xlsx": ["not_a_workbook"],
  };

  test("every broken fixture is expected to be", () => {
    expect(readdirSync(path.join(fixtures, "broken")).sort()).toEqual(Object.keys(expected).sort());
  });

  test.each(Object.entries(expected))("%s", async (name, [code, line]) => {
    expect(await refusalOf(fixture(`broken/${name}`))).toEqual([code, line]);
  });

  test("too many bytes, too many rows", async () => {
    expect(await refusalOf(readBytes(new Uint8Array(MOST_BYTES + 1)))).toEqual(["too_large", undefined]);
    const rows = `Country,Value\n${"KG,1\n".repeat(MOST_ROWS)}`;
    expect(await refusalOf(readBytes(rows))).toEqual(["too_many_rows", MOST_ROWS + 1]);
  });

  test("every code has a sentence and every sentence a code, with the line where one is given", () => {
    expect(Object.keys(en.imports.refused).sort()).toEqual([...REFUSALS].sort());
    const withLine = Object.entries(en.imports.refused).filter(([, sentence]) => sentence.includes("{line}"));
    expect(withLine.map(([code]) => code).sort()).toEqual(
      ["cell_too_long", "misplaced_quote", "no_rows", "too_many_columns", "unclosed_quote"].sort(),
    );
  });

  test("a file that is not there is no fault of the file's", async () => {
    await expect(read(path.join(folder, "nowhere"))).rejects.toThrow("ENOENT");
  });
});

describe("whatever the bytes", () => {
  const readable = async (bytes: Uint8Array) => {
    const result = await readBytes(bytes).catch((error: unknown) => error);
    if (result instanceof Error && !(result instanceof FileRefusal)) throw result;
  };

  test("nothing but a refusal is thrown", async () => {
    const beginnings = ["", "PK\x03\x04", "\ufeff", "Country;Value\n", "%PDF", "<html"].map((text) => Buffer.from(text));
    const bytes = fc.tuple(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 400 }));
    await fc.assert(
      fc.asyncProperty(bytes, ([begin, rest]) => readable(Buffer.concat([begin, rest]))),
      { numRuns: 300 },
    );
  });

  test.each(["excel-ru.xlsx", "excel-en-1904.xlsx", "excel-ru-1251.csv", "excel-ru-unicode.txt"])(
    "%s with bytes changed or cut",
    async (name) => {
      const whole = readFileSync(path.join(fixtures, name));
      const place = fc.nat(whole.length - 1);
      const change = fc.tuple(fc.array(fc.tuple(place, fc.integer({ min: 0, max: 255 })), { maxLength: 5 }), fc.option(place));
      await fc.assert(
        fc.asyncProperty(change, ([bytes, end]) => {
          const changed = Buffer.from(whole);
          for (const [at, byte] of bytes) changed[at] = byte;
          return readable(end === null ? changed : changed.subarray(0, end));
        }),
        { numRuns: 150 },
      );
    },
  );

  test("a workbook with letters changed inside its parts", async () => {
    const cell = '<c t="inlineStr"><is><r><t>Страна</t></r></is></c><c t="s"><v>0</v></c><c s="1"><f>1</f><v>45862</v></c>';
    const parts = workbookParts([{ name: "Data", xml: sheetXml(`<row r="1">${cell}</row><row r="2">${cell}</row>`) }], {
      shared: ["<t>Число</t>"],
    });
    const names = Object.keys(parts);
    const change = fc.tuple(
      fc.constantFrom(...names),
      fc.nat(),
      fc.constantFrom(...'<>/"&;=!?[]-9999 aвrstc\0\u{1f600}', "<c r=", "<row", "&#0;"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const changed = { ...parts };
        for (const [name, at, put] of changes) {
          const xml = changed[name] ?? "";
          const place = at % xml.length;
          changed[name] = xml.slice(0, place) + put + xml.slice(place + (at % 3));
        }
        return readable(zipOf(changed));
      }),
      { numRuns: 500 },
    );
  });

  test("a table comes back as it was, in every encoding and with every delimiter", async () => {
    const letters = [..."абвГДЁ xyz019;,\t\"'\n№«»"];
    const cell = fc.string({ unit: fc.constantFrom(...letters), maxLength: 12 });
    const tables = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 });
    const encodings = {
      "utf-8": (text: string) => Buffer.from(text),
      "windows-1251": cp1251,
      "utf-16le": (text: string) => Buffer.from(`\ufeff${text}`, "utf16le"),
      "utf-16be": (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
    };
    await fc.assert(
      fc.asyncProperty(tables, fc.constantFrom(";", ",", "\t"), fc.constantFrom("\n", "\r\n"), async (table, delimiter, end) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const rows = [["Страна", "Число", "Примечание"], ...table, ["КР", "1", "я"]];
        const text = rows.map((cells) => cells.map(quoted).join(delimiter) + end).join("");
        const expected = rows
          .slice(1)
          .map((cells) => cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== "") + 1))
          .filter((cells) => cells.length > 0);
        for (const [encoding, encoded] of Object.entries(encodings)) {
          const file = await readBytes(encoded(text));
          expect(file).toMatchObject({ encoding, delimiter });
          expect(file.rows.map(({ cells }) => cells)).toEqual(expected);
        }
      }),
      { numRuns: 60 },
    );
  });
});
