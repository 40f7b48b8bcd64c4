import { inert } from "../../csv";
import { languages } from "../../i18n/languages";
import { sha256 } from "../chain";
import { columnsOf, type PublicKind, type Shape } from "../sealed";

type Json = string | number | boolean | readonly string[] | Record<string, string>;
/** A row's public content, as the ledger has it. */
export type Content = Record<string, Json>;
type Cells = Readonly<Record<string, string>>;

/** Columns that a table of the package calls otherwise. */
const CALLED: Partial<Record<PublicKind, Record<string, string>>> = {
  sources: { statement_id: "id" },
  countries: { statement_id: "code" },
};

/** The cells in which a table of the package has a column; of a text in several languages one for each. */
const cellsFor = (kind: PublicKind, column: string, shape: Shape): string[] =>
  shape === "texts" ? languages.map((language) => `${column}_${language}`) : [CALLED[kind]?.[column] ?? column];

const words = (value: Json | undefined): string => {
  if (value === undefined) return "";
  return inert(Array.isArray(value) ? value.join(" ") : String(value));
};

/** In a row of figures these are worked out, unless the source gave a range. */
const isWorkedOut = (kind: PublicKind, column: string, qualifier: unknown) =>
  kind === "snapshots" && (column === "low" || column === "high") && qualifier !== "between";

/**
 * What a row says in those recorded columns that its table has, in short.
 * @param header the columns of the table
 */
function inShort(
  kind: PublicKind,
  header: readonly string[],
  qualifier: unknown,
  cell: (column: string, language?: string) => string,
): string {
  const parts = Object.entries(columnsOf(kind)).flatMap(([column, shape]) =>
    cellsFor(kind, column, shape)
      .filter((name) => header.includes(name))
      .map((name) => {
        if (isWorkedOut(kind, column, qualifier)) return "";
        return shape === "texts" ? cell(column, name.slice(column.length + 1)) : cell(column);
      }),
  );
  return sha256(JSON.stringify(parts));
}

/** A row of the ledger's content as the table should have it. */
export const contentInShort = (kind: PublicKind, header: readonly string[], content: Content): string =>
  inShort(kind, header, content.qualifier, (column, language) => {
    const value = content[column];
    return words(language === undefined ? value : (value as Record<string, string> | undefined)?.[language]);
  });

/** A row of the table as it is. */
export const cellsInShort = (kind: PublicKind, header: readonly string[], cells: Cells): string =>
  inShort(kind, header, cells.qualifier, (column, language) => {
    const called = CALLED[kind]?.[column] ?? column;
    return cells[language === undefined ? called : `${column}_${language}`] ?? "";
  });

export const idOf = (kind: PublicKind, cells: Cells): string => cells[CALLED[kind]?.statement_id ?? "statement_id"] ?? "";
