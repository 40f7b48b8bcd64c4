const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

export type SheetPart = { name: string; hidden?: boolean; xml: string };

/** A worksheet around its rows, with what Excel writes in front of and behind them. */
export const sheetXml = (rows: string, behind = "") =>
  `${XML}<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}"><dimension ref="A1"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>` +
  `<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="20" width="14" customWidth="1"/></cols>` +
  `<sheetData>${rows}</sheetData>${behind}<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>`;

/** The parts of an .xlsx file in the order and with the wording of Excel. */
export function workbookParts(
  sheets: SheetPart[],
  given: { shared?: string[]; formats?: string[]; from1904?: boolean } = {},
): Record<string, string> {
  const { shared, formats = [], from1904 } = given;
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  return {
    "[Content_Types].xml":
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${sheets
        .map((_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${type}.worksheet+xml"/>`)
        .join("")}</Types>`,
    "_rels/.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${from1904 ? ' date1904="1"' : ""} defaultThemeVersion="124226"/><sheets>${sheets
      .map(({ name, hidden }, i) => `<sheet name="${name}" sheetId="${i + 1}"${hidden ? ' state="hidden"' : ""} r:id="rId${i + 1}"/>`)
      .join("")}</sheets><calcPr calcId="145621"/></workbook>`,
    "xl/_rels/workbook.xml.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships">${sheets
      .map((_, i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`)
      .join(
        "",
      )}<Relationship Id="rId99" Type="${OFFICE}/styles" Target="styles.xml"/>${shared ? `<Relationship Id="rId98" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/>` : ""}</Relationships>`,
    ...Object.fromEntries(sheets.map(({ xml }, i) => [`xl/worksheets/sheet${i + 1}.xml`, xml])),
    "xl/styles.xml":
      `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="${formats.length}">${formats
        .map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${code}"/>`)
        .join("")}</numFmts><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>` +
      `<cellStyleXfs count="1"><xf numFmtId="14" fontId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0" xfId="0"/>` +
      `<xf numFmtId="14" xfId="0" applyNumberFormat="1"/>${formats.map((_, i) => `<xf numFmtId="${164 + i}" xfId="0"/>`).join("")}</cellXfs></styleSheet>`,
    ...(shared && {
      "xl/sharedStrings.xml": `${XML}<sst xmlns="${MAIN}" count="${shared.length}" uniqueCount="${shared.length}">${shared.map((si) => `<si>${si}</si>`).join("")}</sst>`,
    }),
  };
}
