import { fieldsOf } from "@/app/_server/begin";
import { leadTo } from "@/app/_server/lead-to";
import { providerOf } from "@/app/_server/provider";
import { cookieHeader } from "@/app/_server/session-cookie";
import { staffPath } from "@/app/_server/staff-path";
import { toProvider } from "@/lib/sign-in/provider";
import { sealNote } from "@/lib/sign-in/seal";

/** So long may somebody take at the provider. */
const SECONDS = 10 * 60;

/** Leads to the OpenID provider; with a link of an admin's, to be bound to whom it was made for. */
export async function POST(request: Request): Promise<Response> {
  const { to, link = "" } = await fieldsOf(request);
  const provider = providerOf();
  if (!provider) return leadTo("/staff/sign-in");
  try {
    const { address, errand } = await toProvider(provider);
    const note = sealNote("provider", { ...errand, to: staffPath(to), link: link.slice(0, 200) }, SECONDS);
    return leadTo(address.href, {}, cookieHeader("provider", note, SECONDS));
  } catch (error) {
    console.error("the OpenID provider does not answer:", error instanceof Error ? error.message : error);
    return leadTo("/staff/sign-in", { to: staffPath(to), refused: "provider" });
  }
}
