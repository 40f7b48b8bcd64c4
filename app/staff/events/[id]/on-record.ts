import { staffDb } from "@/app/_server/database";
import { personOrSentForm } from "@/app/_server/session";
import { eventRevisions } from "@/lib/events/read";
import { may } from "@/lib/staff/rules";

/** An event as the pages about it need it: its history, and whether the person may change it; undefined where there is none. Nobody, whose session ended, gets their form back. */
export async function eventOnRecord(id: string, path: string) {
  const person = await personOrSentForm(`/staff/events/${encodeURIComponent(id)}${path}`);
  const revisions = /^[A-Za-z0-9-]{1,100}$/.test(id) ? await eventRevisions(staffDb(), id) : [];
  const [newest] = revisions;
  return newest && { person, revisions, newest, mine: !person || may(person, "announce", newest.event.countries) === "yes" };
}
