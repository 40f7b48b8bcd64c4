import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import Provider from "oidc-provider";

/** Who signs in at the provider next, and what it says of how. */
export type Visitor = { account: string; acr?: string; amr?: string[] };

const CLIENT = { id: "muhlat", secret: "a secret between the two of us and nobody else" };

/** A real OpenID provider on this machine, at which whoever is named next signs in without being asked. */
export async function openProvider(origin: string, backChannel: string) {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: "k1", alg: "RS256", use: "sig" };
  const next: { visitor: Visitor; strangersKeys?: boolean } = { visitor: { account: "nobody" } };
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${origin}/staff/provider/callback`],
        post_logout_redirect_uris: [`${origin}/staff/sign-in`],
        backchannel_logout_uri: backChannel,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ["a key of this provider's cookies"] },
    pkce: { required: () => true },
    acrValues: ["two"],
    claims: { openid: ["sub", "acr", "amr", "sid"], email: ["email", "email_verified"] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    // It refuses to ask anything on its own machine, which is where we are here.
    fetch: (url, { method, headers, body } = {}) => globalThis.fetch(url, { method, headers, body }),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    // Whoever is called like one of our people has their e-mail too, and it counts for nothing.
    findAccount: (_, accountId) => ({
      accountId,
      claims: async () => ({ sub: accountId, email: `${accountId}@example.org`, email_verified: true }),
    }),
  });
  const callback = provider.callback();
  const strangers = {
    ...(await exportJWK((await generateKeyPair("RS256", { extractable: true })).publicKey)),
    kid: "k1",
    alg: "RS256",
    use: "sig",
  };
  server.on("request", async (request, response) => {
    if (request.url === "/jwks" && next.strangersKeys) {
      response.writeHead(200, { "content-type": "application/jwk-set+json" }).end(JSON.stringify({ keys: [strangers] }));
      return;
    }
    if (!request.url?.startsWith("/interaction/")) return callback(request, response);
    const { account, acr, amr } = next.visitor;
    const grant = new provider.Grant({ accountId: account, clientId: CLIENT.id });
    grant.addOIDCScope("openid");
    const done = { login: { accountId: account, acr, amr }, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(request, response, done, { mergeWithLastSubmission: false });
  });
  /** A token signed as the provider signs, or with another key. */
  const signed = (claims: Record<string, unknown>, header: Record<string, string> = {}, by: CryptoKey = privateKey) =>
    new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "k1", ...header }).sign(by);
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { issuer, client: CLIENT, next, signed, close, publicKey };
}

/** A server that hands what it is sent to one of our routes, as the product's own does. */
export async function openRoute(
  route: (request: Request) => Promise<Response>,
): Promise<{ url: string; answers: number[]; server: Server }> {
  const answers: number[] = [];
  const server = createServer(async (request, response) => {
    const answer = await route(
      new Request(`http://127.0.0.1${request.url}`, { method: "POST", body: await bodyOf(request), headers: headersOf(request) }),
    );
    answers.push(answer.status);
    response.writeHead(answer.status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/staff/provider/logout`, answers, server };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}

const headersOf = (request: IncomingMessage) => ({ "content-type": request.headers["content-type"] ?? "" });

/** A browser as far as the provider is concerned: it keeps cookies and follows redirects until one leads back to us. */
export class Visit {
  readonly #cookies = new Map<string, string>();

  async ask(address: string, form?: Record<string, string>): Promise<Response> {
    const answer = await fetch(address, {
      method: form ? "POST" : "GET",
      body: form && new URLSearchParams(form),
      redirect: "manual",
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    return answer;
  }

  /** Follows from an address of the provider's until it leads to `origin`. @returns the address there */
  async until(origin: string, address: string): Promise<string> {
    for (let at = address, steps = 0; steps < 10; steps++) {
      const answer = await this.ask(at);
      const led = answer.headers.get("location");
      if (!led) throw new Error(`${at} led nowhere: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
      at = new URL(led, at).href;
      if (at.startsWith(origin)) return at;
    }
    throw new Error("led around");
  }
}
