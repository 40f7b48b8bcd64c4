import { ExploreCharts, ExploreRemarks } from "@/app/_components/explore-body";
import { whoSaid } from "@/app/_components/explore-in-words";
import { laidOut } from "./laid-out";
import { readMarkup } from "./markup";
import { ownStyles } from "./picture-styles";
import type { Shown } from "./shown";

/** So many of those who said the figures are named at the foot of a picture. */
const MOST_SOURCES = 6;

/** Who said what is shown: those of the newest figures by name. */
function saidBy({ rows, words: { t } }: Shown): string[] {
  const all = [...new Set(rows.map(({ statement }) => whoSaid(statement)))];
  if (all.length === 0) return [];
  const named = all.slice(0, MOST_SOURCES).join("; ");
  const others = all.length - MOST_SOURCES;
  return [t("files.said", { who: others > 0 ? t("files.others", { who: named, count: others }) : named })];
}

/** The charts of a view, made from the markup of its page, as a drawing that needs nothing beside it. */
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
