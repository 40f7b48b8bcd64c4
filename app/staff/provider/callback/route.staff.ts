import { begin } from "@/app/_server/begin";
import { staffDb } from "@/app/_server/database";
import { leadTo } from "@/app/_server/lead-to";
import { providerOf } from "@/app/_server/provider";
import { cookieHeader, cookieOf } from "@/app/_server/session-cookie";
import { act } from "@/lib/ledger/write";
import { fromProvider, type Identity } from "@/lib/sign-in/provider";
import { unsealNote } from "@/lib/sign-in/seal";
import { factorsOf, personOfIdentity } from "@/lib/sign-in/write";
import { bindByLink } from "@/lib/staff/write";

export const dynamic = "force-dynamic";

/** Where the OpenID provider leads back to: begins a session for whom the account is bound to, and for nobody else. */
export async function GET(request: Request): Promise<Response> {
  const provider = providerOf();
  const note = unsealNote("provider", cookieOf(request, "provider"));
  const over = cookieHeader("provider", "", 0);
  const back = (refused: string) => leadTo("/staff/sign-in", { to: note?.to ?? "/staff", refused }, over);
  const { state, nonce, verifier } = note ?? {};
  if (!provider || !state || !nonce || !verifier) return back("ended");
  const identity = await fromProvider(provider, new URL(request.url).search, { state, nonce, verifier }).catch((error: Error) => {
    console.error("the OpenID provider's answer was not accepted:", error.message);
    return undefined;
  });
  if (!identity) return back("provider");
  const personId = await personOf(identity, note?.link);
  if (!personId) return back("unbound");
  const { issuer, subject, session, idToken } = identity;
  const how = { method: "provider", provider: { issuer, subject, session, idToken } } as const;
  // Whoever has a factor of ours is asked for it: an admin's link binds a provider's account, and is not to open more.
  const counts = identity.secondFactor && (await factorsOf(staffDb(), personId)).length === 0;
  return begin(request, personId, { ...how, secondFactor: counts ? "provider" : undefined }, note?.to, over);
}

/** Whom an account at the provider is bound to; by a link of an admin's that still holds it is bound now. */
async function personOf(identity: Identity, link: string | undefined): Promise<string | undefined> {
  if (!link) return personOfIdentity(staffDb(), identity);
  const bound = await act(staffDb(), (tx) => bindByLink(tx, link, identity));
  return bound.ok ? bound.value : undefined;
}
