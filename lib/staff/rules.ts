import { ALL } from "../countries/rules";

export type Role = "recorder" | "reviewer" | "country_admin" | "central_admin" | "system" | "token" | "publishing_token";

/**
 * Somebody who acts: who it is, and what their role extends to. Read anew for every request. A program acts as the
 * person who made its token, which is named beside, with the token's own rights.
 */
export type Actor = { personId: string; role: Role; countries: readonly string[]; tokenId?: string | undefined };

/** How far a right goes: not at all, as a submission that waits for review, for somebody else's submission, or at once. */
export type Extent = "no" | "submits" | "others" | "yes";

/** What a person can want to do with the record and with people. */
export type Verb = "record" | "correct" | "publish" | "rank" | "withdraw" | "announce" | "manage_people" | "manage_tokens";

type Rights = Record<Verb, Extent> & { reach: "own" | "named" | "all" };

const NOTHING = {
  record: "no",
  correct: "no",
  publish: "no",
  rank: "no",
  withdraw: "no",
  announce: "no",
  manage_people: "no",
  manage_tokens: "no",
} as const satisfies Record<Verb, Extent>;
const EVERYTHING = {
  record: "yes",
  correct: "yes",
  publish: "yes",
  rank: "yes",
  withdraw: "yes",
  announce: "yes",
  manage_people: "yes",
  manage_tokens: "yes",
} as const satisfies Record<Verb, Extent>;

/**
 * Who may do what. `announce` covers deadlines, events and contacts; `reach` is whether the rights hold for a
 * person's own countries, for those that a token names, which may be ALL, or for all, ALL included. A reviewer publishes
 * what others submitted; an admin's own entry is public at once, and its history says so. A token records, and nothing else.
 */
export const WHO_MAY: Record<Role, Rights> = {
  recorder: { ...NOTHING, record: "submits", correct: "submits", rank: "submits", withdraw: "submits", reach: "own" },
  reviewer: { ...NOTHING, record: "submits", correct: "submits", publish: "others", rank: "yes", withdraw: "yes", reach: "own" },
  country_admin: { ...EVERYTHING, reach: "own" },
  central_admin: { ...EVERYTHING, reach: "all" },
  // The product itself, when it loads the starter record.
  system: { ...EVERYTHING, manage_people: "no", manage_tokens: "no", reach: "all" },
  token: { ...NOTHING, record: "submits", reach: "named" },
  publishing_token: { ...NOTHING, record: "yes", reach: "named" },
};

/** Whether it is a program that acts, by a token. */
export const isProgram = ({ role }: Pick<Actor, "role">): boolean => role === "token" || role === "publishing_token";

/** How far an actor may go with a verb for these countries; "no" as soon as one lies beyond their reach. */
export function may(actor: Actor, verb: Verb, countries: readonly string[]): Extent {
  const rights = WHO_MAY[actor.role];
  const own = (country: string) => actor.countries.includes(country) && (country !== ALL || rights.reach === "named");
  const reaches = rights.reach === "all" || (countries.length > 0 && countries.every(own));
  return reaches ? rights[verb] : "no";
}

/** Whether some country exists for which the actor may record, at once or as a submission. */
export function mayRecordAnything(actor: Actor): boolean {
  return WHO_MAY[actor.role].record !== "no" && (WHO_MAY[actor.role].reach === "all" || actor.countries.length > 0);
}

/** The roles that a person can be given. */
export const GIVEN_ROLES = ["recorder", "reviewer", "country_admin", "central_admin"] as const satisfies Role[];

/**
 * Whether the actor may manage somebody of this role and these countries, and so too make somebody such:
 * a country admin only those whose countries are all their own, and a central admin everybody.
 */
export function mayManage(actor: Actor, person: { role: Role; countries: readonly string[] }): boolean {
  if (person.role === "system" || (person.role === "central_admin" && actor.role !== "central_admin")) return false;
  return may(actor, "manage_people", person.countries) === "yes";
}

/** Whether the actor manages people at all. */
export function mayManageAnybody(actor: Actor): boolean {
  return WHO_MAY[actor.role].manage_people !== "no" && (WHO_MAY[actor.role].reach === "all" || actor.countries.length > 0);
}

/** Whether the actor makes and ends tokens at all. */
export function mayManageTokens(actor: Actor): boolean {
  return WHO_MAY[actor.role].manage_tokens !== "no" && (WHO_MAY[actor.role].reach === "all" || actor.countries.length > 0);
}

/** Whether some country exists for which the actor may announce: deadlines, events, contacts. */
export function mayAnnounceAnything(actor: Actor): boolean {
  return WHO_MAY[actor.role].announce !== "no" && (WHO_MAY[actor.role].reach === "all" || actor.countries.length > 0);
}

/** The person under whose name the product itself writes. */
export const SYSTEM: Actor = { personId: "system", role: "system", countries: [] };
