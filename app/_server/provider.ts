import type { Provider } from "@/lib/sign-in/provider";
import { originOf, readSettings } from "@/settings";

/** The OpenID provider that the settings name, and what people call it; undefined where they name none. */
export function providerOf(): (Provider & { name: string }) | undefined {
  const settings = readSettings();
  const { OIDC_ISSUER, OIDC_CLIENT_ID = "", OIDC_CLIENT_SECRET = "", OIDC_NAME, OIDC_SECOND_FACTOR } = settings;
  if (!OIDC_ISSUER) return undefined;
  return {
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    origin: originOf(settings),
    counts: OIDC_SECOND_FACTOR,
    name: OIDC_NAME ?? new URL(OIDC_ISSUER).host,
  };
}
