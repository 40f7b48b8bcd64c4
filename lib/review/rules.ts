import { type Actor, may } from "../staff/rules";

export type SubmissionState = "waiting" | "returned" | "published" | "discarded";

/** Whether somebody may publish or send back what waits: an admin anything, a reviewer what others submitted. */
export function mayDecide(actor: Actor, submission: { state: string; submittedBy: string; countries: readonly string[] }): boolean {
  if (submission.state !== "waiting") return false;
  const extent = may(actor, "publish", submission.countries);
  return extent === "yes" || (extent === "others" && submission.submittedBy !== actor.personId);
}
