import type { Words } from "@/lib/i18n/words";

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

/** What changes field by field, before and after side by side; everything there is where nothing was before. */
export function FieldsSideBySide({ before, after, words }: { before: Typed | undefined; after: Typed; words: Words }) {
  const { t } = words;
  const changed = Object.entries(FIELDS).filter(([name]) => (before?.[name] ?? "") !== (after[name] ?? ""));
  if (changed.length === 0) return null;
  const shown = (value: string | undefined) => value || <em>{t("conflict.empty")}</em>;
  return (
    <table>
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
            {before && <td>{shown(before[name])}</td>}
            <td>{shown(after[name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
