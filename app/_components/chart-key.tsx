import type { ReactNode } from "react";
import type { Words } from "@/lib/i18n/words";
import type { Figure } from "@/lib/snapshots/rules";
import { boundsOf } from "@/lib/trends/rules/bounds";

/** A mark with what it means; as wide as what is drawn in it. */
export function Sign({ children, text, width = 14 }: { children: ReactNode; text: string; width?: number }) {
  return (
    <li>
      <svg width={width} height="14" aria-hidden="true">
        {children}
      </svg>{" "}
      {text}
    </li>
  );
}

type Props = {
  figures: readonly Figure[];
  rivals: boolean;
  /** What a hollow mark means, where it is not the usual. */
  vagueMark?: string | undefined;
  words: Words;
};

/** What each mark of a chart means; only those that the figures in it have. */
export function ChartKey({ figures, rivals, vagueMark, words: { t } }: Props) {
  const vague = figures.some(({ qualifier }) => qualifier !== "exact");
  const open = figures.map(boundsOf).some(({ low, high }) => low === null || high === null);
  return (
    <ul className="key">
      <Sign text={t("trend.exactMark")}>
        <circle className="dot" cx="7" cy="7" r="4.5" />
      </Sign>
      <Sign text={vagueMark ?? t("trend.vagueMark")}>
        <circle className="dot vague" cx="7" cy="7" r="4.5" />
      </Sign>
      {vague && (
        <Sign text={t("trend.boundsMark")}>
          <line className="bounds" x1="7" x2="7" y1="1" y2="13" />
        </Sign>
      )}
      {open && (
        <Sign text={t("trend.openMark")}>
          <path className="open" d="M3 9L7 4L11 9" />
        </Sign>
      )}
      {rivals && (
        <Sign text={t("trend.rivalMark")}>
          <path className="dot vague" d="M7 2L12 7L7 12L2 7Z" />
        </Sign>
      )}
    </ul>
  );
}
