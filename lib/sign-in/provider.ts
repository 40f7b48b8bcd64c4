import { createRemoteJWKSet, jwtVerify } from "jose";
import * as oidc from "openid-client";
import { z } from "zod";

/** An OpenID provider as the settings name it. */
export type Provider = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Our own origin, under which the provider knows us. */
  origin: string;
  /** Values of `acr` and `amr` that count as a second factor here; none unless a setting says so. */
  counts: readonly string[];
};

/** What is kept in the browser while it is at the provider, sealed. */
export type Errand = { state: string; nonce: string; verifier: string };

/** Who came back: the two together name somebody for ever, an e-mail does not. */
export type Identity = { issuer: string; subject: string; session?: string; idToken: string; secondFactor: boolean };

const CALLBACK = "/staff/provider/callback";

type Known = { configuration: oidc.Configuration; keys: ReturnType<typeof createRemoteJWKSet> };

/** How long what a provider says about itself is believed. */
const HOUR = 60 * 60 * 1000;
const known = new Map<string, { at: number; found: Promise<Known> }>();

async function discover(provider: Provider): Promise<Known> {
  const issuer = new URL(provider.issuer);
  const authentication = oidc.ClientSecretBasic(provider.clientSecret);
  // The settings allow plain HTTP on this very machine alone.
  const insecure = issuer.protocol === "http:" ? [oidc.allowInsecureRequests] : [];
  // The signature of an ID token is looked at although it comes over the provider's own line.
  const options = { execute: [...insecure, oidc.enableNonRepudiationChecks], timeout: 10 };
  const configuration = await oidc.discovery(issuer, provider.clientId, undefined, authentication, options);
  const keys = createRemoteJWKSet(new URL(configuration.serverMetadata().jwks_uri ?? provider.issuer));
  return { configuration, keys };
}

/** What the provider says about itself, asked once an hour. @throws where it does not answer; the next time it is asked again */
function knownOf(provider: Provider): Promise<Known> {
  const key = JSON.stringify(provider);
  const kept = known.get(key);
  if (kept && Date.now() - kept.at < HOUR) return kept.found;
  const found = discover(provider);
  known.set(key, { at: Date.now(), found });
  found.catch(() => known.delete(key));
  return found;
}

/** The address at the provider to which a browser is led, with PKCE, state and nonce, and what has to come back for them. */
export async function toProvider(provider: Provider): Promise<{ address: URL; errand: Errand }> {
  const { configuration } = await knownOf(provider);
  const errand = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
  const address = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: provider.origin + CALLBACK,
    // Nothing but who it is: name and e-mail stand here already, and link nobody.
    scope: "openid",
    response_type: "code",
    code_challenge: await oidc.calculatePKCECodeChallenge(errand.verifier),
    code_challenge_method: "S256",
    state: errand.state,
    nonce: errand.nonce,
  });
  return { address, errand };
}

/**
 * Who came back from the provider.
 * @param search the query of the address to which the provider led
 * @throws where anything is not as it was asked for: state, nonce, issuer, audience, signature, age
 */
export async function fromProvider(provider: Provider, search: string, errand: Errand): Promise<Identity> {
  const { configuration } = await knownOf(provider);
  const tokens = await oidc.authorizationCodeGrant(configuration, new URL(provider.origin + CALLBACK + search), {
    pkceCodeVerifier: errand.verifier,
    expectedState: errand.state,
    expectedNonce: errand.nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims || !tokens.id_token) throw new Error("the provider sent no ID token");
  const said = [claims.acr, claims.amr].flat().filter((one) => typeof one === "string");
  return {
    issuer: claims.iss,
    subject: claims.sub,
    session: typeof claims.sid === "string" ? claims.sid : undefined,
    idToken: tokens.id_token,
    secondFactor: said.some((one) => provider.counts.includes(one)),
  };
}

/** Where a browser signs out at the provider too; undefined where it knows no such place. */
export async function signOutAddress(provider: Provider, idToken: string): Promise<URL | undefined> {
  const { configuration } = await knownOf(provider);
  if (!configuration.serverMetadata().end_session_endpoint) return undefined;
  return oidc.buildEndSessionUrl(configuration, {
    id_token_hint: idToken,
    post_logout_redirect_uri: `${provider.origin}/staff/sign-in`,
  });
}

const LOGOUT = "http://schemas.openid.net/event/backchannel-logout";
const logoutClaims = z
  .object({
    iss: z.string(),
    jti: z.string().min(1).max(500),
    sub: z.string().optional(),
    sid: z.string().optional(),
    events: z.object({ [LOGOUT]: z.record(z.string(), z.unknown()) }),
    // An ID token has one; a logout token must not, so that neither is taken for the other.
    nonce: z.never().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined);

/** So old may a logout token be; it is remembered for longer than that. */
export const LOGOUT_MINUTES = 5;

/**
 * What a provider says is over (OpenID Connect Back-Channel Logout 1.0, 2.6).
 * @param token unchecked, as it was sent
 * @returns undefined for whatever is no logout token of this provider for us
 */
export async function endedByProvider(
  provider: Provider,
  token: string,
): Promise<{ issuer: string; id: string; session?: string; subject?: string } | undefined> {
  const { configuration, keys } = await knownOf(provider);
  const verified = await jwtVerify(token, keys, {
    issuer: configuration.serverMetadata().issuer,
    audience: provider.clientId,
    algorithms: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"],
    requiredClaims: ["iat", "exp", "jti"],
    maxTokenAge: `${LOGOUT_MINUTES} minutes`,
  }).catch(() => undefined);
  if (!verified) return undefined;
  const { typ } = verified.protectedHeader;
  const claims = logoutClaims.safeParse(verified.payload);
  if (!claims.success || typ?.toLowerCase() !== "logout+jwt") return undefined;
  const { iss, jti, sid, sub } = claims.data;
  return { issuer: iss, id: jti, session: sid, subject: sub };
}
