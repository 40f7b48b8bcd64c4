import type { Database } from "@/db/client";
import { events } from "@/db/schema";
import { alone, append, newStatementId } from "../ledger/write";
import { momentOf } from "../moments/rules";
import { done, invalid, type Outcome, refused } from "../outcome";
import { recordSource } from "../sources/write";
import { type Actor, may } from "../staff/rules";
import { fieldsOf } from "../texts";
import { eventInput } from "./input";

/** Records a dated fact. */
export async function recordEvent(
  tx: Database,
  actor: Actor,
  sent: unknown,
  now: Date,
  statementId = newStatementId(),
): Promise<Outcome<string>> {
  const parsed = eventInput(now).safeParse(sent);
  if (!parsed.success) return invalid(fieldsOf(parsed.error));
  const input = parsed.data;
  if (may(actor, "announce", input.countries) !== "yes") return refused({ code: "forbidden" });
  const source = await recordSource(tx, alone(actor), input.source);
  if (!source.ok) return source;
  const happened = momentOf(input.happened_on);
  const appended = await append(
    tx,
    events,
    alone(actor),
    { statementId, replacesRevision: 0 },
    {
      happenedOn: happened.text,
      happenedFrom: happened.from,
      happenedTo: happened.to,
      kind: input.kind,
      countries: input.countries,
      measures: input.measures,
      what: input.what,
      sourceId: source.value,
    },
  );
  return appended.ok ? done(statementId) : appended;
}
