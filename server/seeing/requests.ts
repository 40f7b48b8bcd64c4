import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Kinds of requests, by the beginning of their addresses; the first that fits. A closed list: strangers make no new ones. */
const KINDS: [string, RegExp][] = [
  ["api", /^\/api\/v1(?:\/|$)/],
  ["health", /^\/api\//],
  ["staff", /^\/staff(?:\/|$)/],
  ["file", /^\/data\/./],
  ["feed", /^\/(?:feed|calendar)\//],
  ["picture", /^\/og\//],
  ["asset", /^\/(?:_next|js)\//],
  ["explore", /^\/[a-z]{2}\/(?:explore|back-test|as-known)(?:\/|$)/],
  ["page", /^\/(?:[a-z]{2}(?:\/|$)|$)/],
];

/** What kind of request an address is of. */
export function kindOf(path: string): string {
  return KINDS.find(([, is]) => is.test(path))?.[0] ?? "other";
}

/** The words that a sign-in is refused with, as they stand in the address that it leads to. */
const REFUSALS = ["wrong", "code", "passkey", "busy", "throttled", "ended", "provider"];
const SIGNING_IN = /^\/staff\/(?:sign-in|second-factor|provider)\//;

/** Why somebody was not let in; undefined where nobody was refused. */
export function refusalOf(path: string, location: unknown): string | undefined {
  // The framework adds a header that it could set, which makes a list of one.
  const [to] = [location].flat();
  const refused = SIGNING_IN.test(path) && typeof to === "string" && new URLSearchParams(to.split("?")[1]).get("refused");
  if (!refused) return undefined;
  return REFUSALS.includes(refused) ? refused : "other";
}

/** What is known of a request once it is answered. `seconds`: from its arrival to the last byte, or to its breaking off. */
export type Answered = {
  id: string;
  method: string;
  kind: string;
  path: string;
  status: number;
  seconds: number;
  broken: boolean;
  refusal: string | undefined;
};

/** A proxy of ours may have given it a name already; what strangers make up is not taken over. */
const GIVEN_ID = /^[\w-]{8,64}$/;

/**
 * Gives a request its id and tells what became of it when it is over. The id goes back with the answer.
 * @param trusted whether a proxy of ours stands in front
 */
export function seen(request: IncomingMessage, response: ServerResponse, trusted: boolean, tell: (answered: Answered) => void): string {
  const given = trusted ? request.headers["x-request-id"] : undefined;
  const id = typeof given === "string" && GIVEN_ID.test(given) ? given : randomUUID();
  response.setHeader("x-request-id", id);
  const began = performance.now();
  const path = request.url?.split("?")[0] ?? "/";
  response.once("close", () =>
    tell({
      id,
      method: request.method ?? "GET",
      kind: kindOf(path),
      // Ours are of these letters; what else a stranger writes into an address may be anything.
      path: /^[\w./-]{1,200}$/.test(path) ? path : "-",
      status: response.statusCode,
      seconds: (performance.now() - began) / 1000,
      broken: !response.writableFinished,
      refusal: refusalOf(path, response.getHeader("location")),
    }),
  );
  return id;
}
