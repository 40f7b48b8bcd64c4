import type { Fault } from "@/lib/ledger/verify/check";

const named = ({ kind, id, revision }: { kind: string; id: string; revision: number }) =>
  kind === "acts" ? `act ${id}` : `${kind} ${id}, revision ${revision}`;

/** What a fault of the ledger means, as a line. */
export function sentence(fault: Fault): string {
  switch (fault.code) {
    case "changed":
      return `CHANGED    ${named(fault)} (entry ${fault.n}): ${fault.part === "content" ? "what the public reads of it" : "its row"} is not what was sealed.`;
    case "removed":
      return `REMOVED    ${named(fault)} (entry ${fault.n}) is not there any more.`;
    case "not_sealed":
      return `NOT SEALED ${named(fault)} is in no entry: it was put in past the sealer, or its entry was cut off. In a package made within seconds of its recording this may be right: take a newer one.`;
    case "other_in_table":
      return `CHANGED    ${named(fault)}: the table says something else than the ledger.`;
    case "not_in_table":
      return `REMOVED    ${named(fault)}: the ledger has it, its table has not.`;
    case "broken":
      return `BROKEN     entry ${fault.n} does not follow from the one before: an entry was changed, put in or taken out here.`;
    case "unknown_key":
      return `OTHER KEY  from entry ${fault.n} on ${fault.key} signs, which the key before did not announce. If you know it from elsewhere, say so with --key.`;
    case "wrong_head":
      return `WRONG HEAD the head of entry ${fault.n} is not signed by the key of that time.`;
    case "unsigned_end":
      return `CUT OFF    no signed head ends the chain at entry ${fault.n}.`;
    case "cut_off":
      return `CUT OFF    a published head names entry ${fault.n}; the chain ends at ${fault.end}.`;
    case "another_chain":
      return `REBUILT    a published head has another hash for entry ${fault.n}: the chain was made anew, at this entry or before it.`;
    case "forged_head":
      return `FORGED     the published head of entry ${fault.n} is not signed by the key of that time.`;
    case "changed_copy":
      return `CHANGED    stored copy ${fault.id} is another document now.`;
  }
}
