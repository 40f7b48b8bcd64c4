/** Why a program's request was refused; `type` is stable, the words may change. */
export const PROBLEMS = {
  parameter: { status: 400, title: "A parameter is not understood" },
  cursor: { status: 400, title: "The cursor is none of ours, or belongs to another question" },
  malformed: { status: 400, title: "The body is not one JSON object in UTF-8" },
  key: { status: 400, title: "An Idempotency-Key is needed, of 8 to 128 letters, digits, dots, colons, hyphens or underscores" },
  token_missing: { status: 401, title: "A token is needed: Authorization: Bearer" },
  token_unknown: { status: 401, title: "There is no such token" },
  token_expired: { status: 401, title: "The time of the token is over" },
  token_ended: { status: 401, title: "The token was ended, or whoever made it is let in no more" },
  country: { status: 403, title: "The token is not for this country" },
  not_found: { status: 404, title: "There is no such thing" },
  method: { status: 405, title: "This method is not answered here" },
  recording: { status: 409, title: "Figures are being recorded at this instant; ask again, or for an earlier one" },
  conflict: { status: 409, title: "Something else was recorded at the same instant; send it again with the same key" },
  too_large: { status: 413, title: "Too much was sent" },
  media_type: { status: 415, title: "A statement is sent as application/json, in UTF-8 and not compressed" },
  fields: { status: 422, title: "The statement cannot be recorded as it is" },
  warned: { status: 422, title: "The statement is unlikely; send it again with these codes as confirm where it is right" },
  key_reused: { status: 422, title: "This Idempotency-Key was used for another statement" },
  too_many: { status: 429, title: "Too many requests" },
  fault: { status: 500, title: "Something failed here; it has been noted" },
  unconfirmed: { status: 503, title: "It is not known whether this was recorded; send it again with the same key, it is recorded once" },
  busy: { status: 503, title: "Too much is being asked right now; ask again in a moment" },
  unavailable: { status: 503, title: "The record is not at hand right now" },
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

/** What a question can be refused with. */
export const WHEN_ASKED = [
  "parameter",
  "cursor",
  "not_found",
  "method",
  "recording",
  "too_large",
  "too_many",
  "fault",
  "busy",
  "unavailable",
] as const satisfies ProblemCode[];

/** What a statement can be refused with. */
export const WHEN_SENT = [
  "parameter",
  "malformed",
  "key",
  "token_missing",
  "token_unknown",
  "token_expired",
  "token_ended",
  "country",
  "conflict",
  "too_large",
  "media_type",
  "fields",
  "warned",
  "key_reused",
  "too_many",
  "fault",
  "unconfirmed",
  "unavailable",
] as const satisfies ProblemCode[];

/** What is wrong with a field, where a program is told otherwise than a person before a form. */
export const FIELD_PROBLEMS: Readonly<Record<string, string>> = {
  unknown_field: "There is no such field; the OpenAPI description names them all.",
  not_an_object: "An object.",
  not_true_or_false: "true or false.",
  not_a_list: "A list of codes.",
  unknown_choice: "One of the codes in the OpenAPI description.",
  unknown_country: "An ISO 3166-1 alpha-2 code in capitals, or ALL.",
  moment_unreadable: "ISO 8601: an instant with its offset, a day, a month, a year, or an interval of two of these.",
  day_unreadable: "A day as ISO 8601 has it: 2025-07-24.",
  share_out_of_range: "A share lies between 0 and 1.",
  not_with_between: "Not with the qualifier between.",
  only_with_between: "Only with the qualifier between.",
};
