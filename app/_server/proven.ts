import { cookies } from "next/headers";
import { staffDb } from "@/db/client";
import type { SecondFactor } from "@/lib/sign-in/rules";
import { proveSession } from "@/lib/sign-in/write";
import { sentToken } from "./session";
import { cookieOptions, SESSION_SECONDS, sessionCookie } from "./session-cookie";

/** From a form's action: this browser's session goes on under a new token, with a second factor. @returns whether it still held */
export async function goOnProven(secondFactor: SecondFactor): Promise<boolean> {
  const token = await sentToken();
  const renewed = token && (await proveSession(staffDb(), token, secondFactor));
  if (!renewed) return false;
  (await cookies()).set(sessionCookie(), renewed, cookieOptions(SESSION_SECONDS));
  return true;
}
