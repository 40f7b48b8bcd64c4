import type { Words } from "@/lib/i18n/words";
import { isMeasure } from "@/lib/measures/rules";
import type { Answer, MissingReason, Qualifier, Rank } from "@/lib/snapshots/rules";

const FIELDS = {
  country: "record.country",
  measure: "record.measure",
  period_start: "record.periodStart",
  as_of: "record.asOf",
  answer: "record.answer",
  qualifier: "record.qualifier",
  value: "record.value",
  low: "record.low",
  high: "record.high",
  missing_reason: "record.missingReason",
  wording: "record.wording",
  children_share: "record.childrenShare",
  note: "record.note",
  rank: "record.rank",
  "source.title": "record.sourceTitle",
  "source.publisher": "record.publisher",
  "source.speaker": "record.speaker",
  "source.speaker_role": "record.speakerRole",
  "source.published_on": "record.publishedOn",
  "source.url": "record.url",
} as const;

type Typed = Record<string, string>;

/** A field's value in words, where it is a code or a date. */
function inWords(name: string, value: string, words: Words): string {
  const { t } = words;
  if (name === "country") return words.country(value);
  if (name === "measure" && isMeasure(value)) return t(`measures.${value}`);
  if (name === "as_of" || name === "period_start" || name === "source.published_on") return words.moment({ text: value });
  if (name === "answer") return t(`record.answers.${value as Answer["kind"]}`);
  if (name === "qualifier") return t(`record.qualifiers.${value as Qualifier}`);
  if (name === "missing_reason") return t(`missing.${value as MissingReason}`);
  if (name === "rank") return t(`record.ranks.${value as Rank}`);
  if (name === "value" || name === "low" || name === "high") return words.number(Number(value));
  if (name === "children_share") return words.share(Number(value));
  return value;
}

/** What changes field by field, before and after side by side; everything there is where nothing was before. */
export function FieldsSideBySide({ before, after, words }: { before: Typed | undefined; after: Typed; words: Words }) {
  const { t } = words;
  const changed = Object.entries(FIELDS).filter(([name]) => (before?.[name] ?? "") !== (after[name] ?? ""));
  if (changed.length === 0) return null;
  const shown = (name: string, value: string | undefined) => (value ? inWords(name, value, words) : <em>{t("conflict.empty")}</em>);
  return (
    <table className="sides">
      <thead>
        <tr>
          <th scope="col">{t("conflict.field")}</th>
          {before && <th scope="col">{t("record.before")}</th>}
          <th scope="col">{t("record.after")}</th>
        </tr>
      </thead>
      <tbody>
        {changed.map(([name, key]) => (
          <tr key={name}>
            <th scope="row">{t(key)}</th>
            {before && <td>{shown(name, before[name])}</td>}
            <td>{shown(name, after[name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
