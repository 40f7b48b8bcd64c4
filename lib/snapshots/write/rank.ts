import type { Database } from "@/db/client";
import { alone } from "../../ledger/write";
import { invalid, type Outcome } from "../../outcome";
import type { Actor } from "../../staff/rules";
import { rankInput } from "../input";
import { type Change, checkChange } from "./checks";
import { publishRank } from "./publish";
import type { Recorded } from "./record";
import { submit } from "./submit";

/**
 * Ranks a statement among those about the same moment, with the reason.
 * @param sent unchecked: preferred, normal or deprecated
 */
export async function rankSnapshot(tx: Database, actor: Actor, change: Change, sent: unknown): Promise<Outcome<Recorded>> {
  const allowed = await checkChange(tx, actor, "rank", change);
  if (!allowed.ok) return allowed;
  const { current, extent, reason, fields } = allowed.value;
  const rank = rankInput.safeParse(sent);
  if (!rank.success) return invalid({ ...fields, rank: rank.error.issues[0]?.message ?? "required" });
  if (current.state === "withdrawn") return invalid({ ...fields, statement: "already_withdrawn" });
  if (rank.data === current.rank) return invalid({ ...fields, rank: "unchanged_rank" });
  if (reason === undefined) return invalid(fields);
  const of = { statementId: change.statementId, replacesRevision: change.replacesRevision, reason };
  if (extent === "submits") return submit(tx, actor, "rank", of, [current.country], { rank: rank.data });
  return publishRank(tx, alone(actor), of, rank.data);
}
