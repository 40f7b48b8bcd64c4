import { whomInWords } from "@/lib/deadlines/in-words";
import { type Deadline, lastDay, stateOf } from "@/lib/deadlines/rules";
import type { Words } from "@/lib/i18n/words";
import { dayIn, MOSCOW } from "@/lib/moments/rules";
import { stateInWords } from "./deadline-card";
import { GivenText } from "./given-text";

type Correction = { key: string; at: Date; before: string; after: string; reason: string };
type Props = { members: readonly Deadline[]; corrections: readonly Correction[]; now: Date; words: Words };

/** What became of one obligation: every deadline it had, when each became known and what it rests on; and what was corrected of them. */
export function ChainHistory({ members, corrections, now, words }: Props) {
  const { t, day, instant } = words;
  const newestFirst = [...members].sort((a, b) => b.knownFrom.getTime() - a.knownFrom.getTime());
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t("deadlinePages.history")}</h2>
      <ol className="revisions">
        {newestFirst.map((deadline) => (
          <li key={deadline.statementId}>
            <h3>{day(lastDay(deadline))}</h3>
            <p>{stateInWords(stateOf(deadline, members, now), words)}</p>
            <p className="aside">
              {whomInWords(deadline, words)} ·{" "}
              {t("deadlinePages.knownSince", { day: day(dayIn(MOSCOW, new Date(deadline.knownFrom.getTime() - 1))) })}
            </p>
            <p className="aside">
              <GivenText texts={deadline.basis} words={words} /> · {t("figure.source")}: <span lang="">{deadline.source.title}</span>
            </p>
          </li>
        ))}
      </ol>
      {corrections.length > 0 && (
        <>
          <h3>{t("corrections.title")}</h3>
          <ul className="revisions">
            {corrections.map(({ key, at, before, after, reason }) => (
              <li key={key}>
                <p>{t("corrections.change", { before: day(before), after: day(after) })}</p>
                <p>
                  <span lang="">{reason}</span>
                </p>
                <p className="aside">{instant(at)}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
