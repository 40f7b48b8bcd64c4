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

function allowedBy(issue: Issue): string {
  switch (issue.code) {
    case "invalid_value":
      return issue.values.join(", ");
    case "too_small":
      return `at least ${issue.minimum}`;
    case "too_big":
      return `at most ${issue.maximum}`;
    case "invalid_format":
      return issue.format === "regex" ? `${issue.pattern}` : `${issue.format}, as ISO 8601 has it`;
    case "invalid_type":
      return `${issue.expected}, once`;
    default:
      return issue.message;
  }
}

/**
 * What is wrong with a question, parameter by parameter, and what is allowed there.
 * @param parameters all that the question takes
 */
export function errorsOf(issues: readonly Issue[], said: Readonly<Record<string, unknown>>, parameters: readonly string[]) {
  // Schemas pass over a name such as __proto__.
  const unknown = Object.keys(said).filter((name) => !parameters.includes(name));
  const known = issues.filter(({ code }) => code !== "unrecognized_keys");
  return [
    ...unknown.map((parameter) => ({ parameter, allowed: parameters.join(", ") })),
    ...known.map((issue) => ({ parameter: String(issue.path[0] ?? ""), allowed: allowedBy(issue) })),
  ]
    .slice(0, MOST)
    .map(({ parameter, allowed }) => ({
      parameter: parameter.slice(0, SAID),
      said: (Object.hasOwn(said, parameter) ? [said[parameter]] : []).flat().join(",").slice(0, SAID),
      allowed,
    }));
}
