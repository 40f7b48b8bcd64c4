import type { ReactNode } from "react";
import { type Chain, type Deadline, type DeadlineState, lastDay, stateOf } from "@/lib/deadlines/rules";
import { formatTime } from "@/lib/i18n/dates";
import type { Words } from "@/lib/i18n/words";
import { dayIn, MOSCOW } from "@/lib/moments/rules";
import { GivenText } from "./given-text";

/** A sign beside the words of a state, so that it is not told by colour alone. */
const SIGN: Record<DeadlineState["state"], string> = { ahead: "○", last_days: "◐", today: "●", passed: "✕", extended: "→", cancelled: "—" };

/** Where a deadline stands, in words: the countdown. */
export function stateInWords(state: DeadlineState, { t, day }: Words): string {
  switch (state.state) {
    case "ahead":
    case "last_days":
      return t(`deadline.${state.state}`, { count: state.daysLeft });
    case "passed":
      return t("deadline.passed", { count: state.daysAgo });
    case "extended":
      return t("deadline.extended", { day: day(state.to) });
    case "today":
    case "cancelled":
      return t(`deadline.${state.state}`);
  }
}

function lastMoments(deadline: Deadline, zone: string | undefined, words: Words): string[] {
  const moment = new Date(deadline.endsAt.getTime() - 60_000);
  return [...new Set([deadline.zone, zone ?? MOSCOW])].map((z) => {
    const at = { day: words.day(dayIn(z, moment)), time: formatTime(moment, z) };
    if (z === MOSCOW) return words.t("deadline.inMoscow", at);
    const city = z.split("/").at(-1) ?? "";
    const key = `cities.${city}` as Parameters<Words["t"]["has"]>[0];
    return words.t.has(key)
      ? words.t("deadline.inCity", { ...at, city: words.t(key as "cities.Moscow") })
      : words.t("deadline.inZone", { ...at, zone: z });
  });
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** One obligation: the deadline that stands, with its state, and those it replaced. `zone` is where the visitor's capital is. */
export function DeadlineCard({ chain, now, zone, words }: { chain: Chain; now: Date; zone?: string; words: Words }) {
  const { t, day } = words;
  const { standing } = chain;
  const members = [standing, ...chain.replaced];
  const state = stateOf(standing, members, now);
  const over = state.state === "passed" || state.state === "cancelled";
  const hasTexts = (texts: object) => Object.keys(texts).length > 0;
  return (
    <article className={`deadline deadline-${state.state}`}>
      <h3>
        <time dateTime={standing.endsAt.toISOString()}>{day(lastDay(standing))}</time>
      </h3>
      <p className="state">
        <span aria-hidden="true">{SIGN[state.state]} </span>
        {stateInWords(state, words)}
      </p>
      {over && <p>{t("deadline.noLater")}</p>}
      <dl className="facts">
        <Line name={t("deadline.lastMoment")}>
          {lastMoments(standing, zone, words).map((line) => (
            <span className="line" key={line}>
              {line}
            </span>
          ))}
          <span className="line">
            {standing.dayCounts ? t("deadline.dayCounts") : t("deadline.dayDoesNotCount", { day: day(standing.fallsOn) })}
          </span>
        </Line>
        <Line name={t("deadline.binds")}>
          {standing.countries.includes("ALL")
            ? standing.exceptCountries.length > 0
              ? t("deadline.bindsAllExcept", { countries: standing.exceptCountries.map(words.country).join(", ") })
              : t("deadline.bindsAll")
            : standing.countries.map(words.country).join(", ")}
          {" · "}
          {t("deadline.list", { measure: t(`measures.${standing.measure}`).toLocaleLowerCase(words.language) })}
          {standing.scopeAsReported && <small className="aside"> ({t("deadline.asReported")})</small>}
        </Line>
        {hasTexts(standing.consequence) && (
          <Line name={t("deadline.consequence")}>
            <GivenText texts={standing.consequence} words={words} />
          </Line>
        )}
        {hasTexts(standing.afterwards) && (
          <Line name={t("deadline.afterwards")}>
            <GivenText texts={standing.afterwards} words={words} />
          </Line>
        )}
        <Line name={t("deadline.basis")}>
          <GivenText texts={standing.basis} words={words} />
          {standing.basisUrl && (
            <>
              {" "}
              <a href={standing.basisUrl} rel="noreferrer">
                {new URL(standing.basisUrl).host}
              </a>
            </>
          )}
        </Line>
        <Line name={t("figure.source")}>
          <span lang="en">{standing.source.title}</span>
          {standing.source.publishedOn && <> · {t("figure.published", { moment: words.moment({ text: standing.source.publishedOn }) })}</>}
        </Line>
        {chain.replaced.length > 0 && (
          <Line name={t("deadline.before")}>
            {chain.replaced.map((earlier) => (
              <span className="line" key={earlier.statementId}>
                {t("deadline.replaced", { day: day(lastDay(earlier)) })}
              </span>
            ))}
          </Line>
        )}
      </dl>
    </article>
  );
}
