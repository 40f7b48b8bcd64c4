import { titleOf } from "@/app/_components/explore-in-words";
import type { ExploreRecord } from "@/app/_server/explore-record";
import { type Row, rowsOf } from "@/lib/explore/rules/plotted";
import { lastingView, queryOf } from "@/lib/explore/rules/view";
import type { Words } from "@/lib/i18n/words";
import type { About } from "@/lib/open-data/figure-files";

/** What a view shows, as every kind of file is made from it; `origin` is what stands before our addresses. */
export type Shown = { record: ExploreRecord; rows: Row[]; about: About; origin: string; words: Words };

/** Everything that the files of a view are made from. */
export function shownIn(record: ExploreRecord, origin: string, words: Words): Shown {
  const { view, pinned, plots } = record;
  const { knownOn, recordedAt } = pinned;
  const countries = plots.map(({ country }) => country);
  const title = titleOf(view, countries, words);
  const address = `${origin}/${words.language}/explore${queryOf(lastingView(view, countries, pinned))}`;
  const cited = { title, day: words.day(knownOn), instant: words.instant(recordedAt), address };
  const about = { title, knownOn, recordedAt, address, citation: words.t("explore.citation", cited) };
  return { record, rows: plots.flatMap(rowsOf), about, origin, words };
}
