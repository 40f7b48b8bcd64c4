import { reasonsInWords, rowInWords } from "@/app/_server/import-words";
import type { Words } from "@/lib/i18n/words";
import type { ImportRow } from "@/lib/imports/read";

type Props = { rows: readonly ImportRow[]; caption: string; words: Words; published: boolean };

/** Rows of an import: line, verdict, what each says, and why. */
export function RowsTable({ rows, caption, words, published }: Props) {
  const { t } = words;
  return (
    <table className="series import-rows">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t("imports.line")}</th>
          <th scope="col">{t("imports.says")}</th>
          <th scope="col">{t("imports.verdict")}</th>
          <th scope="col">{t("imports.why")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.line}>
            <th scope="row">
              {t("imports.line")} {words.number(row.line)}
            </th>
            <td>
              {rowInWords(row, words)}
              {row.source_title && <small className="aside"> {row.source_title}</small>}
            </td>
            <td>{t(`imports.verdicts.${row.verdict}`)}</td>
            <td>
              {reasonsInWords(row, words).join(" ")}{" "}
              {row.statement_id && (published || row.replaces_revision > 0 || row.verdict === "same") && (
                <a href={`/staff/record/${row.statement_id}`} aria-label={`${t("imports.seeStatement")}: ${rowInWords(row, words)}`}>
                  {t("imports.seeStatement")}
                </a>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
