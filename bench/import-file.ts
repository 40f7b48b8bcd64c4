import { closeSync, openSync, writeSync } from "node:fs";

// The countries with the most citizens in Russia, and others: many series of every measure.
/** What a table is about. */
export const COUNTRIES = "KG TJ UZ KZ AM AZ MD BY GE TM UA CN VN IN BD PK AF IR TR EG SY NG GH CM MA DZ TN IL DE FR".split(" ");
const STOCKS = ["gray_list", "black_list", "present"];
const MEASURES = [...STOCKS, "regularised", "left", "removed", "expelled", "deported"];
const QUALIFIERS = ["exact", "about", "more than"];
const NAMES = ["Country", "Measure", "Period start", "As of", "Value", "Qualifier", "Source", "Published on", "Speaker", "URL", "Note"];
const DAY = 86_400_000;

const day = (count: number) => new Date(Date.UTC(2022, 0, 1) + count * DAY).toISOString().slice(0, 10);
const cell = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Writes a table of statements as a program would export them; the same one every time. Each source gives forty figures,
 * and every fifth has a note.
 */
export function writeTable(file: string, rows: number, countries: readonly string[] = COUNTRIES): void {
  const out = openSync(file, "w");
  let text = `${NAMES.join(",")}\r\n`;
  for (let i = 0; i < rows; i++) {
    const measure = MEASURES[Math.floor(i / countries.length) % MEASURES.length] ?? "";
    const moment = Math.floor(i / (countries.length * MEASURES.length));
    const briefing = Math.floor(i / 40);
    const cells = [
      countries[i % countries.length] ?? "",
      measure,
      STOCKS.includes(measure) ? "" : "2022-01-01",
      day(moment),
      String(10_000 + ((i * 7919) % 9_000)),
      QUALIFIERS[i % QUALIFIERS.length] ?? "",
      `Briefing ${briefing} of the ministry`,
      day(moment + 5),
      `Speaker ${briefing % 50}`,
      `https://example.org/news/${briefing}`,
      i % 5 === 0 ? `Said at a meeting, number ${i}` : "",
    ];
    text += `${cells.map(cell).join(",")}\r\n`;
    if (text.length > 1_000_000 || i === rows - 1) {
      writeSync(out, text);
      text = "";
    }
  }
  closeSync(out);
}
