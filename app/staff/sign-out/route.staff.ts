import { staffDb } from "@/app/_server/database";
import { leadTo } from "@/app/_server/lead-to";
import { providerOf } from "@/app/_server/provider";
import { cookieHeader, cookieOf } from "@/app/_server/session-cookie";
import { signOutAddress } from "@/lib/sign-in/provider";
import { idTokenOf } from "@/lib/sign-in/read";
import { endSession } from "@/lib/sign-in/write";

/** Ends this browser's session, at once and for good; where it began at an OpenID provider, the browser signs out there too. */
export async function POST(request: Request): Promise<Response> {
  const token = cookieOf(request, "session");
  const over = cookieHeader("session", "", 0);
  if (!token) return leadTo("/staff/sign-in", {}, over);
  const idToken = await idTokenOf(staffDb(), token);
  await endSession(staffDb(), token);
  const provider = providerOf();
  const address = provider && idToken ? await signOutAddress(provider, idToken).catch(() => undefined) : undefined;
  return leadTo(address?.href ?? "/staff/sign-in", {}, over);
}
