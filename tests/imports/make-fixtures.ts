// Writes the files of tests/imports/fixtures anew: node --import tsx tests/imports/make-fixtures.ts
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cp1251 } from "./cp1251";
import { sheetXml, workbookParts } from "./workbook-parts";
import { zipOf } from "./zip-bytes";

const folder = path.join(import.meta.dirname, "fixtures");

const NBSP = "\u00a0";
const russian = [
  "Страна;Список;По состоянию на;Оговорка;Число;Доля детей;Источник;Дата публикации;Кто сообщил;Ссылка;Примечание",
  `Киргизия;Серый список;24.07.2025;около;103${NBSP}000;0,3;Times of Central Asia;05.08.2025;Посол;https://timesca.com/;"Сказано ""около""; в июле"`,
  `Таджикистан;РКЛ;11.2025;более;150${NBSP}000;;Азия-Плюс;25.11.2025;;;`,
  ";;;;;;;;;;",
  `Узбекистан;Чёрный список;10.09.2025;точно;1${NBSP}234;12,5%;"МВД,\nпресс-служба";11.09.2025;;;№ 5`,
  ";;;;;;;;;;",
  ";;;;;;;;;;",
  "",
].join("\r\n");

const english = [
  "Country,Measure,As of,Qualifier,Value,Source title,Published on,Note",
  'Kyrgyzstan,Gray list,2025-07-22/2025-07-25,about,"103,000",Times of Central Asia,2025-08-05,"Said ""about"", not exactly"',
  'TJK,grey list,2025-11,at least,150000,"Asia-Plus, Dushanbe",2025-11-25,',
  "",
].join("\r\n");

const text = (content: string) => `<t xml:space="preserve">${content}</t>`;
const s = (cell: string, index: number, style = 0) => `<c r="${cell}" s="${style}" t="s"><v>${index}</v></c>`;
const n = (cell: string, value: number | string, style = 0) => `<c r="${cell}" s="${style}"><v>${value}</v></c>`;
const inline = (cell: string, content: string) => `<c r="${cell}" t="inlineStr"><is>${text(content)}</is></c>`;
const row = (line: number, cells: string) => `<row r="${line}" spans="1:9">${cells}</row>`;

const shared = [
  text("Сведения о числе граждан"),
  text("Страна"),
  text("Список"),
  text("Дата"),
  text("Число"),
  text("Доля детей"),
  text("Источник"),
  text("Название"),
  text("Ссылка"),
  '<r><t>Кыргыз</t></r><r><rPr><b/></rPr><t>стан</t></r><rPh sb="0" eb="1"><t>нет</t></rPh>',
  text("Серый список"),
  text(" 24.kg "),
  text("Таджикистан"),
  text("строка_x000D_\nещё одна"),
  text("Не для печати"),
];
// Styles: 1 is the short date, the others follow in this order.
const formats = ["#,##0\\ &quot;чел.&quot;", "[$-419]mmmm\\ yyyy;@", "dd\\.mm\\.yyyy\\ h:mm", "0.0%", "[h]:mm"];

const russianSheet = sheetXml(
  row(1, s("A1", 0)) +
    row(3, `${s("A3", 1) + s("B3", 2) + s("C3", 3) + s("D3", 4) + s("E3", 5) + s("F3", 6)}<c r="G3" s="1"/><c r="H3" s="1"/>`) +
    row(4, `<c r="A4" s="1"/><c r="B4" s="1"/>${s("F4", 7)}${s("G4", 3)}${s("H4", 8)}`) +
    row(
      5,
      s("A5", 9) +
        s("B5", 10) +
        n("C5", 45862, 1) +
        n("D5", 103000, 2) +
        n("E5", "0.30000000000000004", 5) +
        s("F5", 11) +
        n("G5", 45874, 1),
    ) +
    row(6, '<c r="A6" s="2"/>') +
    row(
      7,
      s("A7", 12) +
        s("B7", 10) +
        n("C7", 45962, 3) +
        `<c r="D7"><f>C1*2</f><v>150000</v></c>` +
        s("F7", 13) +
        n("G7", "45986.395833333336", 4),
    ) +
    row(
      8,
      s("A8", 12) +
        s("B8", 10) +
        n("C8", 45986, 4) +
        '<c r="D8" t="e"><f>#REF!+1</f><v>#REF!</v></c><c r="E8"><f>A1</f></c><c r="F8" t="b"><v>1</v></c>' +
        n("G8", 1.5, 6),
    ) +
    Array.from({ length: 200 }, (_, i) => row(9 + i, `<c r="A${9 + i}" s="1"/><c r="ZZ${9 + i}" s="1"/>`)).join(""),
  '<mergeCells count="2"><mergeCell ref="A1:H1"/><mergeCell ref="F3:H3"/></mergeCells>',
);

const header = (line: number) =>
  row(line, ["Country", "Measure", "As of", "Value", "Source"].map((name, i) => inline(`${"ABCDE"[i]}${line}`, name)).join(""));
const oneRow = (line: number) =>
  row(
    line,
    inline(`A${line}`, "KG") +
      inline(`B${line}`, "gray_list") +
      n(`C${line}`, 44400, 1) +
      n(`D${line}`, 103000) +
      inline(`E${line}`, "24.kg"),
  );
const english1904 = workbookParts([{ name: "Data", xml: sheetXml(header(1) + oneRow(2)) }], { from1904: true });
const plainBook = (rows: string) => workbookParts([{ name: "Data", xml: sheetXml(rows) }]);
const valid = zipOf(plainBook(header(1) + oneRow(2)));

const ole = (names: string) =>
  Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(504), Buffer.from(names, "utf16le"), Buffer.alloc(64)]);
const replaced = (parts: Record<string, string>, name: string, change: (xml: string) => string) => ({
  ...parts,
  [name]: change(parts[name] ?? ""),
});
const SHEET = "xl/worksheets/sheet1.xml";
const heading = "Страна;Список;Дата;Число;Источник\r\n";

const files: Record<string, string | Uint8Array> = {
  "excel-ru-1251.csv": cp1251(russian),
  "excel-ru-utf8-bom.csv": `\ufeff${russian}`,
  "excel-ru-unicode.txt": Buffer.from(`\ufeff${russian.replaceAll(/;(?! в)/g, "\t")}`, "utf16le"),
  "excel-en.csv": english,
  "excel-ru.xlsx": zipOf(
    workbookParts(
      [
        { name: "Служебный", hidden: true, xml: sheetXml(header(1) + oneRow(2)) },
        { name: "Пояснения", xml: sheetXml(row(1, s("A1", 14))) },
        { name: "Данные", xml: russianSheet },
      ],
      { shared, formats },
    ),
  ),
  "excel-en-1904.xlsx": zipOf(english1904),

  "broken/empty.csv": "",
  "broken/blank.csv": "\ufeff;;;\r\n \u00a0;;\r\n",
  "broken/only-header.csv": heading,
  "broken/no-header.csv": "Отчёт;за июль\r\n1;2\r\n3;4\r\n",
  "broken/old.xls": ole("Workbook"),
  "broken/password.xlsx": ole("EncryptionInfo\0EncryptedPackage"),
  "broken/open.ods": zipOf({
    mimetype: "application/vnd.oasis.opendocument.spreadsheet",
    "META-INF/manifest.xml": "<m/>",
    "content.xml": "<c/>",
  }),
  "broken/pdf.xlsx": "%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n<<>>\nendobj\n",
  "broken/page.xls": "\ufeff\r\n<html><body><table><tr><td>Страна</td></tr></table></body></html>",
  "broken/picture.csv": Buffer.from("89504e470d0a1a0a0000000d4948445200000001", "hex"),
  "broken/letter.docx": zipOf({ "[Content_Types].xml": "<Types/>", "word/document.xml": "<d/>" }),
  "broken/zip-in-zip.xlsx": zipOf({ "data.xlsx": valid }),
  "broken/cut.xlsx": valid.subarray(0, Math.floor(valid.length * 0.6)),
  "broken/cut-sheet.xlsx": zipOf(replaced(plainBook(header(1) + oneRow(2)), SHEET, (xml) => xml.slice(0, xml.indexOf("</sheetData>")))),
  "broken/bomb.xlsx": zipOf(
    replaced(plainBook(header(1) + oneRow(2)), SHEET, (xml) =>
      xml.replace("</sheetData>", `<row>${"<c/>".repeat(5_000_000)}</row></sheetData>`),
    ),
  ),
  "broken/deep.xlsx": zipOf(replaced(plainBook(header(1)), SHEET, (xml) => xml.replace("<sheetData>", "<a>".repeat(100)))),
  "broken/entities.xlsx": zipOf(
    replaced(plainBook(header(1) + oneRow(2)), SHEET, (xml) =>
      xml
        .replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet')
        .replace(">KG<", ">&b;<"),
    ),
  ),
  "broken/unclosed-quote.csv": `${heading}KG;gray_list;2025-07;1;"24.kg\r\nTJ;gray_list;2025-07;2;Азия\r\n`,
  "broken/misplaced-quote.csv": `${heading}KG;gray_list;2025-07;1;24.kg\r\nTJ;gray_list;2025-07;2;"Азия" плюс\r\n`,
  "broken/wide.csv": `${heading}${"1;".repeat(70)}\r\n`,
  "broken/wide.xlsx": zipOf(plainBook(header(1) + oneRow(2) + row(3, n("XFD3", 1)))),
  "broken/long-cell.csv": `${heading}KG;gray_list;2025-07;1;${"я".repeat(10_001)}\r\n`,
  "broken/cut-in-a-letter.csv": Buffer.from(`${heading}KG;gray_list;2025-07;1;Азия`).subarray(0, -1),
};

for (const [name, content] of Object.entries(files)) {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}
