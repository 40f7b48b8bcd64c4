import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

export type Encoding = "br" | "gzip" | "identity";
type Headers = Record<string, string>;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
const COMPRESSIBLE = /^(?:text\/|image\/svg|application\/(?:[\w.-]+\+)?(?:json|xml))/;

/** Whether something of this type becomes smaller by being compressed. */
export const isCompressible = (type = ""): boolean => COMPRESSIBLE.test(type);

/** The encoding to send in: the best that the reader takes, by an Accept-Encoding header, of those we make. */
export function encodingFor(accepted: string | undefined): Encoding {
  if (!accepted) return "identity";
  const taken = new Set<string>();
  for (const part of accepted.split(",", 10)) {
    const [name = "", ...parameters] = part.split(";");
    if (!parameters.some((parameter) => /^\s*q=0(?:\.0*)?\s*$/.test(parameter))) taken.add(name.trim().toLowerCase());
  }
  return taken.has("br") ? "br" : taken.has("gzip") ? "gzip" : "identity";
}

/** Whether an If-None-Match header names this tag; weakly, as RFC 9110 asks for. */
export function names(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  if (header === tag || header.trim() === "*") return true;
  return header.split(",", 20).some((each) => each.trim().replace(/^W\//, "") === tag);
}

/** A text or picture that is sent to many: compressed once for each encoding, with its tags. */
export class Content {
  readonly hash: string;
  readonly #ready = new Map<Encoding, { body: Buffer; tag: string; head: string[]; unchanged: string[] }>();

  /** @param headers what is said of it, without its encoding, length and tag */
  constructor(
    readonly body: Buffer,
    readonly headers: Headers,
  ) {
    this.hash = createHash("sha256").update(JSON.stringify(headers)).update(body).digest("base64url").slice(0, 22);
  }

  /** The bytes it holds in memory. */
  get size(): number {
    let size = this.body.length + 1024;
    for (const { body } of this.#ready.values()) if (body !== this.body) size += body.length;
    return size;
  }

  /** Compresses it ahead of the first who asks; less thoroughly what is sent only once. */
  async make(wanted: Encoding, quality = 9): Promise<void> {
    const encoding = isCompressible(this.headers["content-type"]) ? wanted : "identity";
    if (this.#ready.has(wanted)) return;
    const body =
      encoding === "br"
        ? await brotli(this.body, {
            params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: this.body.length },
          })
        : encoding === "gzip"
          ? await zip(this.body, { level: quality })
          : this.body;
    const tag = `"${this.hash}${encoding === "identity" ? "" : `-${encoding}`}"`;
    const unchanged = Object.entries({
      ...this.headers,
      vary: [this.headers.vary, "Accept-Encoding"].filter(Boolean).join(", "),
      etag: tag,
    }).flat();
    const coded = encoding === "identity" ? [] : ["content-encoding", encoding];
    this.#ready.set(wanted, { body, tag, unchanged, head: [...unchanged, ...coded, "content-length", String(body.length)] });
  }

  /** Sends it to one reader, or that they have it already. `more`: what is said beside, this time. Only what is found (200) can be had already. */
  send(request: IncomingMessage, response: ServerResponse, more: readonly string[] = [], status = 200): void {
    const encoding = encodingFor(request.headers["accept-encoding"] as string | undefined);
    const ready = this.#ready.get(encoding);
    if (!ready) {
      void this.make(encoding).then(
        () => this.send(request, response, more, status),
        (error) => response.destroy(error),
      );
      return;
    }
    if (status === 200 && names(request.headers["if-none-match"], ready.tag)) {
      response.writeHead(304, more.length > 0 ? [...ready.unchanged, ...more] : ready.unchanged);
      response.end();
      return;
    }
    response.writeHead(status, more.length > 0 ? [...ready.head, ...more] : ready.head);
    response.end(request.method === "HEAD" ? undefined : ready.body);
  }
}

/** A content under its key, and for how long it is right. Instants in milliseconds since 1970. */
export type Document = {
  key: string;
  content: Content;
  /** How many changes of the record had been told when its making began. */
  generation: number;
  /** When its making began. */
  madeAt: number;
  /** From when on it says something else, though nothing was changed. */
  turnsAt: number;
  /** When it was last known to be right. */
  rightAt: number;
};

const QUARTER = 15 * 60 * 1000;

/**
 * When a document made at an instant must be made anew: at the first of the instants its elements name
 * (`data-turns="…"`), and at each quarter of an hour, on which every midnight of every time zone falls.
 */
export function turnOf(html: string, madeAt: number): number {
  const named = [...html.matchAll(/\sdata-turns="([^"]+)"/g)].map(([, instant = ""]) => Date.parse(instant));
  return Math.min((Math.floor(madeAt / QUARTER) + 1) * QUARTER, ...named.filter((instant) => instant > madeAt));
}
