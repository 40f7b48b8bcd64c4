import type { z } from "zod";
import type { Problem } from "@/app/api/v1/contract";
import { PROBLEMS, type ProblemCode } from "@/lib/open-data/problems";

/** What a stranger said is told back shortened, and no more mistakes than these. */
const SAID = 80;
const MOST = 20;

/** A refusal as RFC 9457 has it; nobody keeps one. */
export function refused(
  code: ProblemCode,
  more: Pick<Problem, "detail" | "errors" | "fields" | "warnings"> = {},
  headers: Record<string, string> = {},
): Response {
  const { status, title } = PROBLEMS[code];
  const body: Problem = { type: `/api/v1/problems/${code}`, title, status, ...more };
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/problem+json; charset=utf-8", "Cache-Control": "no-store", ...headers },
  });
}

type Issue = z.core.$ZodIssue;

/** What is allowed where a parameter is none of ours. */
export const allowedNames = (parameters: readonly string[]): string =>
  parameters.length > 0 ? `one of these parameters: ${parameters.join(", ")}` : "no parameter";

/**
 * What is wrong with a question, each parameter once, and what is allowed there in words: the messages of its schema.
 * @param parameters all that the question takes
 */
export function errorsOf(issues: readonly Issue[], said: Readonly<Record<string, unknown>>, parameters: readonly string[]) {
  // Schemas pass over a name such as __proto__.
  const unknown = Object.keys(said).filter((name) => !parameters.includes(name));
  const known = new Map(
    issues.filter(({ code }) => code !== "unrecognized_keys").map(({ path, message }) => [String(path[0] ?? ""), message]),
  );
  const once = (parameter: string, allowed: string) => (Array.isArray(said[parameter]) ? `once, ${allowed}` : allowed);
  return [
    ...unknown.map((parameter) => ({ parameter, allowed: allowedNames(parameters) })),
    ...[...known].map(([parameter, allowed]) => ({ parameter, allowed: once(parameter, allowed) })),
  ]
    .slice(0, MOST)
    .map(({ parameter, allowed }) => ({
      parameter: parameter.slice(0, SAID),
      said: (Object.hasOwn(said, parameter) ? [said[parameter]] : []).flat().join(",").slice(0, SAID),
      allowed,
    }));
}
