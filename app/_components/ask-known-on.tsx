import type { Words } from "@/lib/i18n/words";

/** Asks for the same page as it was known on another day. `country` as in the address, `day` the one shown now, `today` the last there is. */
export function AskKnownOn({ country, day, today, words }: { country: string; day: string; today: string; words: Words }) {
  const { t, language } = words;
  return (
    <form className="ask" method="get" action={`/${language}/as-known`}>
      <h2>{t("asKnown.open")}</h2>
      <input type="hidden" name="country" value={country} />
      <label>
        {t("asKnown.day")} <input type="date" name="day" defaultValue={day} max={today} required />
      </label>{" "}
      <button type="submit">{t("asKnown.show")}</button>
    </form>
  );
}
