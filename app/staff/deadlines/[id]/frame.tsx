import type { ReactNode } from "react";
import { stateInWords } from "@/app/_components/deadline-card";
import { whomInWords } from "@/lib/deadlines/in-words";
import { type Deadline, lastDay, stateOf } from "@/lib/deadlines/rules";
import type { Words } from "@/lib/i18n/words";

type Props = { title: string; deadline: Deadline; chain: readonly Deadline[]; now: Date; words: Words; children: ReactNode };

/** What every page about one deadline begins with: which one it is, and where it stands. */
export function DeadlineFrame({ title, deadline, chain, now, words, children }: Props) {
  const { t, day } = words;
  const withdrawn = chain.every((d) => d.statementId !== deadline.statementId);
  return (
    <>
      <p className="back">
        <a href="/staff/deadlines">{t("deadlines.title")}</a>
      </p>
      <h1>{title}</h1>
      <p className="lead">
        {day(lastDay(deadline))} · {whomInWords(deadline, words)} ·{" "}
        {withdrawn ? t("snapshot.withdrawn") : stateInWords(stateOf(deadline, chain, now), words)}
      </p>
      {children}
    </>
  );
}
