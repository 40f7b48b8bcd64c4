import type { Since } from "@/lib/explore/rules/since";
import { queryOf, type View } from "@/lib/explore/rules/view";
import type { Words } from "@/lib/i18n/words";
import type { Vintage } from "@/lib/vintage";
import { VintageBand } from "./vintage-band";

type Props = { view: View; vintage: Vintage; since: Since | undefined; news: readonly string[]; words: Words };

/** As known on which day: what has changed since then, and the days before and after it on which something became known. */
export function ExploreVintage({ view, vintage, since, news, words }: Props) {
  const { t, language } = words;
  const on = (knownOn: string) => `/${language}/explore${queryOf({ ...view, vintage: { ...view.vintage, knownOn } })}`;
  const present = `/${language}/explore${queryOf({ ...view, vintage: undefined })}`;
  const earlier = news.filter((day) => day < vintage.knownOn).at(-1);
  const later = view.vintage && news.find((day) => day > vintage.knownOn);
  return (
    <>
      {view.vintage && <VintageBand vintage={vintage} present={present} words={words} />}
      {since && <p>{t("explore.sinceAdded", { count: since.added, changed: since.marks.size })}</p>}
      {(earlier || later) && (
        <nav aria-label={t("explore.news")} className="choice">
          <span aria-hidden="true">{t("explore.known")}</span>
          <ul>
            {earlier && (
              <li>
                <a href={on(earlier)}>{t("explore.earlierNews", { day: words.day(earlier) })}</a>
              </li>
            )}
            {later && (
              <li>
                <a href={on(later)}>{t("explore.laterNews", { day: words.day(later) })}</a>
              </li>
            )}
            <li>
              <a href={present} aria-current={view.vintage ? undefined : "true"}>
                {t("explore.today")}
              </a>
            </li>
          </ul>
        </nav>
      )}
    </>
  );
}
