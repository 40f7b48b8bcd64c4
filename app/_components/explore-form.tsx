import type { ReactNode } from "react";
import { ALL } from "@/lib/countries/rules";
import type { Latest } from "@/lib/explore/rules/latest";
import { MOST_COUNTRIES, ORDERS, type Order, parametersOf, type View } from "@/lib/explore/rules/view";
import type { Words } from "@/lib/i18n/words";
import { isFlow } from "@/lib/measures/rules";
import { ageOf } from "@/lib/moments/rules";
import { drawnAt } from "@/lib/trends/rules/bounds";
import { paceBetween } from "@/lib/trends/rules/pace";
import { isNamed } from "./explore-in-words";

type Known = { code: string; latest: Latest | undefined };

const perDay = ({ latest }: Known): number | undefined =>
  latest?.before && !isFlow(latest.newest.measure) ? paceBetween(latest.before, latest.newest).perDay.value : undefined;

/** By what countries are ordered; those of which nothing is known come last, by name. */
function ordered(known: readonly Known[], order: Order, words: Words): Known[] {
  const collator = new Intl.Collator(words.language);
  const name = ({ code }: Known) => (code === ALL ? "" : words.country(code));
  const by: Record<Order, (one: Known) => number | undefined> = {
    name: () => 0,
    value: ({ latest }) => latest && -drawnAt(latest.newest.answer.figure),
    age: ({ latest }) => latest && -latest.newest.asOf.to.getTime(),
    change: (one) => perDay(one),
  };
  const rank = (one: Known) => by[order](one) ?? Number.POSITIVE_INFINITY;
  return [...known].sort((a, b) => (rank(a) === rank(b) ? collator.compare(name(a), name(b)) : rank(a) - rank(b)));
}

type Props = {
  /** What is chosen by links, beside the form. */
  children: ReactNode;
  view: View;
  /** Countries shown, in the view's order. */
  shown: readonly string[];
  /** Countries one can choose from. */
  offered: readonly string[];
  latest: ReadonlyMap<string, Latest>;
  at: Date;
  today: string;
  words: Words;
};

/** What is chosen by typing or ticking: countries, bounds of time, the day of the index, the day as known on. A plain form. */
export function ExploreForm({ children, view, shown, offered, latest, at, today, words }: Props) {
  const { t } = words;
  const kept = parametersOf(view).filter(([name]) => !["c", "from", "to", "at", "known", "sort", "find"].includes(name));
  const known = offered.map((code) => ({ code, latest: latest.get(code) }));
  const found = ordered(
    known.filter(({ code }) => isNamed(code, view.find, words)),
    view.order,
    words,
  );
  const unfound = shown.filter((code) => !found.some((one) => one.code === code));
  return (
    <details className="choose" open={view.find !== "" || view.order !== "name" || undefined}>
      <summary>{t("explore.choose")}</summary>
      {children}
      <form method="get" action={`/${words.language}/explore`}>
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <fieldset>
          <legend>{t("explore.countries")}</legend>
          <p className="pair">
            <label>
              {t("explore.find")} <input type="search" name="find" defaultValue={view.find} maxLength={60} />
            </label>
            <label>
              {t("explore.order")}{" "}
              <select name="sort" defaultValue={view.order}>
                {ORDERS.map((order) => (
                  <option key={order} value={order}>
                    {t(`explore.orders.${order}`)}
                  </option>
                ))}
              </select>
            </label>
          </p>
          {found.length === 0 && <p className="nothing">{t("explore.noneFound")}</p>}
          <ul className="countries">
            {found.map((one) => {
              const change = perDay(one);
              return (
                <li key={one.code}>
                  <label>
                    <input type="checkbox" name="c" value={one.code.toLowerCase()} defaultChecked={shown.includes(one.code)} />
                    <span>
                      {words.country(one.code)}
                      <small className="line">
                        {one.latest
                          ? [
                              words.figure(one.latest.newest.answer.figure),
                              words.age(ageOf(one.latest.newest.asOf, at)),
                              ...(change === undefined ? [] : [t("explore.values.change", { value: words.workedOut(change) })]),
                            ].join(" · ")
                          : t("explore.refused.nothing_known")}
                      </small>
                    </span>
                  </label>
                </li>
              );
            })}
          </ul>
          {unfound.length > 0 && (
            <p className="hint">{t("explore.chosenToo", { countries: unfound.map((code) => words.country(code)).join(", ") })}</p>
          )}
          {unfound.map((code) => (
            <input key={code} type="hidden" name="c" value={code.toLowerCase()} />
          ))}
          {offered.length > MOST_COUNTRIES && <p className="hint">{t("explore.mostCountries", { count: MOST_COUNTRIES })}</p>}
        </fieldset>
        <p className="pair">
          <label>
            {t("explore.from")}{" "}
            <input name="from" defaultValue={view.from} maxLength={10} inputMode="numeric" aria-describedby="bound-hint" />
          </label>
          <label>
            {t("explore.to")} <input name="to" defaultValue={view.to} maxLength={10} inputMode="numeric" aria-describedby="bound-hint" />
          </label>
        </p>
        <p className="hint" id="bound-hint">
          {t("explore.boundHint")}
        </p>
        <p className="pair">
          <label>
            {t("explore.at")} <input type="date" name="at" defaultValue={view.at} max={today} />
          </label>
          <label>
            {t("explore.known")} <input type="date" name="known" defaultValue={view.vintage?.knownOn} max={today} />
          </label>
        </p>
        <button type="submit">{t("explore.show")}</button>
      </form>
    </details>
  );
}
