import { isIP } from "node:net";
import { networkOf } from "@/lib/networks";

/** So many questions a minute may one address ask; a program that walks the whole record at 1,000 rows a page stays far below. */
const QUOTA = 600;
const WINDOW = 60_000;
/** Addresses remembered at most; the oldest are forgotten first. */
const MOST = 20_000;

type Taken = { until: number; left: number };

/** What is left for somebody who asks now. */
export type Allowance = { allowed: boolean; left: number; seconds: number };

/** How much each address has asked lately. */
export class Rate {
  readonly #taken = new Map<string, Taken>();

  constructor(readonly quota = QUOTA) {}

  /** How many addresses are remembered. */
  get remembered(): number {
    return this.#taken.size;
  }

  /** Counts one question of an address. @param now milliseconds of a clock that only goes forward */
  take(address: string, now = performance.now()): Allowance {
    const key = networkOf(address);
    let taken = this.#taken.get(key);
    if (!taken || taken.until <= now) {
      taken = { until: now + WINDOW, left: this.quota };
      this.#taken.delete(key);
      this.#taken.set(key, taken);
      const [oldest] = this.#taken.keys();
      if (this.#taken.size > MOST && oldest !== undefined) this.#taken.delete(oldest);
    }
    const allowed = taken.left > 0;
    if (allowed) taken.left -= 1;
    return { allowed, left: taken.left, seconds: Math.ceil((taken.until - now) / 1000) };
  }
}

/** The RateLimit fields of the IETF's draft, in seconds. */
export const rateFields = ({ left, seconds }: Allowance, quota = QUOTA): [string, string][] => [
  ["RateLimit-Policy", `"default";q=${quota};w=${WINDOW / 1000}`],
  ["RateLimit", `"default";r=${left};t=${seconds}`],
];

/**
 * Whose request it is: the other end of the connection, or, behind proxies that are ours, what the outermost of these
 * was told by its own connection.
 * @param proxies how many proxies stand before this server, each adding to X-Forwarded-For
 */
export function clientOf(remote: string | undefined, forwarded: string | string[] | undefined, proxies: number): string {
  const told = [forwarded ?? []]
    .flat()
    .join(",")
    .split(",")
    .map((part) => part.trim());
  const client = proxies > 0 ? told.at(-proxies) : undefined;
  return client && isIP(client) ? client : (remote ?? "unknown");
}
