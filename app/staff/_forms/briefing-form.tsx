"use client";

import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { type Labels, RefusalBox } from "@/app/_components/fields";
import type { FormState, Look } from "@/app/_server/form";
import type { Language } from "@/lib/i18n/languages";
import { type Row, rowsOf, stepped, withRows } from "./briefing-rows";
import { CopyField } from "./copy-field";
import { DraftList } from "./draft-list";
import { type Choices, FigureRow } from "./figure-row";
import { KeptLine } from "./kept-line";
import { errorOf, refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";
import { SourceFields, sourceNames } from "./source-fields";
import { typedIn, useDraft } from "./use-draft";
import { useSending } from "./use-sending";

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  /** Looks at the figures as they stand, and writes nothing. */
  lookAt: (form: FormData) => Promise<Look[] | undefined>;
  initial: FormState;
  labels: Labels;
  choices: Choices;
  language: Language;
  person: string;
  most: number;
};

const FORM = "briefing";
/** A pause in typing after which the figures are looked at; milliseconds. */
const PAUSE = 400;

const ROW_NAMES: Record<string, string> = {
  country: "country",
  measure: "measure",
  as_of: "asOf",
  answer: "answer",
  figure: "figure",
  value: "figure",
  low: "figure",
  high: "figure",
  qualifier: "figure",
  missing_reason: "answer",
  period_start: "periodStart",
  wording: "wording",
  children_share: "childrenShare",
  note: "note",
  "confirm.word": "word",
};

/** The name of the input at which a refusal is shown: a figure's value, bounds and qualifier are one text here. */
const shownAt = (name: string) =>
  name.replace(/^(figures\.\d+)\.(value|low|high|qualifier)$/, "$1.figure").replace(/^(figures\.\d+)\.missing_reason$/, "$1.answer");

/**
 * What one source said: as many figures as it gave. Tab leads from field to field, the arrows up and down
 * through the rows, Enter in the last row's figure to a new row.
 */
export function BriefingForm({ action, lookAt, initial, labels, choices, language, person, most }: Props) {
  const element = useRef<HTMLFormElement>(null);
  const dropDraft = useRef(() => {});
  const { state, setState, sending, plainAction, onSubmit, again, stop } = useSending(action, initial, () => dropDraft.current());
  const [rows, setRows] = useState(() => rowsOf(state.typed).map((row, key) => ({ key, row })));
  const [now, setNow] = useState(state.typed);
  const [looks, setLooks] = useState<Look[] | undefined>(state.looks);
  const [scripted, setScripted] = useState(false);
  const nextKey = useRef(rows.length);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useShownRefusal(state);

  const shown = useCallback((typed: Record<string, string>, laidOut: readonly Row[]) => {
    setRows(laidOut.map((row) => ({ key: nextKey.current++, row })));
    setNow(withRows(typed, laidOut));
  }, []);
  const restore = useCallback(
    (typed: Record<string, string>) => {
      setState({ sent: 0, typed });
      shown(typed, rowsOf(typed));
    },
    [setState, shown],
  );
  const { keptAt, keep, drop } = useDraft(person, FORM, element, restore);
  dropDraft.current = drop;

  const look = useCallback(
    (typed: Record<string, string>) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(async () => {
        const form = new FormData();
        for (const [name, value] of Object.entries(typed)) form.set(name, value);
        const seen = await lookAt(form).catch(() => undefined);
        if (seen) setLooks(seen);
      }, PAUSE);
    },
    [lookAt],
  );
  useEffect(() => {
    setScripted(true);
    return () => clearTimeout(timer.current);
  }, []);
  useEffect(() => {
    if (state.looks) setLooks(state.looks);
    // Another tab may have saved and dropped the draft that this one goes on with.
    if (state.failure) keep();
  }, [state, keep]);

  const changed = () => {
    if (!element.current) return;
    const typed = typedIn(element.current);
    setNow(typed);
    keep();
    look(typed);
  };

  const step = (what: string) => {
    if (!element.current) return;
    const typed = typedIn(element.current);
    const before = rowsOf(typed);
    const after = stepped(before, what, most);
    shown(typed, after);
    const added = after.length > before.length;
    const at = what.startsWith("copy") ? Number(what.split(".")[1]) + 1 : after.length - 1;
    requestAnimationFrame(() => {
      const first = added ? ["measure", "figure"].map((f) => `figures.${at}.${f}`) : ["figures.0.country"];
      const name = what.startsWith("copy") ? first.at(-1) : first[0];
      (element.current?.elements.namedItem(name ?? "") as HTMLElement | null)?.focus();
      changed();
    });
  };

  /** The arrows lead through a column, Enter onwards; in a list of choices the arrows choose, as everywhere. */
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    const { target, key } = event;
    if (!(target instanceof HTMLInputElement) || event.altKey || event.ctrlKey || event.metaKey) return;
    const [, index, field] = /^figures\.(\d+)\.(\w+)$/.exec(target.name) ?? [];
    if (index === undefined) return;
    const to = (row: number) => element.current?.elements.namedItem(`figures.${row}.${field}`) as HTMLInputElement | null;
    if (key === "ArrowDown" || key === "ArrowUp") {
      const neighbour = to(Number(index) + (key === "ArrowDown" ? 1 : -1));
      if (!neighbour) return;
      event.preventDefault();
      neighbour.focus();
      neighbour.select();
    } else if (key === "Enter") {
      event.preventDefault();
      if (Number(index) === rows.length - 1) step("add");
      else to(Number(index) + 1)?.focus();
    }
  };

  const label = (key: string) => labels[`briefing.${key}`] ?? key;
  const record = (key: string) => labels[`record.${key}`] ?? key;
  const failing: FormState =
    state.failure?.code === "invalid"
      ? {
          ...state,
          failure: { code: "invalid", fields: Object.fromEntries(Object.entries(state.failure.fields).map(([n, c]) => [shownAt(n), c])) },
        }
      : state;
  const names: Record<string, string> = { ...sourceNames(labels), "source.copy": labels["copies.file"] ?? "" };
  for (const [index] of rows.entries())
    for (const [field, key] of Object.entries(ROW_NAMES)) names[`figures.${index}.${field}`] = `${index + 1}. ${label(key)}`;
  names.figures = label("figures");

  return (
    <>
      <DraftList person={person} labels={labels} of={{ form: FORM, but: now.send_key }} />
      <RefusalBox refusal={refusalOf(failing, labels, names, (figure) => `figures.${figure}.confirm.word`)} />
      <form
        className="sheet wide"
        ref={element}
        action={plainAction}
        onSubmit={onSubmit}
        onInput={changed}
        onKeyDown={onKeyDown}
        key={state.typed.send_key}
        noValidate
      >
        <input type="hidden" name="send_key" value={state.typed.send_key ?? ""} />
        {/* Enter in a field means this button, not the first one of a row. */}
        <button type="submit" name="step" value="save" className="unseen" tabIndex={-1} aria-hidden="true" />
        <fieldset>
          <legend>{record("source")}</legend>
          <div className="cells of-source">
            <SourceFields state={failing} labels={labels} />
          </div>
          <CopyField
            stored={state.typed["source.copy_id"]}
            error={errorOf(failing, labels, "source.copy") ?? errorOf(failing, labels, "source.copy_id")}
            labels={labels}
          />
        </fieldset>
        <p className="hint">{label("howToWrite")}</p>
        {rows.map(({ key, row }, index) => (
          <FigureRow
            key={key}
            initial={row}
            row={rowsOf(now)[index] ?? row}
            index={index}
            look={looks?.[index]}
            choices={choices}
            labels={labels}
            language={language}
            errorOf={(name) => errorOf(failing, labels, name)}
            step={scripted ? step : undefined}
          />
        ))}
        <p className="row-steps">
          <button
            type="submit"
            name="step"
            value="add"
            className="quiet"
            onClick={
              scripted
                ? (event) => {
                    event.preventDefault();
                    step("add");
                  }
                : undefined
            }
          >
            {label("addRow")}
          </button>{" "}
          <button type="submit" name="step" value="look" className="quiet">
            {label("look")}
          </button>
        </p>
        <p>
          <button type="submit" name="step" value="save" disabled={sending !== "still"}>
            {label("save")}
          </button>
        </p>
        <KeptLine keptAt={keptAt} sending={sending} labels={labels} anew again={again} stop={stop} />
      </form>
    </>
  );
}
