import type { Words } from "@/lib/i18n/words";
import { LISTS } from "@/lib/measures/rules";
import { ageOf } from "@/lib/moments/rules";
import { newestFigure, type Snapshot } from "@/lib/snapshots/rules";

type Props = { snapshots: readonly Snapshot[]; now: Date; words: Words };

/** The two lists in one glance: the newest figure of each with its age, or that nothing is known; each leads to its part of the page. */
export function ListTiles({ snapshots, now, words }: Props) {
  const { t } = words;
  return (
    <ul className="tiles" aria-label={t("home.lists")}>
      {LISTS.map((measure) => {
        const newest = newestFigure(snapshots.filter((s) => s.measure === measure))?.figure;
        return (
          <li key={measure}>
            <a className={`tile tile-${measure}`} href={`#${measure}`}>
              <span className="tile-name">
                {t(`measures.${measure}`)} <small>({t(`formal.${measure}`)})</small>
              </span>
              {newest ? (
                <>
                  <strong>{words.figure(newest.answer.figure)}</strong>
                  <small>
                    {words.moment(newest.asOf)} · {words.age(ageOf(newest.asOf, now))}
                  </small>
                </>
              ) : (
                <em>{t("figure.nothingShort")}</em>
              )}
            </a>
          </li>
        );
      })}
    </ul>
  );
}
