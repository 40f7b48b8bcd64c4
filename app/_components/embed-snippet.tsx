import type { Words } from "@/lib/i18n/words";

/** What to copy to show a country's countdown or chart on another site; `codes` are lines of HTML with what each stands for, `how` says what they keep to where it is not the usual. */
export function EmbedSnippet({
  codes,
  how,
  words: { t },
}: {
  codes: readonly { label: string; code: string }[];
  how?: string;
  words: Words;
}) {
  return (
    <details className="embed-snippet">
      <summary>{t("embed.title")}</summary>
      <p>{how ?? t("embed.how")}</p>
      {codes.map(({ label, code }) => (
        <label key={label}>
          {label}
          <textarea readOnly rows={4} spellCheck={false} defaultValue={code} />
        </label>
      ))}
    </details>
  );
}
