import type { Actor, Role } from "../staff/rules";

/** A person signed in: who may act, and how to address them. */
export type SignedIn = Actor & { name: string; email: string; language: string };

/**
 * How long sessions hold. Idle: unused for an hour, the most that NIST SP 800-63B-4 advises for two factors; what was
 * typed outlives it, as a draft in the browser. In all: a working day of twelve hours. Half: so long may somebody who
 * gave only the first factor take for the second. Fresh: so long after signing in may one change how one signs in.
 */
export const SESSION = { idleMinutes: 60, hours: 12, halfMinutes: 15, freshMinutes: 15 };

/**
 * How far a session has come: `second_factor` must still be given, `enrol`: the person's role needs one and they have
 * none yet, `whole`: it opens what their role opens. Only a whole session opens anything but the way to become whole.
 */
export type Stage = "second_factor" | "enrol" | "whole";

/** What proved a person a second time. */
export type SecondFactor = "code" | "recovery_code" | "passkey" | "provider";

/** What a person can have set up as a second factor. */
export const FACTORS = ["authenticator", "passkey"] as const;
export type Factor = (typeof FACTORS)[number];

/** Whether a role signs in with a second factor always: what these people do becomes public, or opens doors to others. */
export const needsSecondFactor = (role: Role): boolean => role === "reviewer" || role === "country_admin" || role === "central_admin";

/** How far a session has come by what was given in it and what the person has. */
export function stageOf(session: { role: Role; secondFactor: SecondFactor | null; hasFactor: boolean }): Stage {
  if (session.secondFactor !== null) return "whole";
  if (session.hasFactor) return "second_factor";
  return needsSecondFactor(session.role) ? "enrol" : "whole";
}

/** Browsers by what they call themselves, the more particular first: most claim to be several. */
const BROWSERS = [
  ["Edg", "Edge"],
  ["OPR", "Opera"],
  ["YaBrowser", "Yandex Browser"],
  ["SamsungBrowser", "Samsung Internet"],
  ["Firefox", "Firefox"],
  ["FxiOS", "Firefox"],
  ["CriOS", "Chrome"],
  ["Chrome", "Chrome"],
  ["Safari", "Safari"],
] as const;
const SYSTEMS = [
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Android", "Android"],
  ["Windows", "Windows"],
  ["Mac OS X", "macOS"],
  ["CrOS", "ChromeOS"],
  ["Linux", "Linux"],
] as const;

/** Browser and system of a User-Agent in our own words, such as "Firefox, Windows"; nothing that a stranger wrote is kept. */
export function deviceOf(userAgent: string | null | undefined): string {
  const named = (list: readonly (readonly [string, string])[]) => list.find(([token]) => userAgent?.includes(token))?.[1];
  return [named(BROWSERS), named(SYSTEMS)].filter(Boolean).join(", ");
}
