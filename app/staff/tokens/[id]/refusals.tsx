import type { Words } from "@/lib/i18n/words";
import type { ManagedToken } from "@/lib/tokens/read";

/** What was refused to a token, the latest first. */
export function Refusals({ refusals, words }: { refusals: ManagedToken["refusals"]; words: Words }) {
  const { t, country, instant } = words;
  if (refusals.length === 0) return null;
  return (
    <>
      <h2>{t("tokens.refused")}</h2>
      <p>{t("tokens.refusedText")}</p>
      <ul className="plain">
        {refusals.map((one) => (
          <li key={`${one.reason} ${one.country}`}>
            {one.reason === "country" ? t("tokens.refusedCountry", { country: country(one.country) }) : t(`tokens.refusals.${one.reason}`)}{" "}
            <small className="aside">{instant(one.lastAt)}</small>
          </li>
        ))}
      </ul>
    </>
  );
}
