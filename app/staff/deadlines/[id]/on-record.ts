import { staffDb } from "@/app/_server/database";
import { personOrSentForm } from "@/app/_server/session";
import { deadlineRevisions, recordedChain } from "@/lib/deadlines/read";
import { standings } from "@/lib/deadlines/rules";
import { may } from "@/lib/staff/rules";

/** A deadline as the page about it needs it: its history, its chain, and whether the person may change it; undefined where there is none. Nobody, whose session ended, gets their form back. */
export async function deadlineOnRecord(id: string, path: string) {
  const person = await personOrSentForm(`/staff/deadlines/${encodeURIComponent(id)}${path}`);
  const revisions = /^[A-Za-z0-9-]{1,100}$/.test(id) ? await deadlineRevisions(staffDb(), id) : [];
  const [newest] = revisions;
  if (!newest) return undefined;
  const chain = await recordedChain(staffDb(), newest.deadline.chain);
  const concerned = [...newest.deadline.countries, ...chain.flatMap((d) => d.countries)];
  return {
    person,
    revisions,
    newest,
    chain,
    mine: !person || may(person, "announce", concerned) === "yes",
    stands: standings(chain).some(({ deadline }) => deadline.statementId === id && !deadline.cancelled),
  };
}
