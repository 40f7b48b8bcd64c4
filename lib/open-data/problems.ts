/** Why a question was not answered; `type` is stable, the words may change. */
export const PROBLEMS = {
  parameter: { status: 400, title: "A parameter is not understood" },
  cursor: { status: 400, title: "The cursor is none of ours, or belongs to another question" },
  not_found: { status: 404, title: "There is no such thing" },
  method: { status: 405, title: "Only GET, HEAD and OPTIONS are answered here" },
  too_many: { status: 429, title: "Too many requests" },
  unavailable: { status: 503, title: "The record cannot be read right now" },
} as const;
export type ProblemCode = keyof typeof PROBLEMS;
