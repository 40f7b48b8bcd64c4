import type { Words } from "@/lib/i18n/words";

/** The words where no deadline is known, with the instant for which that holds. */
export function NoDeadline({ text, at, words }: { text: string; at: Date; words: Words }) {
  const { t } = words;
  return (
    <article className="deadline deadline-none">
      <p className="state">
        <span className="sign" aria-hidden="true">
          ?
        </span>
        {text}
      </p>
      <p>{t("deadline.noneMeaning")}</p>
      <p className="counted">{t("deadline.counted", { instant: words.instant(at) })}</p>
    </article>
  );
}
