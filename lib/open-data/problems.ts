/** Why a question was not answered; `type` is stable, the words may change. */
export const PROBLEMS = {
  parameter: { status: 400, title: "A parameter is not understood" },
  cursor: { status: 400, title: "The cursor is none of ours, or belongs to another question" },
  not_found: { status: 404, title: "There is no such thing" },
  method: { status: 405, title: "Only GET, HEAD and OPTIONS are answered here" },
  recording: { status: 409, title: "Figures are being recorded at this instant; ask again, or for an earlier one" },
  too_large: { status: 413, title: "Too much was sent" },
  too_many: { status: 429, title: "Too many requests" },
  fault: { status: 500, title: "Something failed here; it has been noted" },
  unavailable: { status: 503, title: "The record cannot be read right now" },
} as const;
export type ProblemCode = keyof typeof PROBLEMS;
