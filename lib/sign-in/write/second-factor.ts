import type { Database } from "@/db/client";
import { isBusy } from "../hashing";
import type { SecondFactor } from "../rules";
import { useAuthenticatorCode } from "./authenticator";
import { useRecoveryCode } from "./recovery";
import { forgiveTries, type Limit, takeTries } from "./tries";

/** What a try at a second factor came to. */
export type Given = { ok: true } | { refused: "wrong" } | { refused: "busy" } | { refused: "throttled"; until: Date };

/** Ten tries an hour whatever the kind of code: one in 1,400 against six digits after a day of trying. */
const atCodesOf = (personId: string): Limit => ({ on: `second factor of ${personId}`, most: 10, minutes: 60 });

/**
 * Tries a code as somebody's second factor; each counts once, however many send it at the same time.
 * @param code unchecked, as typed
 * @param now milliseconds since 1970
 */
export async function giveCode(
  db: Database,
  personId: string,
  kind: Extract<SecondFactor, "code" | "recovery_code">,
  code: unknown,
  now: number,
): Promise<Given> {
  const limit = atCodesOf(personId);
  const taken = await takeTries(db, [limit]);
  if (!taken.ok) return { refused: "throttled", until: taken.until };
  try {
    const right = kind === "code" ? await useAuthenticatorCode(db, personId, code, now) : await useRecoveryCode(db, personId, code);
    if (!right) return { refused: "wrong" };
  } catch (error) {
    if (isBusy(error)) return { refused: "busy" };
    throw error;
  }
  await forgiveTries(db, limit, []);
  return { ok: true };
}
