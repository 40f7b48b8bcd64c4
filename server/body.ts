import { IncomingMessage } from "node:http";
import { MAX_COPY_BYTES } from "@/lib/copies/rules";
import { MOST_BYTES } from "@/lib/imports/files/limits";
import { MOST_STATEMENT_BYTES } from "@/lib/snapshots/input";
import { showsSession } from "./doors";
import { isApi } from "./problem";

/** The most that one request may send: a stored copy at its largest, and the form around it. */
export const MAX_BODY_BYTES = MAX_COPY_BYTES + 1024 * 1024;

/** A table is read as it comes and never held; one that is several times too large is still told so on its own page. */
const MAX_TABLE_BYTES = 4 * MOST_BYTES;

/** What somebody may send of whom there is no sign that they are signed in: no form of ours for them is larger. */
export const MAX_STRANGERS_BYTES = 64 * 1024;

/** The most that is on its way into memory for all who send at once; what strangers send is small, and never waits for it. */
const MOST_AT_ONCE = 256 * 1024 * 1024;
let atOnce = 0;

function mostOf(request: IncomingMessage): number {
  const { url } = request;
  if (isApi(url)) return MOST_STATEMENT_BYTES;
  // Whether the session holds is asked by the page; without one there is nothing large to send.
  if (!showsSession(request)) return MAX_STRANGERS_BYTES;
  return url === "/staff/import/upload" ? MAX_TABLE_BYTES : MAX_BODY_BYTES;
}

/** Takes room for a request's body until it is over; says whether there was any. A table is read as it comes. */
function takeRoom(request: IncomingMessage, bytes: number): boolean {
  if (bytes <= MAX_STRANGERS_BYTES || request.url === "/staff/import/upload") return true;
  if (atOnce + bytes > MOST_AT_ONCE) return false;
  atOnce += bytes;
  request.once("close", () => {
    atOnce -= bytes;
  });
  return true;
}

const bodies = new WeakMap<IncomingMessage, Buffer>();

/** What a request brings; nothing where it brings nothing, or more than is read before it is let in. */
export const bodyOf = (request: IncomingMessage): Buffer => bodies.get(request) ?? Buffer.alloc(0);

/** A request whose body was read already, with its length: what comes after reads it as if it had just arrived. */
export function readAlready(request: IncomingMessage, body: Buffer): IncomingMessage {
  const read = new IncomingMessage(request.socket);
  const { "transfer-encoding": _, ...headers } = request.headers;
  const { method, url, httpVersion, httpVersionMajor, httpVersionMinor, rawHeaders } = request;
  Object.assign(read, { method, url, httpVersion, httpVersionMajor, httpVersionMinor, rawHeaders, complete: true });
  read.headers = { ...headers, "content-length": String(body.length) };
  read.push(body);
  read.push(null);
  bodies.set(read, body);
  return read;
}

/**
 * The request, when what it sends is not too large; undefined when it is.
 *
 * A length that is said decides at once. Where none is said the body is read first and counted, since
 * nothing could be answered in words once pages have begun with it; what is small is read first too.
 */
export async function withinLimit(request: IncomingMessage): Promise<IncomingMessage | undefined> {
  const most = mostOf(request);
  const length = Number(request.headers["content-length"] ?? 0);
  const said = request.headers["transfer-encoding"] === undefined;
  if (said && (length > most || !takeRoom(request, length))) return undefined;
  // What is small is read first, so that who sends it slowly holds no place meanwhile.
  if (said && (length === 0 || length > MAX_STRANGERS_BYTES)) return request;
  // Nobody knows how much it will be.
  if (!said && !takeRoom(request, Math.min(most, MAX_BODY_BYTES))) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > Math.min(most, MAX_BODY_BYTES)) return undefined;
    chunks.push(chunk);
  }
  return readAlready(request, Buffer.concat(chunks));
}
