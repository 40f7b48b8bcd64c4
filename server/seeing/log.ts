import { AsyncLocalStorage } from "node:async_hooks";
import { formatWithOptions, stripVTControlCharacters } from "node:util";

/** How lines are written: for people at a terminal, or each as a JSON object for programs. */
export type LogFormat = "words" | "json";

type Told = { name: string; message: string; code?: string; where?: string; stack?: string[]; cause?: Told };

const METHODS = { debug: "info", log: "info", info: "info", warn: "warning", error: "error" } as const;

const asked = new AsyncLocalStorage<string>();

/** Does some work for a request; what is logged meanwhile bears its id. */
export const forRequest = <T>(id: string, work: () => T): T => asked.run(id, work);

/** Values that a database quotes in its messages are what people have typed. */
const messageOf = ({ message, code }: Error & { code?: unknown }): string => {
  const [sentence = ""] = message.split("\nparams: ");
  return typeof code === "string" && /^(?:22|23)\w{3}$/.test(code) ? sentence.replaceAll(/"[^"]*"/g, "…") : sentence;
};

/**
 * What may be logged of an error: what went wrong and where in the program, and nothing that somebody typed. Errors of
 * the database bring the values of the statement and of the row along, names and e-mails of people among them.
 */
export function toldOf(error: Error, depth = 0): Told {
  const { name, stack, cause } = error;
  const { code, constraint_name } = error as { code?: unknown; constraint_name?: unknown };
  const told: Told = { name, message: messageOf(error) };
  if (typeof code === "string" || typeof code === "number") told.code = String(code);
  if (typeof constraint_name === "string") told.where = constraint_name;
  const frames = stack?.split("\n").filter((line) => /^\s+at /.test(line));
  if (frames?.length) told.stack = frames.map((line) => line.trim());
  if (cause instanceof Error && depth < 4) told.cause = toldOf(cause, depth + 1);
  return told;
}

function inWords({ name, message, code, where, stack = [], cause }: Told): string {
  const more = [code, where].filter(Boolean).join(", ");
  const head = `${name}: ${message}${more ? ` (${more})` : ""}`;
  return [head, ...stack.map((line) => `    ${line}`), ...(cause ? [`  because of ${inWords(cause)}`] : [])].join("\n");
}

const format = (parts: readonly unknown[]) => formatWithOptions({ colors: false, depth: 2 }, ...parts);
/** A key of the error beside what is said, so that nothing else is lost by finding it in the middle. */
const isError = (part: unknown): part is Error => part instanceof Error;

/** One line for programs. @param fields more than the sentence */
export function jsonLine(level: string, parts: readonly unknown[], now: Date, fields: Record<string, unknown> = {}): string {
  const error = parts.find(isError);
  // The framework begins its lines with a coloured sign.
  const message = stripVTControlCharacters(format(parts.filter((part) => !isError(part)))).replace(/^[\s⨯⚠]+|\s+$/gu, "");
  const request = asked.getStore();
  return JSON.stringify({
    time: now.toISOString(),
    level,
    message: message || (error ? messageOf(error) : ""),
    ...(request && { request }),
    ...fields,
    ...(error && { error: toldOf(error) }),
  });
}

/** The same for people. */
export function wordsLine(parts: readonly unknown[]): string {
  const request = asked.getStore();
  return `${request ? `[${request}] ` : ""}${format(parts.map((part) => (isError(part) ? inWords(toldOf(part)) : part)))}`;
}

/**
 * From now on everything that this process says, the framework too, is written in one way and without personal data.
 * @returns writes a line with fields of its own, where lines are for programs
 */
export function keepLog(way: LogFormat): (message: string, fields: Record<string, unknown>) => void {
  for (const [method, level] of Object.entries(METHODS) as [keyof typeof METHODS, string][]) {
    const write = console[method].bind(console);
    console[method] = (...parts: unknown[]) => write("%s", way === "json" ? jsonLine(level, parts, new Date()) : wordsLine(parts));
  }
  // Straight to the stream: through the console the fields would be a second object to take apart.
  return (message, fields) => {
    if (way === "json") process.stdout.write(`${jsonLine("info", [message], new Date(), fields)}\n`);
  };
}
