import type { Words } from "@/lib/i18n/words";

/** What to copy to show a country's countdown or chart on another site; `codes` are lines of HTML with what each stands for. */
export function EmbedSnippet({ codes, words: { t } }: { codes: readonly { label: string; code: string }[]; words: Words }) {
  return (
    <details className="embed-snippet">
      <summary>{t("embed.title")}</summary>
      <p>{t("embed.how")}</p>
      {codes.map(({ label, code }) => (
        <label key={label}>
          {label}
          <textarea readOnly rows={4} spellCheck={false} defaultValue={code} />
        </label>
      ))}
    </details>
  );
}
