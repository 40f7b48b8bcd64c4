import { fieldsOf } from "@/app/_server/begin";
import { staffDb } from "@/app/_server/database";
import { providerOf } from "@/app/_server/provider";
import { endedByProvider, LOGOUT_MINUTES } from "@/lib/sign-in/provider";
import { endProviderSessions, useOnce } from "@/lib/sign-in/write";

const answer = (status: number) => new Response(null, { status, headers: { "Cache-Control": "no-store" } });

/** Where the OpenID provider itself says that somebody has signed out or was shut out there (Back-Channel Logout 1.0). */
export async function POST(request: Request): Promise<Response> {
  const provider = providerOf();
  const { logout_token: token } = await fieldsOf(request);
  if (!provider || !token || token.length > 10_000) return answer(400);
  const ended = await endedByProvider(provider, token).catch((error: Error) => {
    console.error("a logout token could not be checked:", error.message);
    return undefined;
  });
  if (!ended || !(await useOnce(staffDb(), `logout ${ended.issuer} ${ended.id}`, 2 * LOGOUT_MINUTES))) return answer(400);
  await endProviderSessions(staffDb(), ended.issuer, ended);
  return answer(200);
}
