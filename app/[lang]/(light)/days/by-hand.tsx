import type { Words } from "@/lib/i18n/words";
import { countDays, LIMIT } from "@/lib/stays/rules";

const FIRST = { arrived: "2026-02-01", left: "2026-03-02" };
const AGAIN = { arrived: "2026-06-15", left: null };

/** How to count without script, with an example that the same arithmetic works out. */
export function ByHand({ words }: { words: Words }) {
  const { t, day, days } = words;
  const { shares, verdict } = countDays([FIRST, AGAIN], AGAIN.arrived);
  const used = shares[0]?.days ?? 0;
  if (verdict.kind !== "inside") throw new Error("the example is not of somebody in time");
  return (
    <section aria-labelledby="by-hand">
      <h2 id="by-hand">{t("days.byHand")}</h2>
      <ol>
        <li>{t("days.byHandStays")}</li>
        <li>{t("days.byHandSum")}</li>
        <li>{t("days.byHandLast")}</li>
      </ol>
      <h3>{t("days.exampleTitle")}</h3>
      <p>
        {t("days.exampleFirst", { arrived: day(FIRST.arrived), left: day(FIRST.left), days: days(used) })}{" "}
        {t("days.exampleLeft", { used, days: days(LIMIT - used) })}{" "}
        {t("days.exampleLast", { arrived: day(AGAIN.arrived), lastDay: day(verdict.lastDay) })}
      </p>
    </section>
  );
}
