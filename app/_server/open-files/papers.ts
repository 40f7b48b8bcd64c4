import { readFileSync } from "node:fs";
import path from "node:path";
import { wordsFor } from "@/lib/i18n/words";
import { type About, describedFields, LICENCE } from "./descriptor";
import type { Field } from "./fields";
import { TABLES, type Table } from "./tables";

const cell = (text: string) => text.replaceAll("|", "\\|").replace(/\s+/g, " ");

function allowed({ constraints = {} }: Field): string {
  const { enum: values, minimum, maximum, required } = constraints;
  return [
    required ? "required" : "",
    values ? values.map((value) => `\`${value}\``).join(" ") : "",
    minimum === undefined ? "" : `≥ ${minimum}`,
    maximum === undefined ? "" : `≤ ${maximum}`,
  ]
    .filter(Boolean)
    .join("; ");
}

function codebookOf(table: Table): string {
  const lines = describedFields(table).map(
    (field) => `| ${field.name} | ${field.type} | ${cell(field.description ?? "")} | ${cell(allowed(field))} |`,
  );
  const head = ["| column | type | meaning | allowed |", "|---|---|---|---|"];
  return [`## data/${table.name}.csv: ${table.title}`, "", table.description, "", ...head, ...lines].join("\n");
}

/** The papers of the package by their names: what it is in two languages, what its columns mean, how to cite it. */
export function papersOf({ pinned, version, origin }: About): Record<string, string> {
  const said = (language: "en" | "ru"): Record<string, string> => ({
    version,
    origin,
    known: pinned.knownOn,
    recorded: pinned.recordedAt.toISOString(),
    year: pinned.knownOn.slice(0, 4),
    licence: wordsFor(language).t("files.licenceText"),
    licence_address: LICENCE.path,
  });
  const filled = (file: string, language: "en" | "ru") => {
    const values = said(language);
    const text = readFileSync(path.join(process.cwd(), "data", "package", file), "utf8");
    return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
  };
  return {
    "README.md": filled("README.md", "en"),
    "README.ru.md": filled("README.ru.md", "ru"),
    "CODEBOOK.md": `${[filled("CODEBOOK.md", "en").trim(), ...TABLES.map(codebookOf)].join("\n\n")}\n`,
    "CITATION.cff": filled("CITATION.cff", "en"),
  };
}
