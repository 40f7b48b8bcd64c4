import type { Words } from "@/lib/i18n/words";
import type { Vintage } from "@/lib/vintage";

type Props = { country: string; vintage: Vintage; today: string; words: Words };

/** Asks for the same page as it was known on another day. `country` as in the address, `vintage` the one shown now, `today` the last day there is. */
export function AskKnownOn({ country, vintage: { knownOn, recordedAt }, today, words }: Props) {
  const { t, language } = words;
  return (
    <form className="ask" method="get" action={`/${language}/as-known`}>
      <h2>{t("asKnown.open")}</h2>
      <input type="hidden" name="country" value={country} />
      {recordedAt && <input type="hidden" name="recorded" value={recordedAt.toISOString()} />}
      <label>
        {t("asKnown.day")} <input type="date" name="day" defaultValue={knownOn} max={today} required />
      </label>{" "}
      <button type="submit">{t("asKnown.show")}</button>
    </form>
  );
}
