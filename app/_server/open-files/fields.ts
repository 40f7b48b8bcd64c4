import { z } from "zod";

/** A field of Frictionless' Table Schema, as far as ours need it. */
export type Field = {
  name: string;
  type: "string" | "integer" | "number" | "boolean" | "date" | "datetime";
  format?: "uri";
  description?: string;
  constraints?: Constraints;
};

type Constraints = {
  required?: true;
  enum?: (string | number | boolean)[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
};

type Json = {
  type?: string | string[];
  format?: string;
  description?: string;
  properties?: Record<string, Json>;
  anyOf?: Json[];
  oneOf?: Json[];
  propertyNames?: { enum?: string[] };
  const?: string;
  enum?: string[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
};

const FORMATS: Record<string, Pick<Field, "type" | "format">> = {
  "date-time": { type: "datetime" },
  date: { type: "date" },
  uri: { type: "string", format: "uri" },
};

const kindOf = ({ type }: Json) => [type ?? []].flat().find((one) => one !== "null");
const mayBeNothing = ({ type, anyOf }: Json) => [type ?? [], (anyOf ?? []).map((one) => one.type ?? [])].flat(2).includes("null");

/** A list is one text. */
function typeOf(schema: Json): Pick<Field, "type" | "format"> {
  const kind = kindOf(schema);
  return FORMATS[schema.format ?? ""] ?? { type: kind === "integer" || kind === "number" || kind === "boolean" ? kind : "string" };
}

/** What a cell must keep to; what a schema says of a list holds for its parts, and is left out. */
function constraintsOf(schema: Json, required: boolean): Constraints {
  const { minLength, maxLength, minimum, maximum } = schema;
  return {
    ...(required && kindOf(schema) !== "array" ? { required } : {}),
    ...(schema.const === undefined ? {} : { enum: [schema.const] }),
    ...(schema.enum ? { enum: schema.enum } : {}),
    ...(schema.pattern && !schema.format ? { pattern: schema.pattern } : {}),
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(minimum === undefined || !Number.isSafeInteger(minimum) || minimum === Number.MIN_SAFE_INTEGER ? {} : { minimum }),
    ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
  };
}

function fieldsAt(schema: Json, name: string, needed: boolean, told?: string): Field[] {
  const inner = schema.anyOf?.find(kindOf) ?? schema;
  const required = needed && !mayBeNothing(schema);
  const under = (part: string) => (name ? `${name}_${part}` : part);
  const description = schema.description ?? inner.description ?? told;
  // A row of several kinds has the fields of all of them; which of them are filled depends on the kind.
  if (inner.oneOf) {
    const all = inner.oneOf.flatMap((each) => fieldsAt(each, name, false, told));
    return [...new Map(all.map((field) => [field.name, field])).values()];
  }
  if (inner.properties)
    return Object.entries(inner.properties).flatMap(([part, of]) => fieldsAt(of, under(part), required, of.description));
  if (kindOf(inner) === "object")
    return (inner.propertyNames?.enum ?? []).map((part) => ({ name: under(part), type: "string", ...(description && { description }) }));
  const constraints = constraintsOf(inner, required);
  return [{ name, ...typeOf(inner), ...(description && { description }), ...(Object.keys(constraints).length > 0 ? { constraints } : {}) }];
}

/** The fields of a table, made from the schema that its rows are published by: the same columns in the same order. */
export const fieldsOf = (row: z.ZodType): Field[] => fieldsAt(z.toJSONSchema(row) as Json, "", true);
