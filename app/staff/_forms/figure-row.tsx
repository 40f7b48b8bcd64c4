"use client";

import { Field, type Labels } from "@/app/_components/fields";
import { SmallTrend } from "@/app/_components/small-trend";
import type { Look } from "@/app/_server/form";
import type { Language } from "@/lib/i18n/languages";
import type { Row } from "./briefing-rows";
import { drawnRow, type Understood, understoodFigure, understoodMoment } from "./understood";
import { Warnings } from "./warnings";

type Option = { value: string; label: string };
export type Choices = { countries: Option[]; stocks: Option[]; flows: Option[]; missingReasons: Option[] };

type Props = {
  /** What the row was given to begin with. */
  initial: Row;
  /** What stands in it now. */
  row: Row;
  index: number;
  look: Look | undefined;
  choices: Choices;
  labels: Labels;
  language: Language;
  errorOf: (name: string) => string | undefined;
  /** Leads to another row of the form; given only where scripts run. */
  step?: (step: string) => void;
};

/** How a text is understood; what is refused in it is said once, at its label where the form says it there. */
function Reading({ understood, as, refused }: { understood: Understood; as: string; refused: boolean }) {
  if (!understood || (refused && !understood.ok)) return null;
  return (
    <span className={understood.ok ? "understood" : "understood not"}>{understood.ok ? `${as} ${understood.text}` : understood.text}</span>
  );
}

/** One figure of a briefing: what was typed, how it is understood, what speaks against it, and what came before it. */
export function FigureRow({ initial, row, index, look, choices, labels, language, errorOf, step }: Props) {
  const label = (key: string) => labels[`briefing.${key}`] ?? key;
  const field = (name: string) => `figures.${index}.${name}`;
  const common = (name: keyof Row, key: string) => ({ name: field(name), label: label(key), error: errorOf(field(name)) });
  const options = (list: readonly Option[]) =>
    list.map(({ value, label: shown }) => (
      <option key={value} value={value}>
        {shown}
      </option>
    ));
  const text = (name: keyof Row, key: string, hint?: string) => (
    <Field {...common(name, key)} hint={hint && label(hint)}>
      {(ids) => <input {...ids} name={field(name)} type="text" autoComplete="off" maxLength={10_000} defaultValue={initial[name] ?? ""} />}
    </Field>
  );
  const title = label("figureNumber").replace("{number}", String(index + 1));
  const button = (verb: string, key: string) => (
    <button
      className="quiet"
      type="submit"
      name="step"
      value={`${verb}.${index}`}
      aria-label={`${label(key)}: ${title}`}
      onClick={
        step &&
        ((event) => {
          event.preventDefault();
          step(`${verb}.${index}`);
        })
      }
    >
      {label(key)}
    </button>
  );
  return (
    <fieldset className="figure-row">
      <legend>{title}</legend>
      <div className="cells">
        <Field {...common("country", "country")}>
          {(ids) => (
            <select {...ids} name={field("country")} defaultValue={initial.country ?? ""}>
              <option value="">{label("choose")}</option>
              {options(choices.countries)}
            </select>
          )}
        </Field>
        <Field {...common("measure", "measure")}>
          {(ids) => (
            <select {...ids} name={field("measure")} defaultValue={initial.measure ?? ""}>
              <option value="">{label("choose")}</option>
              <optgroup label={label("stocks")}>{options(choices.stocks)}</optgroup>
              <optgroup label={label("flows")}>{options(choices.flows)}</optgroup>
            </select>
          )}
        </Field>
        <div>
          {text("as_of", "asOf")}
          <Reading
            understood={understoodMoment(row.as_of ?? "", language, labels)}
            as={label("understood")}
            refused={Boolean(errorOf(field("as_of")))}
          />
        </div>
        <Field {...common("answer", "answer")}>
          {(ids) => (
            <select {...ids} name={field("answer")} defaultValue={initial.answer ?? "figure"}>
              <option value="figure">{label("aFigure")}</option>
              <option value="unchanged">{label("unchanged")}</option>
              <optgroup label={label("noFigure")}>
                {choices.missingReasons.map(({ value, label: shown }) => (
                  <option key={value} value={`missing:${value}`}>
                    {shown}
                  </option>
                ))}
              </optgroup>
            </select>
          )}
        </Field>
        <div>
          {text("figure", "figure")}
          <Reading
            understood={understoodFigure(row.figure ?? "", language, labels)}
            as={label("understood")}
            refused={Boolean(errorOf(field("figure")))}
          />
        </div>
      </div>
      <details className="more" open={["period_start", "wording", "children_share", "note"].some((name) => errorOf(field(name)))}>
        <summary>{label("more")}</summary>
        <div className="cells">
          {text("period_start", "periodStart", "periodStartHint")}
          {text("wording", "wording")}
          {text("children_share", "childrenShare", "childrenShareHint")}
          {text("note", "note")}
        </div>
      </details>
      <Warnings look={look} name={field("confirm")} labels={labels}>
        {text("confirm.word", "word", "wordHint")}
      </Warnings>
      {look?.series && (
        <details className="series-beside" open>
          <summary>{`${label("before")} ${look.series.title}`}</summary>
          {look.series.last.length === 0 && !drawnRow(row) ? (
            <p className="nothing">{label("noneBefore")}</p>
          ) : (
            <div className="pair">
              <SmallTrend series={look.series.drawn} candidate={drawnRow(row)} alternative={look.series.alternative} />
              <ol className="plain">
                {look.series.last.map(({ statementId, figure, moment, who }) => (
                  <li key={statementId}>
                    <strong>{figure}</strong> {`· ${moment}`} <small className="aside">{who}</small>
                  </li>
                ))}
              </ol>
            </div>
          )}
        </details>
      )}
      <p className="row-steps">
        {button("copy", "copyRow")} {button("remove", "removeRow")}
      </p>
    </fieldset>
  );
}
