import type { Role } from "@/lib/staff/rules";

/** Everything that changes the record. */
export const VERBS = [
  "recordSnapshot",
  "correctSnapshot",
  "withdrawSnapshot",
  "rankSnapshot",
  "publishSubmission",
  "returnSubmission",
  "announceDeadline",
  "correctDeadline",
  "withdrawDeadline",
  "recordEvent",
  "correctEvent",
  "withdrawEvent",
  "recordCountry",
  "recordContact",
  "correctContact",
  "confirmContact",
  "withdrawContact",
] as const;
export type Verb = (typeof VERBS)[number];

export type Expected = "lands" | "waits" | "forbidden";

/** What each role may do for its own countries, written out by hand; whatever is not here is forbidden. */
const OWN: Record<Role, { lands: readonly Verb[]; waits: readonly Verb[] }> = {
  recorder: { lands: [], waits: ["recordSnapshot", "correctSnapshot", "withdrawSnapshot", "rankSnapshot"] },
  reviewer: {
    lands: ["withdrawSnapshot", "rankSnapshot", "publishSubmission", "returnSubmission"],
    waits: ["recordSnapshot", "correctSnapshot"],
  },
  country_admin: { lands: VERBS, waits: [] },
  central_admin: { lands: VERBS, waits: [] },
  system: { lands: VERBS, waits: [] },
  token: { lands: [], waits: ["recordSnapshot"] },
  publishing_token: { lands: ["recordSnapshot"], waits: [] },
};

/** Who may do the same for other countries and for ALL; nobody else may do anything there. */
const EVERYWHERE: readonly Role[] = ["central_admin", "system"];

/** Every role that the expectations know. */
export const EXPECTED_ROLES = Object.keys(OWN) as Role[];

/** What becomes of a role's entry about one of its own countries, or beyond them. */
export function expectedOf(role: Role, verb: Verb, own: boolean): Expected {
  if (!own && !EVERYWHERE.includes(role)) return "forbidden";
  if (OWN[role].lands.includes(verb)) return "lands";
  return OWN[role].waits.includes(verb) ? "waits" : "forbidden";
}
