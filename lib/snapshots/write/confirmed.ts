import type { Database } from "@/db/client";
import { done, type Outcome } from "../../outcome";
import type { Actor } from "../../staff/rules";
import type { SnapshotInput } from "../input";
import type { Confirmed } from "./publish";

/** The warnings about an entry, answered by the word that was sent with it. */
export async function checkConfirmed(
  _tx: Database,
  _actor: Actor,
  _input: SnapshotInput,
  _sent: unknown,
  _now: Date,
  _statementId?: string,
): Promise<Outcome<Confirmed>> {
  return done({ warnings: [], confirmation: null });
}
