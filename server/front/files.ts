import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { pipeline, type Transform } from "node:stream";
import { constants, createBrotliCompress, createGzip } from "node:zlib";
import { languageFor } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { networkOf } from "@/lib/networks";
import { Doors } from "../doors";
import { type Rate, rateFields } from "../rate";
import { Busy } from "../room";
import { type Encoding, encodingFor, isCompressible } from "./document";
import { ITS_OWN_WORDS, OF_THE_LINE } from "./finish";
import type { openInside } from "./inside";

/** Who takes nothing of an answer for so long has gone; milliseconds. */
const PATIENCE = 5 * 60_000;

/** So many files one address may be taking at once: each costs the pages some of their time. */
const AT_ONCE = 3;
/** When to come again who takes as many already; seconds. */
const SOON = 60;

/** Quick enough that the record is what one waits for; windows of 1 MB, since many may take a file at once. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 20 } };

const compressors = (encoding: Encoding): Transform[] =>
  encoding === "br" ? [createBrotliCompress(BROTLI)] : encoding === "gzip" ? [createGzip({ level: 6 })] : [];

/** Whether somebody asks for a whole file, by whatever way around its address is written. */
export function asksForFile({ method, url = "/" }: Pick<IncomingMessage, "method" | "url">): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  const base = "http://localhost";
  return URL.canParse(url, base) && /^\/data\/./.test(new URL(url, base).pathname);
}

/** What is said of a file in one of its encodings. There is no part of one to be had: it is made while it is sent. */
function headersOf(said: IncomingHttpHeaders, encoding: Encoding, file: boolean): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = file ? { "accept-ranges": "none" } : {};
  for (const [name, value] of Object.entries(said)) if (value !== undefined && !OF_THE_LINE.has(name)) headers[name] = value;
  const vary = (said.vary ?? "").split(",").map((name) => name.trim());
  delete headers.vary;
  const varies = [...vary.filter((name) => name && !ITS_OWN_WORDS.test(name)), ...(file ? ["Accept-Encoding"] : [])];
  if (varies.length > 0) headers.vary = varies.join(", ");
  if (encoding !== "identity") headers["content-encoding"] = encoding;
  return headers;
}

/** Says in words why there is no file for now, and when there may be one. */
function refuse(request: IncomingMessage, response: ServerResponse, status: 429 | 503, seconds: number, busy = false): void {
  const { t } = wordsFor(languageFor(request.headers["accept-language"]));
  const body = `${status === 429 ? t("files.tooMany", { minutes: Math.ceil(seconds / 60) }) : t(busy ? "busy.title" : "unavailable.title")}\n`;
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "RateLimit, RateLimit-Policy, Retry-After",
    vary: "Accept-Language",
    "retry-after": String(seconds),
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

/** What of a request the pages are asked with. */
function asked({ headers }: IncomingMessage): Record<string, string> {
  const { "accept-encoding": _, connection: _c, cookie: _k, authorization: _a, "content-length": _l, range: _r, ...rest } = headers;
  const single = Object.entries(rest).filter((header): header is [string, string] => typeof header[1] === "string");
  return Object.fromEntries(single.filter(([name]) => !ITS_OWN_WORDS.test(name)));
}

/**
 * Sends whole files as they are made: compressed where that makes them smaller, no faster than they are taken, and only
 * so many to one address. What has no body (304, HEAD) is not counted, and is answered when nothing is left, too.
 */
export class Files {
  readonly #open: ReturnType<typeof openInside>;
  readonly #rate: Rate;
  readonly #doors: Doors;
  /** How many files each network is taking. */
  readonly #taking = new Map<string, number>();

  /** @param open the pages */
  constructor(open: ReturnType<typeof openInside>, rate: Rate, doors = new Doors()) {
    this.#open = open;
    this.#rate = rate;
    this.#doors = doors;
  }

  /** @param client whose request it is */
  async answer(request: IncomingMessage, response: ServerResponse, client: string): Promise<void> {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    response.setTimeout(PATIENCE, () => response.destroy());
    try {
      const leave = await this.#doors.enter("file", client, gone.signal);
      if (gone.signal.aborted) return leave();
      response.once("close", leave);
      await this.#send(request, response, client, gone.signal);
    } catch (error) {
      if (gone.signal.aborted) return;
      if (error instanceof Busy) return refuse(request, response, 503, error.seconds, true);
      console.error(`${request.url} could not be made:`, error);
      refuse(request, response, 503, 5);
    }
  }

  async #send(request: IncomingMessage, response: ServerResponse, client: string, signal: AbortSignal): Promise<void> {
    const ask = (method: string) => this.#open(request.url ?? "/", { method, headers: asked(request), signal });
    const whole = request.method === "GET";
    const many = (this.#taking.get(networkOf(client)) ?? 0) >= AT_ONCE;
    // Whoever may have none now is told whether it has changed: a body is not begun.
    const spent = whole && (many || !this.#rate.left(client).allowed);
    let answer = await ask(spent ? "HEAD" : (request.method ?? "GET"));
    const status = answer.statusCode ?? 500;
    if (spent && status !== 200 && status !== 304) answer = await ask("GET");
    const full = whole && status === 200;
    const allowance = full && !many ? this.#rate.take(client) : this.#rate.left(client);
    for (const [name, value] of rateFields(allowance, this.#rate)) response.setHeader(name, value);
    if (full && (many || !allowance.allowed)) {
      answer.destroy();
      return refuse(request, response, 429, allowance.allowed ? SOON : allowance.seconds);
    }
    if (full) this.#count(response, networkOf(client));
    const compressible = status === 200 && isCompressible(answer.headers["content-type"]);
    const encoding = compressible ? encodingFor(request.headers["accept-encoding"] as string | undefined) : "identity";
    response.writeHead(status, headersOf(answer.headers, encoding, status === 200 || status === 304));
    if (!whole) return void response.end();
    // Who breaks off ends the making; what breaks off in the making is not ended as if it were whole.
    pipeline([answer, ...compressors(encoding), response], () => {});
  }

  /** Counts a file as being taken until it was, or its reader has gone. */
  #count(response: ServerResponse, whose: string): void {
    this.#taking.set(whose, (this.#taking.get(whose) ?? 0) + 1);
    response.once("close", () => {
      const left = (this.#taking.get(whose) ?? 1) - 1;
      if (left > 0) this.#taking.set(whose, left);
      else this.#taking.delete(whose);
    });
  }
}
