import { isIP } from "node:net";
import { networkOf } from "@/lib/networks";

/** So many questions a minute may one address ask; a program that walks the whole record at 1,000 rows a page stays far below. */
const QUOTA = 600;
const WINDOW = 60_000;
/** Addresses remembered at most; the oldest are forgotten first, so many at once: a map steps over all that was taken from its beginning. */
const MOST = 20_000;
const AT_ONCE = 1000;

/** So many whole files in so long a time: each is the whole record, read and written out anew. */
const FILES = { name: "files", quota: 30, window: 10 * WINDOW };

type Taken = { until: number; left: number };

/** What is left for somebody who asks now. */
export type Allowance = { allowed: boolean; left: number; seconds: number };

/** How much each address has asked lately. `window`: milliseconds. */
export class Rate {
  readonly #taken = new Map<string, Taken>();

  constructor(
    readonly quota = QUOTA,
    readonly window = WINDOW,
    readonly name = "default",
  ) {}

  /** Of whole files. */
  static ofFiles(): Rate {
    return new Rate(FILES.quota, FILES.window, FILES.name);
  }

  /** How many addresses are remembered. */
  get remembered(): number {
    return this.#taken.size;
  }

  /** What an address has left, of which nothing is taken. @param now as for `take` */
  left(address: string, now = performance.now()): Allowance {
    const taken = this.#taken.get(networkOf(address));
    if (!taken || taken.until <= now) return { allowed: true, left: this.quota, seconds: Math.ceil(this.window / 1000) };
    return { allowed: taken.left > 0, left: taken.left, seconds: Math.ceil((taken.until - now) / 1000) };
  }

  /** Counts one question of an address. @param now milliseconds of a clock that only goes forward */
  take(address: string, now = performance.now()): Allowance {
    const key = networkOf(address);
    let taken = this.#taken.get(key);
    if (!taken || taken.until <= now) {
      taken = { until: now + this.window, left: this.quota };
      this.#taken.delete(key);
      this.#taken.set(key, taken);
      if (this.#taken.size > MOST) this.#forgetOldest();
    }
    const allowed = taken.left > 0;
    if (allowed) taken.left -= 1;
    return { allowed, left: taken.left, seconds: Math.ceil((taken.until - now) / 1000) };
  }

  #forgetOldest(): void {
    let left = AT_ONCE;
    for (const key of this.#taken.keys()) {
      this.#taken.delete(key);
      left -= 1;
      if (left === 0) return;
    }
  }
}

/** The RateLimit fields of the IETF's draft, in seconds. */
export const rateFields = ({ left, seconds }: Allowance, { quota, window, name }: Rate): [string, string][] => [
  ["RateLimit-Policy", `"${name}";q=${quota};w=${window / 1000}`],
  ["RateLimit", `"${name}";r=${left};t=${seconds}`],
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
