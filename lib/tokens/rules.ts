import { type Actor, may } from "../staff/rules";

/** After how many days a token can be made to end by itself. */
export const LIVES = ["30", "90", "365"] as const;

/** What every token begins with, so that whoever finds one knows what it is; then 256 random bits. */
export const PREFIX = "muhlat_";

/** Whether a text has the form of a token. */
export const isTokenText = (text: string): boolean => /^muhlat_[A-Za-z0-9_-]{43}$/.test(text);

/** What a program may name a statement by, so that it is recorded once: its place and an instant, for example. */
export const PROGRAMS_KEY = /^[A-Za-z0-9._:-]{8,128}$/;

/** What somebody let a token do: record for these countries, for a second person or at once. */
export type Grant = { countries: readonly string[]; publishes: boolean };

/** Whether the actor may make such a token: for own countries a country admin, and a central admin for all. */
export const mayMake = (actor: Actor, countries: readonly string[]): boolean => may(actor, "manage_tokens", countries) === "yes";

/** Whether the actor may see a token and end it: who could make it, and who made it, as long as they make any. */
export const mayEnd = (actor: Actor, token: { countries: readonly string[]; madeBy: string }): boolean =>
  mayMake(actor, token.countries) || token.madeBy === actor.personId;

/**
 * Who acts when a token is sent: its maker, with what it was granted and no more than they may now. A country that its
 * maker lost is lost to it, and it publishes only where they could alone.
 */
export function actorOf(tokenId: string, grant: Grant, maker: Actor): Actor {
  const countries = grant.countries.filter((country) => may(maker, "record", [country]) !== "no");
  const publishes = grant.publishes && may(maker, "record", countries) === "yes";
  return { personId: maker.personId, role: publishes ? "publishing_token" : "token", countries, tokenId };
}

/** How a token stands: it holds, its time is over, somebody ended it, or its maker is let in no more. */
export const TOKEN_STATES = ["holds", "expired", "ended", "maker"] as const;
export type TokenState = (typeof TOKEN_STATES)[number];

/** How a token stands at an instant. */
export function stateOf(token: { endedAt: Date | null; expiresAt: Date; makerActive: boolean }, at: Date): TokenState {
  if (token.endedAt) return "ended";
  if (token.expiresAt <= at) return "expired";
  return token.makerActive ? "holds" : "maker";
}
