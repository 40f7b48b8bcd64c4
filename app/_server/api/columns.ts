import { z } from "zod";

type Json = {
  type?: string | string[];
  properties?: Record<string, Json>;
  anyOf?: Json[];
  oneOf?: Json[];
  propertyNames?: { enum?: string[] };
  additionalProperties?: unknown;
};

function named(schema: Json, name: string): string[] {
  const inner = schema.anyOf?.find(({ type }) => type === "object") ?? schema;
  const under = (part: string) => (name ? `${name}_${part}` : part);
  // A row of several kinds has the columns of all of them.
  if (inner.oneOf) return [...new Set(inner.oneOf.flatMap((each) => named(each, name)))];
  if (inner.properties) return Object.entries(inner.properties).flatMap(([part, of]) => named(of, under(part)));
  if (inner.type === "object") return (inner.propertyNames?.enum ?? []).map(under);
  return [name];
}

/** The columns of a table, as its schema has them: the same for every page, whatever its rows hold. */
export const columnsOf = (row: z.ZodType): string[] => named(z.toJSONSchema(row) as Json, "");
