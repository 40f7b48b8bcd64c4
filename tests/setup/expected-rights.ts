import type { Role } from "@/lib/staff/rules";

/** Everything that changes the record. */
export type Verb =
  | "recordSnapshot"
  | "correctSnapshot"
  | "withdrawSnapshot"
  | "rankSnapshot"
  | "publishSubmission"
  | "returnSubmission"
  | "announceDeadline"
  | "correctDeadline"
  | "withdrawDeadline"
  | "recordEvent"
  | "correctEvent"
  | "withdrawEvent"
  | "recordCountry"
  | "recordContact"
  | "correctContact"
  | "confirmContact"
  | "withdrawContact";

export type Expected = "lands" | "waits" | "forbidden";
/** What becomes of each role's entry about its own country, another one and ALL, written out by hand. */
export const EXPECTED: Record<Role, Record<Verb, [own: Expected, other: Expected, all: Expected]>> = {
  recorder: {
    recordSnapshot: ["waits", "forbidden", "forbidden"],
    correctSnapshot: ["waits", "forbidden", "forbidden"],
    withdrawSnapshot: ["waits", "forbidden", "forbidden"],
    rankSnapshot: ["waits", "forbidden", "forbidden"],
    publishSubmission: ["forbidden", "forbidden", "forbidden"],
    returnSubmission: ["forbidden", "forbidden", "forbidden"],
    announceDeadline: ["forbidden", "forbidden", "forbidden"],
    correctDeadline: ["forbidden", "forbidden", "forbidden"],
    withdrawDeadline: ["forbidden", "forbidden", "forbidden"],
    recordEvent: ["forbidden", "forbidden", "forbidden"],
    correctEvent: ["forbidden", "forbidden", "forbidden"],
    withdrawEvent: ["forbidden", "forbidden", "forbidden"],
    recordCountry: ["forbidden", "forbidden", "forbidden"],
    recordContact: ["forbidden", "forbidden", "forbidden"],
    correctContact: ["forbidden", "forbidden", "forbidden"],
    confirmContact: ["forbidden", "forbidden", "forbidden"],
    withdrawContact: ["forbidden", "forbidden", "forbidden"],
  },
  reviewer: {
    recordSnapshot: ["waits", "forbidden", "forbidden"],
    correctSnapshot: ["waits", "forbidden", "forbidden"],
    withdrawSnapshot: ["lands", "forbidden", "forbidden"],
    rankSnapshot: ["lands", "forbidden", "forbidden"],
    publishSubmission: ["lands", "forbidden", "forbidden"],
    returnSubmission: ["lands", "forbidden", "forbidden"],
    announceDeadline: ["forbidden", "forbidden", "forbidden"],
    correctDeadline: ["forbidden", "forbidden", "forbidden"],
    withdrawDeadline: ["forbidden", "forbidden", "forbidden"],
    recordEvent: ["forbidden", "forbidden", "forbidden"],
    correctEvent: ["forbidden", "forbidden", "forbidden"],
    withdrawEvent: ["forbidden", "forbidden", "forbidden"],
    recordCountry: ["forbidden", "forbidden", "forbidden"],
    recordContact: ["forbidden", "forbidden", "forbidden"],
    correctContact: ["forbidden", "forbidden", "forbidden"],
    confirmContact: ["forbidden", "forbidden", "forbidden"],
    withdrawContact: ["forbidden", "forbidden", "forbidden"],
  },
  country_admin: {
    recordSnapshot: ["lands", "forbidden", "forbidden"],
    correctSnapshot: ["lands", "forbidden", "forbidden"],
    withdrawSnapshot: ["lands", "forbidden", "forbidden"],
    rankSnapshot: ["lands", "forbidden", "forbidden"],
    publishSubmission: ["lands", "forbidden", "forbidden"],
    returnSubmission: ["lands", "forbidden", "forbidden"],
    announceDeadline: ["lands", "forbidden", "forbidden"],
    correctDeadline: ["lands", "forbidden", "forbidden"],
    withdrawDeadline: ["lands", "forbidden", "forbidden"],
    recordEvent: ["lands", "forbidden", "forbidden"],
    correctEvent: ["lands", "forbidden", "forbidden"],
    withdrawEvent: ["lands", "forbidden", "forbidden"],
    recordCountry: ["lands", "forbidden", "forbidden"],
    recordContact: ["lands", "forbidden", "forbidden"],
    correctContact: ["lands", "forbidden", "forbidden"],
    confirmContact: ["lands", "forbidden", "forbidden"],
    withdrawContact: ["lands", "forbidden", "forbidden"],
  },
  central_admin: everything(),
  system: everything(),
};

function everything() {
  const lands: [Expected, Expected, Expected] = ["lands", "lands", "lands"];
  return {
    recordSnapshot: lands,
    correctSnapshot: lands,
    withdrawSnapshot: lands,
    rankSnapshot: lands,
    publishSubmission: lands,
    returnSubmission: lands,
    announceDeadline: lands,
    correctDeadline: lands,
    withdrawDeadline: lands,
    recordEvent: lands,
    correctEvent: lands,
    withdrawEvent: lands,
    recordCountry: lands,
    recordContact: lands,
    correctContact: lands,
    confirmContact: lands,
    withdrawContact: lands,
  };
}
