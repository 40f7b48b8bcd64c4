import type { Words } from "@/lib/i18n/words";
import type { Vintage } from "@/lib/vintage";
import { EmbedSnippet } from "./embed-snippet";

type Props = {
  title: string;
  /** Both dates, so that the address answers the same for ever. */
  pinned: Required<Vintage>;
  address: string;
  frame: { label: string; code: string };
  words: Words;
};

/** How to cite what is shown, by an address that keeps to it, and how to show it on another page. */
export function ExploreCite({ title, pinned, address, frame, words }: Props) {
  const { t } = words;
  const cited = { title, day: words.day(pinned.knownOn), instant: words.instant(pinned.recordedAt), address };
  return (
    <section aria-labelledby="cite">
      <h2 id="cite">{t("explore.cite")}</h2>
      <p className="citation">{t("explore.citation", cited)}</p>
      <p>
        <a className="tap" href={address}>
          {t("explore.pinned")}
        </a>
      </p>
      <EmbedSnippet codes={[frame]} how={t("explore.frameHow")} words={words} />
    </section>
  );
}
