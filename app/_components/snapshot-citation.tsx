import type { Words } from "@/lib/i18n/words";
import type { Snapshot } from "@/lib/snapshots/rules";
import { pagePath, type Vintage } from "@/lib/vintage";
import { aboutWhen } from "./figure";

type Props = {
  snapshot: Snapshot;
  /** The heading of its page: what is counted, where, and how many. */
  title: string;
  /** The address browsers find this server under. */
  origin: string;
  /** The day on which the page is read. */
  accessed: string;
  /** The knowledge that the page shows, where an address can pin it. */
  pinned: Vintage | undefined;
  words: Words;
};

/** A line to cite one figure by, with the address that does not change and the one that shows it as it is shown here; `take-along` copies it. */
export function Citation({ snapshot, title, origin, accessed, pinned, words }: Props) {
  const { t, language, day } = words;
  const { source, statementId } = snapshot;
  const published = source.publishedOn && t("figure.published", { moment: words.moment({ text: source.publishedOn }) });
  const who = [source.speaker, source.speakerRole, source.title, published].filter(Boolean).join(", ");
  const pinnedPath = pinned && `/${language}/${pagePath(`snapshots/${statementId}`, pinned)}`;
  const line = t("statement.citation", {
    title,
    when: aboutWhen(snapshot, words),
    source: who,
    site: t("site.name"),
    address: `${origin}/${language}/snapshots/${statementId}`,
    day: day(accessed),
  });
  const lines = pinned ? [line, t("statement.citationPinned", { day: day(pinned.knownOn), address: `${origin}${pinnedPath}` })] : [line];
  return (
    <section
      className="take-along cite"
      aria-labelledby="cite"
      data-copied={t("takeAlong.copied")}
      data-not-copied={t("takeAlong.notCopied")}
    >
      <h2 id="cite">{t("statement.cite")}</h2>
      <div className="message">
        <textarea readOnly rows={7} spellCheck={false} aria-label={t("statement.citeLine")} defaultValue={lines.join(" ")} />
        <p className="ways">
          <button type="button" hidden data-copy="">
            {t("takeAlong.copy")}
          </button>
        </p>
        <p role="status" className="told" />
      </div>
      {pinnedPath && (
        <p>
          <a className="tap" href={pinnedPath}>
            {t("statement.pinned")}
          </a>
        </p>
      )}
    </section>
  );
}
