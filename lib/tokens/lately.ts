import type { Database } from "@/db/client";
import { hashToken } from "../staff/passwords";
import { type SentToken, tokenSent } from "./read";

/** For so long a token that held is not asked about again; milliseconds. */
const LATELY = 1000;
/** So many are remembered at most; the oldest are forgotten first. */
const MOST = 1000;

/**
 * Tokens that held a moment ago. Whoever sends one is let come as far as the act, which asks the database itself how the
 * token stands: here it is only told who is a stranger.
 */
export class HeldLately {
  readonly #held = new Map<string, { token: SentToken; until: number }>();

  /** The token behind a text that was sent, as it stands or stood less than a second ago; undefined where there is none. */
  async of(db: Database, text: string): Promise<SentToken | undefined> {
    const hash = hashToken(text);
    const known = this.#held.get(hash);
    if (known && known.until > performance.now()) return known.token;
    this.#held.delete(hash);
    const token = await tokenSent(db, text);
    if (token?.state === "holds") this.#held.set(hash, { token, until: performance.now() + LATELY });
    const [oldest] = this.#held.keys();
    if (this.#held.size > MOST && oldest !== undefined) this.#held.delete(oldest);
    return token;
  }
}
