import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withImportFile } from "@/lib/imports/files/import-file";
import { cp1251 } from "./cp1251";
import { fixture, fixtures, read, readBytes, refusalOf } from "./reading";

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

describe("whatever the table", () => {
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
