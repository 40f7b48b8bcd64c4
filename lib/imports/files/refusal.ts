export const REFUSALS = [
  "empty",
  "too_large",
  "old_excel",
  "password_protected",
  "open_document",
  "pdf",
  "web_page",
  "not_a_table",
  "not_a_workbook",
  "damaged",
  "broken_encoding",
  "too_much_inside",
  "declares_entities",
  "unclosed_quote",
  "misplaced_quote",
  "no_header",
  "no_rows",
  "too_many_rows",
  "too_many_columns",
  "cell_too_long",
] as const;

export type RefusalCode = (typeof REFUSALS)[number];

/**
 * Why a file cannot be imported: a code of `imports.refused.*`, with the line of the file (the row
 * of the sheet) where there is one. Thrown, since it can come up behind any row; nothing else that
 * a file holds makes its reading throw.
 */
export class FileRefusal extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly line?: number,
  ) {
    super(line === undefined ? `file refused: ${code}` : `file refused: ${code}, line ${line}`);
    this.name = "FileRefusal";
  }
}
