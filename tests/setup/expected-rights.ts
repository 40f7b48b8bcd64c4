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

/** What is done to people, and to what acts in their names. */
const PEOPLE = [
  "invitePerson",
  "changePerson",
  "deactivatePerson",
  "reactivatePerson",
  "resetPerson",
  "signOutPerson",
  "resetFactor",
  "makeToken",
  "endToken",
] as const;

/** Everything else that changes what is stored: people, copies, imports, what waits. */
export const DESK_VERBS = [
  ...PEOPLE,
  "storeCopy",
  "attachCopy",
  "showCopy",
  "recordBriefing",
  "takeBackSubmission",
  "mendSubmission",
  "sendImport",
  "publishImport",
  "returnImport",
  "abandonImport",
  "withdrawImport",
] as const;
export type DeskVerb = (typeof DESK_VERBS)[number];

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

/** What only its author does, and nobody in another's stead. */
const AUTHORS: readonly DeskVerb[] = ["takeBackSubmission", "mendSubmission", "abandonImport"];
const RECORDERS: readonly DeskVerb[] = ["storeCopy", "recordBriefing", "sendImport"];
const REVIEWERS: readonly DeskVerb[] = [...RECORDERS, "publishImport", "returnImport", "withdrawImport"];
const AT_DESK: Record<Role, readonly DeskVerb[]> = {
  recorder: RECORDERS,
  reviewer: REVIEWERS,
  country_admin: DESK_VERBS.filter((verb) => !AUTHORS.includes(verb)),
  central_admin: DESK_VERBS.filter((verb) => !AUTHORS.includes(verb)),
  // The product manages nobody.
  system: DESK_VERBS.filter((verb) => !AUTHORS.includes(verb) && !(PEOPLE as readonly DeskVerb[]).includes(verb)),
  // No page hands a token to anything of the desk; what it could do there is what recording is made of.
  token: RECORDERS,
  publishing_token: RECORDERS,
};

/** Whether a role may do this about one of its own countries, or beyond them; about what others sent. */
export function mayAtDesk(role: Role, verb: DeskVerb, own: boolean): boolean {
  // A document is about no country until it is attached.
  return AT_DESK[role].includes(verb) && (own || verb === "storeCopy" || EVERYWHERE.includes(role));
}
