import { ALL } from "../countries/rules";

export type Role = "recorder" | "reviewer" | "country_admin" | "central_admin" | "system";

/** Somebody who acts: who it is, and what their role extends to. Read anew for every request. */
export type Actor = { personId: string; role: Role; countries: readonly string[] };

/** How far a right goes: not at all, as a submission that waits for review, for somebody else's submission, or at once. */
export type Extent = "no" | "submits" | "others" | "yes";

/** What a person can want to do with the record and with people. */
export type Verb = "record" | "publish" | "rank" | "withdraw" | "announce" | "manage_people";

type Rights = Record<Verb, Extent> & { reach: "own" | "all" };

/**
 * Who may do what. `record` covers corrections; `announce` covers deadlines, events and contacts; `reach` is
 * whether the rights hold for a person's own countries or for all, ALL included. A reviewer publishes
 * what others submitted; an admin's own entry is public at once, and its history says so.
 */
export const WHO_MAY: Record<Role, Rights> = {
  recorder: { record: "submits", publish: "no", rank: "submits", withdraw: "submits", announce: "no", manage_people: "no", reach: "own" },
  reviewer: { record: "submits", publish: "others", rank: "yes", withdraw: "yes", announce: "no", manage_people: "no", reach: "own" },
  country_admin: { record: "yes", publish: "yes", rank: "yes", withdraw: "yes", announce: "yes", manage_people: "yes", reach: "own" },
  central_admin: { record: "yes", publish: "yes", rank: "yes", withdraw: "yes", announce: "yes", manage_people: "yes", reach: "all" },
  // The product itself, when it loads the starter record.
  system: { record: "yes", publish: "yes", rank: "yes", withdraw: "yes", announce: "yes", manage_people: "no", reach: "all" },
};

/** How far an actor may go with a verb for these countries; "no" as soon as one lies beyond their reach. */
export function may(actor: Actor, verb: Verb, countries: readonly string[]): Extent {
  const rights = WHO_MAY[actor.role];
  const reaches = rights.reach === "all" || (countries.length > 0 && countries.every((c) => c !== ALL && actor.countries.includes(c)));
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

/** Whether some country exists for which the actor may announce: deadlines, events, contacts. */
export function mayAnnounceAnything(actor: Actor): boolean {
  return WHO_MAY[actor.role].announce !== "no" && (WHO_MAY[actor.role].reach === "all" || actor.countries.length > 0);
}

/** The person under whose name the product itself writes. */
export const SYSTEM: Actor = { personId: "system", role: "system", countries: [] };
