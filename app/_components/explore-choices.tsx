import { mayBeLog } from "@/lib/explore/rules/plotted";
import type { Preset } from "@/lib/explore/rules/presets";
import { AXES, FACETS, queryOf, READINGS, SCALES, SHOWN, type View } from "@/lib/explore/rules/view";
import type { Words } from "@/lib/i18n/words";
import { measureCodes } from "@/lib/measures/rules";

type Choice = { key: string; text: string; view: View; chosen: boolean };

/** One thing to choose, each choice a link to the same page with it. */
function Choices({ title, choices, words }: { title: string; choices: readonly Choice[]; words: Words }) {
  return (
    <nav aria-label={title} className="choice">
      <span aria-hidden="true">{title}</span>
      <ul>
        {choices.map(({ key, text, view, chosen }) => (
          <li key={key}>
            <a href={`/${words.language}/explore${queryOf(view)}`} aria-current={chosen ? "true" : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

type Field = "measure" | "reading" | "facet" | "axis" | "scale" | "show";

function one<K extends Field>(view: View, field: K, values: readonly View[K][], text: (value: View[K]) => string): Choice[] {
  return values.map((value) => ({ key: value, text: text(value), view: { ...view, [field]: value }, chosen: view[field] === value }));
}

/** What is counted and how it is read: links, so that each choice has its address, is in the history and needs no script. */
export function ExploreChoices({ view, words }: { view: View; words: Words }) {
  const { t } = words;
  return (
    <>
      <Choices title={t("explore.measure")} choices={one(view, "measure", measureCodes, (code) => t(`measures.${code}`))} words={words} />
      <Choices
        title={t("explore.reading")}
        choices={one(view, "reading", READINGS, (code) => t(`explore.readings.${code}`))}
        words={words}
      />
    </>
  );
}

/** How it is drawn, and of which stretch of time. */
export function DrawingChoices({
  view,
  presets,
  several,
  words,
}: {
  view: View;
  presets: readonly Preset[];
  several: boolean;
  words: Words;
}) {
  const { t } = words;
  const stretches = presets.map(({ name, from }) => ({
    key: name,
    text: t(`explore.presets.${name}`),
    view: { ...view, from, to: undefined },
    chosen: view.from === from && view.to === undefined,
  }));
  return (
    <>
      {presets.length > 1 && <Choices title={t("explore.time")} choices={stretches} words={words} />}
      {several && (
        <Choices title={t("explore.facet")} choices={one(view, "facet", FACETS, (code) => t(`explore.facets.${code}`))} words={words} />
      )}
      {several && view.facet === "each" && (
        <Choices title={t("explore.axis")} choices={one(view, "axis", AXES, (code) => t(`explore.axes.${code}`))} words={words} />
      )}
      {mayBeLog(view.reading) && (
        <Choices title={t("explore.scale")} choices={one(view, "scale", SCALES, (code) => t(`explore.scales.${code}`))} words={words} />
      )}
      <Choices title={t("explore.shown")} choices={one(view, "show", SHOWN, (code) => t(`explore.shows.${code}`))} words={words} />
    </>
  );
}
