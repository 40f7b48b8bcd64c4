import { and, gt, isNull, type SQL, sql } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { SESSION } from "./rules";

/** That a session has not ended, is not too old and was not idle for too long. */
export const holding: SQL | undefined = and(
  isNull(sessions.endedAt),
  gt(sessions.expiresAt, sql`now()`),
  gt(sessions.lastUsedAt, sql`now() - make_interval(mins => ${SESSION.idleMinutes})`),
);
