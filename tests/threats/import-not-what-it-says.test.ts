/**
 * Threat: a file brought to be imported that is not what it says, or means to break what reads it.
 *
 * Seen to fail without its control: with entities let through, the file that declares some was read; limits and kinds each
 * have a fixture that is refused by them alone.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import en from "@/lib/i18n/messages/en.json";
import { MOST_BYTES, MOST_ROWS } from "@/lib/imports/files/limits";
import { FileRefusal, REFUSALS, type RefusalCode } from "@/lib/imports/files/refusal";
import { fixture, fixtures, folder, read, readBytes, refusalOf } from "../imports/reading";
import { sheetXml, workbookParts } from "../imports/workbook-parts";
import { zipOf } from "../imports/zip-bytes";

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
});
