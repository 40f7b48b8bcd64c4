import fc from "fast-check";
import { SENT, type Statement } from "@/app/api/v1/contract";
import { isFlow, measureCodes } from "@/lib/measures/rules";
import { MISSING_REASONS } from "@/lib/snapshots/rules";
import { WARNINGS, type WarningCode } from "@/lib/snapshots/warnings";

const day = fc
  .date({ min: new Date("2000-01-02"), max: new Date("2025-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const moment = fc.oneof(
  day,
  day.map((iso) => iso.slice(0, 7)),
  day.map((iso) => iso.slice(0, 4)),
  day.map((iso) => `${iso}T12:30+06:00`),
  day.map((iso) => `1999-12-31/${iso}`),
);
const persons = fc.integer({ min: 1, max: 900_000 });
const said = fc
  .string({ minLength: 1, maxLength: 60, unit: "grapheme" })
  .map((text) => `«${text.replace(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, "")}»`);
const orNone = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined });

/** What was said: a figure, a range, why there is none, or that nothing has changed. */
const answer: fc.Arbitrary<Partial<Statement>> = fc.oneof(
  fc.record({ value: persons, qualifier: fc.constantFrom("exact", "about", "more_than", "less_than"), wording: orNone(said) }),
  fc.record({ low: persons, more: persons }).map(({ low, more }) => ({ low, high: low + more, qualifier: "between" as const })),
  fc.constantFrom(...MISSING_REASONS).map((missing_reason) => ({ missing_reason })),
  fc.constant({ unchanged: true }),
);

/** Statements that can be recorded as they are, whatever is unlikely about them. */
export const rightStatements: fc.Arbitrary<Statement> = fc
  .record({
    country: fc.constantFrom("KG", "ALL"),
    measure: fc.constantFrom(...measureCodes),
    as_of: moment,
    answer,
    period_start: orNone(fc.constant("1999-06-01")),
    note: orNone(said),
    source: fc.record({ title: said, publisher: orNone(said), speaker: orNone(said), url: orNone(fc.webUrl({ validSchemes: ["https"] })) }),
  })
  .map(({ answer, period_start, ...rest }) => ({
    ...rest,
    ...answer,
    ...(isFlow(rest.measure) && period_start ? { period_start } : {}),
    confirm: Object.keys(WARNINGS) as WarningCode[],
  }));

/** Whatever a stranger may put in the place of a value. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom<unknown>(
    "a\0b",
    "\ud800",
    "\u202e",
    "x".repeat(3000),
    "",
    " ",
    null,
    -1,
    0,
    -0,
    0.5,
    1e300,
    2 ** 53,
    "1e9",
    "infinity",
    "0000-01-01",
  ),
  fc.constantFrom<unknown>("9999-12-31", "2025-02-30", "2025-01-01/2024-01-01", "KG ", "kg", "XX", "TJ", "NaN", [], {}, [[]], true, "yes", {
    title: {},
  }),
);
const names = [...Object.keys(SENT.enter.body.shape), ...Object.keys(SENT.enter.body.shape.source.shape).map((name) => `source.${name}`)];
const name = fc.oneof(
  fc.constantFrom(...names),
  fc.constantFrom("__proto__", "constructor", "answer", "rank", "source.copy_id", "copy_id", "a.b"),
  fc.string(),
);

/** A country that the token is not for. */
const elsewhere = fc.constant<[string, unknown]>(["country", "TJ"]);

/** The same with something put in, changed or left out; and, of these, some that are no JSON any more. */
export const oddBodies: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    rightStatements,
    fc.array(fc.oneof({ weight: 12, arbitrary: fc.tuple(name, fc.option(anything, { nil: undefined, freq: 6 })) }, elsewhere), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }))),
  )
  .map(([statement, oddities, broken]) => {
    const body: Record<string, unknown> = structuredClone(statement) as Record<string, unknown>;
    for (const [at, value] of oddities) {
      const [within, inner] = at.startsWith("source.") ? [body.source, at.slice(7)] : [body, at];
      if (typeof within !== "object" || within === null) continue;
      Object.defineProperty(within, inner, { value, enumerable: true, configurable: true, writable: true });
    }
    const bytes = Buffer.from(JSON.stringify(body));
    if (broken) bytes[broken[0] % bytes.length] = broken[1];
    return new Uint8Array(bytes);
  });
