import { kindInWords } from "@/app/_server/import-words";
import type { Words } from "@/lib/i18n/words";
import type { Import } from "@/lib/imports/read";

/** What is known of the file itself. */
export function FileFacts({ found, words }: { found: Import; words: Words }) {
  const { t } = words;
  const facts: [string, string][] = [
    [t("imports.kind"), kindInWords(found, words)],
    [t("imports.headerLine"), t("imports.inLine", { line: words.number(found.headerLine) })],
    [t("imports.size"), t("imports.kilobytes", { count: words.number(Math.ceil(found.fileSize / 1000)) })],
    [t("imports.hash"), found.fileHash],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="breakable">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
