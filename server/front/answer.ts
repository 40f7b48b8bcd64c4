import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { askInside } from "./inside";
import { freed, isLight, ShapeError } from "./light";
import { policyHeaders } from "./policy";

const PATIENCE = 30_000;
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Staff, programs, files and stored copies are nobody's finished pages. */
const NO_PAGES = /^\/(?:staff|api|_next|js|sources)(?:\/|$)/;
/** What the framework's own script asks for is not the page. */
const ITS_OWN = ["rsc", "next-action", "next-router-prefetch"] as const;

/** Whether a request may be for a light document: the answer says whether it is. */
export function mayBeLight({ method, url = "/", headers }: Pick<IncomingMessage, "method" | "url" | "headers">): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  if (ITS_OWN.some((name) => headers[name] !== undefined)) return false;
  const [path = "", query = ""] = url.split("?");
  return !NO_PAGES.test(path) && !/(?:^|&)_rsc(?:=|&|$)/.test(query);
}

async function compressed(body: Buffer, accepted: string): Promise<{ body: Buffer; encoding?: "br" | "gzip" }> {
  if (/\bbr\b/.test(accepted)) return { body: await brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }), encoding: "br" };
  if (/\bgzip\b/.test(accepted)) return { body: await zip(body), encoding: "gzip" };
  return { body };
}

/** Answers with the page, freed of the framework where it is light; one of a shape that is not known goes out as it is, and is told in the log. */
export async function answerPage(request: IncomingMessage, response: ServerResponse, ask: ReturnType<typeof askInside>): Promise<void> {
  const url = request.url ?? "/";
  const { status, headers, body } = await ask(
    url,
    Object.fromEntries(
      Object.entries(request.headers).filter((h): h is [string, string] => typeof h[1] === "string" && h[0] !== "accept-encoding"),
    ),
    PATIENCE,
  );
  const { connection: _c, "keep-alive": _k, "transfer-encoding": _t, "content-length": _l, date: _d, ...kept } = headers;
  let sent: OutgoingHttpHeaders = kept;
  let document = body;
  const html = headers["content-type"]?.startsWith("text/html") ? body.toString() : "";
  if (isLight(html))
    try {
      document = Buffer.from(freed(html));
      const { link: _, "x-frame-options": _x, ...rest } = kept;
      sent = { ...rest, ...policyHeaders(url.split("?")[0] ?? "/"), vary: "Accept-Encoding" };
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      console.error(`${url} is sent with the framework's scripts, since its HTML holds ${error.message}`);
    }
  const packed = html ? await compressed(document, String(request.headers["accept-encoding"] ?? "")) : { body: document };
  if (packed.encoding) sent["content-encoding"] = packed.encoding;
  response.writeHead(status, { ...sent, "content-length": packed.body.length });
  response.end(request.method === "HEAD" ? undefined : packed.body);
}
