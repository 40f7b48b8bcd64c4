import type { ReactNode } from "react";
import type { Words } from "@/lib/i18n/words";
import type { SourceContent } from "@/lib/sources/rules";
import { SYSTEM } from "@/lib/staff/rules";

/** One revision of a statement, and what it said. */
export type HistoryEntry = {
  revision: number;
  state: "published" | "withdrawn";
  said: ReactNode;
  /** Where what it said does not name its source itself. */
  source?: SourceContent;
  reason: string | null;
  recordedBy: string;
  recordedAt: Date;
};

type Props = { entries: readonly HistoryEntry[]; names: ReadonlyMap<string, string>; words: Words };

/** The history of a statement, newest first and side by side where there is room: what it said, who wrote it, when and why. */
export function History({ entries, names, words }: Props) {
  const { t } = words;
  return (
    <ol className="revisions beside" reversed>
      {entries.map((entry) => (
        <li key={entry.revision}>
          <h3>{t("record.old", { number: entry.revision })}</h3>
          {entry.state === "withdrawn" && <p>{t("snapshot.withdrawn")}</p>}
          {entry.said}
          {entry.source && (
            <p className="aside">
              {t("figure.source")}: <span lang="en">{entry.source.title}</span>
              {entry.source.url && (
                <>
                  {" · "}
                  <a href={entry.source.url} rel="noreferrer">
                    {new URL(entry.source.url).host}
                  </a>
                </>
              )}
            </p>
          )}
          {entry.reason && (
            <p>
              {t("snapshot.reason")}: {entry.reason}
            </p>
          )}
          <p className="aside">
            {t("record.who")}:{" "}
            {entry.recordedBy === SYSTEM.personId ? t("record.starter") : (names.get(entry.recordedBy) ?? entry.recordedBy)} ·{" "}
            {t("record.from")}: {words.instant(entry.recordedAt)}
          </p>
        </li>
      ))}
    </ol>
  );
}
