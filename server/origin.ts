import type { IncomingMessage } from "node:http";
import { isApi } from "./problem";

/** Where an OpenID provider itself says that somebody signed out: what it sends is signed, and no cookie counts there. */
const BACK_CHANNEL = "/staff/provider/logout";

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

function hostOf(address: string | undefined): string | undefined {
  return address && URL.canParse(address) ? new URL(address).host : undefined;
}

/**
 * Whether a request that could change something comes from a page that is not ours.
 *
 * Browsers send Origin with every form; where one does not, Sec-Fetch-Site or Referer speaks. A
 * request with none of the three is no browser's and carries no one's cookie by accident, but is
 * refused too: whoever writes a program has the public API, which takes tokens and no cookies.
 * @param publicUrl the origin browsers see; the Host header counts when it is not set
 */
export function isForeign(request: Pick<IncomingMessage, "method" | "headers" | "url">, publicUrl: string | undefined): boolean {
  if (READS.has(request.method ?? "GET") || isApi(request.url) || request.url === BACK_CHANNEL) return false;
  const ours = publicUrl ? new URL(publicUrl).host : request.headers.host;
  // Two addresses that are both unknown would otherwise count as the same.
  if (ours === undefined) return true;
  const { origin, referer } = request.headers;
  // Where it is known how browsers come, that counts too: a page of the same host without TLS is not ours.
  if (origin !== undefined)
    return publicUrl ? !URL.canParse(origin) || new URL(origin).origin !== new URL(publicUrl).origin : hostOf(origin) !== ours;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  return hostOf(referer) !== ours;
}
