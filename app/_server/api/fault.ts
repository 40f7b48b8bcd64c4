import { leaveFollower } from "@/db/client";
import { isOutcomeUnknown } from "@/db/commit";
import { refused } from "./problems";

/** Whether the database was not there, only follows another, or had to break off or be waited for too long; anything else is a fault of ours. */
function isAway(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? error) as { code?: string };
  return /^(?:(?:08|53|57|58)...|25006|55P03|E[A-Z]+|CONNECT(?:ION)?_[A-Z]+)$/.test(code ?? "");
}

/** Does what a program asked for; whatever goes wrong is told as what it is, and noted. */
export async function orFault(path: string, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    console.error(`${path} could not be answered:`, error instanceof Error ? (error.cause ?? error) : error);
    leaveFollower(error);
    if (isOutcomeUnknown(error)) return refused("unconfirmed", {}, { "Retry-After": "5" });
    return isAway(error) ? refused("unavailable", {}, { "Retry-After": "5" }) : refused("fault");
  }
}
