import type { Words } from "@/lib/i18n/words";
import type { Vintage } from "@/lib/vintage";

/** Says across a page that it shows a past day, and leads to `present`, the same page of today. */
export function VintageBand({ vintage, present, words }: { vintage: Vintage; present: string; words: Words }) {
  const { t, day, instant } = words;
  return (
    <div className="band">
      <p>
        <strong>{t("asKnown.band", { day: day(vintage.knownOn) })}</strong>
      </p>
      {vintage.recordedAt && <p>{t("asKnown.bandRecorded", { instant: instant(vintage.recordedAt) })}</p>}
      <p>
        <a href={present}>{t("asKnown.back")}</a>
      </p>
    </div>
  );
}
