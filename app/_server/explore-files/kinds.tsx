import { ExploreCharts, ExploreRemarks } from "@/app/_components/explore-body";
import { titleOf, whoSaid } from "@/app/_components/explore-in-words";
import type { ExploreRecord } from "@/app/_server/explore-record";
import { type Row, rowsOf } from "@/lib/explore/rules/plotted";
import { lastingView, parametersOf, queryOf } from "@/lib/explore/rules/view";
import type { Words } from "@/lib/i18n/words";
import { figuresExcelCsv, figuresXlsx } from "@/lib/open-data/excel-figures";
import { type About, figuresCsv, figuresJson } from "@/lib/open-data/figure-files";
import { type FigureRow, figureRow } from "@/lib/open-data/figure-rows";
import { laidOut } from "./laid-out";
import { readMarkup } from "./markup";
import { ownStyles } from "./picture-styles";
import { pngOf } from "./png";

/** What a view shows, as every kind of file is made from it. */
export type Shown = { record: ExploreRecord; rows: Row[]; about: About; origin: string; words: Words };

/** More countries than this are counted in a name of a file, not named. */
const MOST_NAMED = 6;
/** So many of those who said the figures are named at the foot of a picture. */
const MOST_SOURCES = 6;

/** Everything that the files of a view are made from; `now` is when it was read. */
export function shownIn(record: ExploreRecord, now: Date, origin: string, words: Words): Shown {
  const { view, vintage, plots } = record;
  const countries = plots.map(({ country }) => country);
  const lasting = lastingView(view, countries, vintage, now);
  const { knownOn, recordedAt } = lasting.vintage;
  const title = titleOf(view, countries, words);
  const address = `${origin}/${words.language}/explore${queryOf(lasting)}`;
  const cited = { title, day: words.day(knownOn), instant: words.instant(recordedAt), address };
  const about = { title, knownOn, recordedAt, address, citation: words.t("explore.citation", cited) };
  return { record, rows: plots.flatMap(rowsOf), about, origin, words };
}

const figureRows = ({ record, rows, origin, words }: Shown): FigureRow[] =>
  rows.map((row) => figureRow(row, record.view, `${origin}/${words.language}/`));

/** Who said what is shown: those of the newest figures by name. */
function saidBy({ rows, words: { t } }: Shown): string[] {
  const all = [...new Set(rows.map(({ statement }) => whoSaid(statement)))];
  if (all.length === 0) return [];
  const named = all.slice(0, MOST_SOURCES).join("; ");
  const others = all.length - MOST_SOURCES;
  return [t("files.said", { who: others > 0 ? t("files.others", { who: named, count: others }) : named })];
}

/** The charts of a view as a drawing that needs nothing beside it. */
export async function chartSvg(shown: Shown): Promise<string> {
  const { record, about, origin, words } = shown;
  // The framework refuses the import where it is not asked for at run time.
  const { renderToStaticMarkup } = await import("react-dom/server");
  const page = renderToStaticMarkup(
    <>
      <ExploreCharts record={record} words={words} />
      <ExploreRemarks record={record} words={words} />
    </>,
  );
  const state = words.t("files.state", { day: words.day(about.knownOn), instant: words.instant(about.recordedAt) });
  const foot = [...saidBy(shown), `${words.t("site.name")}. ${state}.`];
  return laidOut({ title: about.title, body: readMarkup(page), foot, address: about.address, origin }, ownStyles());
}

type Kind = { type: string; make: (shown: Shown) => string | Uint8Array<ArrayBuffer> | Promise<string | Uint8Array<ArrayBuffer>> };

/** The files of a view by their names. */
export const EXPLORE_FILES: Readonly<Record<string, Kind>> = {
  "figures.csv": { type: "text/csv; charset=utf-8; header=present", make: (shown) => figuresCsv(figureRows(shown)) },
  "figures-excel.csv": { type: "text/csv; charset=utf-8", make: (shown) => figuresExcelCsv(figureRows(shown), shown.words) },
  "figures.xlsx": {
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    make: (shown) => figuresXlsx(figureRows(shown), shown.about, shown.words),
  },
  "figures.json": {
    type: "application/json; charset=utf-8",
    make: (shown) => figuresJson(figureRows(shown), Object.fromEntries(parametersOf(shown.record.view)), shown.about),
  },
  "chart.svg": { type: "image/svg+xml; charset=utf-8", make: chartSvg },
  "chart.png": { type: "image/png", make: async (shown) => pngOf(await chartSvg(shown)) },
};

/** What a file is called once it lies on a disk: `muhlat-gray-list-kg-tj-2026-11-25.csv`. */
export function fileName(file: string, { record: { view, plots }, about }: Shown): string {
  const codes = plots.map(({ country }) => country.toLowerCase());
  const [stem = "", ending = ""] = file.split(".");
  const parts = [
    "muhlat",
    view.measure.replaceAll("_", "-"),
    ...(codes.length > MOST_NAMED ? [`${codes.length}-countries`] : codes),
    ...(view.reading === "absolute" ? [] : [view.reading.replaceAll("_", "-")]),
    about.knownOn,
    ...(stem === "figures-excel" ? ["excel"] : []),
  ];
  return `${parts.join("-")}.${ending}`;
}
