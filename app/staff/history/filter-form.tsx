import { Field, RefusalBox } from "@/app/_components/fields";
import { actInWords } from "@/app/_server/history-words";
import { countryCodes } from "@/lib/countries/rules";
import { FEATURES, VERBS } from "@/lib/history/rules";
import type { Words } from "@/lib/i18n/words";
import { SYSTEM } from "@/lib/staff/rules";

type Props = {
  asked: Record<string, string>;
  /** The code of what is wrong with each field. */
  errors: Record<string, string>;
  people: readonly { personId: string; name: string }[];
  words: Words;
};

/** What the history is narrowed to; a plain form, so that its address can be kept and passed on. */
export function FilterForm({ asked, errors, people, words }: Props) {
  const { t } = words;
  const byLabel = (options: { value: string; label: string }[]) => options.sort((a, b) => a.label.localeCompare(b.label, words.language));
  const errorOf = (name: string) => errors[name] && t(`errors.${errors[name] as "unknown_choice"}`);
  const select = (name: "person" | "feature" | "verb" | "country", options: { value: string; label: string }[]) => (
    <Field name={name} label={t(`history.${name}`)} error={errorOf(name)}>
      {(ids) => (
        <select {...ids} name={name} defaultValue={asked[name]}>
          <option value="">{t("history.any")}</option>
          {options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  const day = (name: "from" | "to") => (
    <Field name={name} label={t(`history.${name}`)} error={errorOf(name)} hint={t("history.dayHint")}>
      {(ids) => <input {...ids} name={name} type="text" autoComplete="off" maxLength={40} defaultValue={asked[name]} />}
    </Field>
  );
  const wrong = Object.keys(errors).map((name) => ({
    name,
    label: t(`history.${name as "from"}`),
    error: errorOf(name) ?? "",
  }));
  return (
    <>
      <RefusalBox refusal={wrong.length > 0 ? { title: t("refusals.fields"), fields: wrong } : undefined} />
      <form className="sheet" method="get" action="/staff/history" aria-label={t("history.filter")}>
        <div className="pair">
          {select(
            "person",
            people.map(({ personId, name }) => ({ value: personId, label: personId === SYSTEM.personId ? t("history.system") : name })),
          )}
          {select(
            "feature",
            FEATURES.map((value) => ({ value, label: actInWords({ verb: "", feature: value }, words).feature })),
          )}
          {select(
            "verb",
            VERBS.map((value) => ({ value, label: actInWords({ verb: value, feature: "" }, words).verb })),
          )}
          {select("country", byLabel(countryCodes.map((value) => ({ value, label: words.country(value) }))))}
          {day("from")}
          {day("to")}
        </div>
        <p>
          <button type="submit">{t("history.submit")}</button> <a href="/staff/history">{t("history.clear")}</a>
        </p>
      </form>
    </>
  );
}
