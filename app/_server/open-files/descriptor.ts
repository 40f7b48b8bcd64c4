import type { Translator } from "@/lib/i18n/translator";
import { type Field, fieldsOf } from "./fields";
import { meaningOf } from "./meanings";
import type { Pinned } from "./pinned";
import { TABLES, type Table } from "./tables";

const PROFILES = "https://datapackage.org/profiles/2.0";

/** The licence of the compilation. */
export const LICENCE = {
  name: "CC-BY-4.0",
  title: "Creative Commons Attribution 4.0 International",
  path: "https://creativecommons.org/licenses/by/4.0/",
} as const;

/** What a package says of itself. */
export type About = { pinned: Pinned; version: string; origin: string; contact: string | undefined; t: Translator };

/** A table's fields with what each means. */
export const describedFields = ({ name, row }: Table): Field[] =>
  fieldsOf(row).map((field) => {
    const description = meaningOf(name, field.name) ?? field.description;
    return { ...field, ...(description && { description: `${description}.` }) };
  });

function resourceOf(table: Table): object {
  const { name, title, description, key, references } = table;
  return {
    $schema: `${PROFILES}/dataresource.json`,
    name,
    path: `data/${name}.csv`,
    type: "table",
    title,
    description,
    format: "csv",
    mediatype: "text/csv",
    encoding: "utf-8",
    dialect: { $schema: `${PROFILES}/tabledialect.json`, delimiter: ",", lineTerminator: "\r\n", quoteChar: '"', doubleQuote: true },
    schema: {
      $schema: `${PROFILES}/tableschema.json`,
      fields: describedFields(table),
      missingValues: [""],
      primaryKey: key,
      uniqueKeys: [key],
      ...(references ? { foreignKeys: references } : {}),
    },
  };
}

/** The package's descriptor: Frictionless Data Package, version 2. */
export function descriptorOf({ pinned, version, origin, contact, t }: About): object {
  return {
    $schema: `${PROFILES}/datapackage.json`,
    name: "muhlat",
    id: `${origin}/data/muhlat.zip`,
    homepage: `${origin}/en/data`,
    title: t("data.name"),
    description: t("data.description"),
    version,
    created: pinned.recordedAt.toISOString(),
    keywords: ["migration", "Russia", "Central Asia", "controlled persons registry", "gray list", "black list", "deportation"],
    licenses: [LICENCE],
    contributors: [{ title: t("site.name"), path: origin, roles: ["publisher", "compiler"], ...(contact && { email: contact }) }],
    sources: [{ title: t("data.sources"), path: "data/sources.csv" }],
    resources: TABLES.map(resourceOf),
  };
}
