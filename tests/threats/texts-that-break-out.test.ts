/**
 * Threat: a text that staff enter means to be more than a text in calendars, feeds, tables, drawings or file names.
 *
 * Seen to fail without its control: with XML not escaped in feeds, the property over whatever a text holds.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { chartSvg } from "@/app/_server/explore-files/chart-svg";
import { copyName } from "@/lib/copies/rules";
import { wordsFor } from "@/lib/i18n/words";
import { figuresXlsx } from "@/lib/open-data/excel-figures";
import { atomOf, jsonFeedOf } from "@/lib/open-data/feed";
import { FIGURE_COLUMNS } from "@/lib/open-data/figure-rows";
import { fitText } from "@/lib/open-data/text";
import { breakOn, NAMES, shown, tags } from "../components/drawings";
import { april, september } from "../deadlines/deadlines";
import { english, frame, lines } from "../open-data/calendars";
import { about, csv, series, sheets, shown as table } from "../open-data/figures";
import { bare, hostile } from "../open-data/hostile";
import { at, correction, Element, expectAtom, feed, figure, news, parsed } from "../open-data/news";
import { byIcalJs, byNodeIcal } from "../open-data/parsed";
import { figureOf } from "../snapshots/statements";

/** The shape of XML: what stands in what, whatever is said there. */
const shape = ({ name, children }: Element): unknown => [name, children.filter(({ name }) => !name.endsWith("|p")).map(shape)];

test("whatever a text holds, neither feed's structure changes, and what it says is kept", () => {
  const plain = feed(news());
  fc.assert(
    fc.property(hostile, hostile, hostile, (title, note, reason) => {
      const made = feed(
        news({
          deadlines: [{ ...april, basis: { en: note }, source: { ...april.source, title } }, september],
          figures: [{ snapshot: figure("one", { note }, title), first: at("2025-07-30T00:00:00Z") }],
          corrections: [{ ...correction, reason, sourceTitle: title }],
        }),
      );
      const xml = atomOf(made);
      expectAtom(xml);
      const read = parsed(xml);
      expect(shape(read)).toEqual(shape(parsed(atomOf(plain))));
      for (const each of [title, note, reason]) expect(bare(read.text)).toContain(bare(each));
      const json = JSON.parse(jsonFeedOf(made));
      expect(json.items).toHaveLength(plain.entries.length);
      for (const { content_html } of json.items) parsed(`<div>${content_html}</div>`);
    }),
    { numRuns: 150 },
  );
}, 30_000);

test("whatever a text holds, the calendar's structure stays, and what it says is kept", () => {
  const plain = frame(english([april, september]));
  fc.assert(
    fc.property(hostile, hostile, hostile, (basis, consequence, afterwards) => {
      const text = english([
        april,
        { ...september, basis: { en: basis }, consequence: { en: consequence }, afterwards: { en: afterwards } },
      ]);
      expect(frame(text)).toEqual(plain);
      for (const line of lines(text)) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        // No letter is cut in two by a fold, and no sign is left that commands.
        expect(Buffer.from(line).toString()).toBe(line);
        expect(line).not.toMatch(/(?!\t)\p{Cc}/u);
      }
      const [event] = byIcalJs(text).events;
      for (const said of [basis, consequence, afterwards]) expect(bare(event?.description ?? "")).toContain(bare(said));
      expect(byNodeIcal(text)).toMatchObject([{ uid: event?.uid, start: event?.start, end: event?.end, alarms: 3 }]);
    }),
    { numRuns: 100 },
  );
}, 30_000);

test("no text breaks a file, or becomes another", async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      const files = table(series).files.map((row) => ({ ...row, wording: text, source_title: text }));
      // Half a character has no bytes of its own.
      expect(csv(files).every((row) => row.wording === Buffer.from(text).toString())).toBe(true);
      const [figures = []] = await sheets(await figuresXlsx(files, about, wordsFor("en")));
      expect(figures).toHaveLength(files.length + 1);
      const column = FIGURE_COLUMNS.indexOf("source_title") + 1;
      // The reader gives up after ten thousand characters, and leaves spaces at the ends out.
      const seen = (said: string) => said.replace(/\s/g, "").slice(0, 5000);
      for (const row of figures.slice(1)) expect(seen(row[column] ?? "") === seen(fitText(text))).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test("whatever the record's texts are, a drawing has its own elements alone", async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      const source = { id: "s", title: text, publisher: null, speaker: text, speakerRole: null, publishedOn: null, url: null };
      const figures = [figureOf("2025-03-01", 5, { source }), figureOf("2025-07-01", 9, { source })];
      const all = tags(await chartSvg(shown({ KG: figures }, "ky", {}, [breakOn("2025-05-01", text)])));
      expect(all.filter(({ name }) => !NAMES.has(name))).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test("a name for the browser is made by us", () => {
  expect(copyName("kg-1", "application/pdf")).toBe("muhlat-kg-1.pdf");
  expect(copyName("kg-1", "image/jpeg")).toBe("muhlat-kg-1.jpg");
});
