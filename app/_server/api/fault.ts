import { leaveFollower } from "@/db/client";
import { isAway, isOutcomeUnknown } from "@/db/commit";
import { refused } from "./problems";

/** Does what a program asked for; whatever goes wrong is told as what it is, and noted. */
export async function orFault<T>(path: string, work: () => Promise<T>): Promise<T | Response> {
  try {
    return await work();
  } catch (error) {
    console.error(`${path} could not be answered:`, error instanceof Error ? (error.cause ?? error) : error);
    leaveFollower(error);
    if (isOutcomeUnknown(error)) return refused("unconfirmed", {}, { "Retry-After": "5" });
    return isAway(error) ? refused("unavailable", {}, { "Retry-After": "5" }) : refused("fault");
  }
}
