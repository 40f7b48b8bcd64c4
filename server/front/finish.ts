import { readFileSync } from "node:fs";
import path from "node:path";
import type { Answered } from "./inside";
import { freed, isLight, ShapeError, withStyles } from "./light";
import { policyHeaders } from "./policy";

/** An answer of the pages as it goes out; `keep` when it is the same for everybody who asks for its address. */
export type Finished = { status: number; headers: Record<string, string>; body: Buffer; html: boolean; keep: boolean };

/** What is between the two ends of a line alone. */
export const OF_THE_LINE = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "date"]);

const sheets = new Map<string, string | undefined>();

/** A style sheet of this build; undefined for one that names files beside it, or is not there. */
function styleSheet(address: string): string | undefined {
  if (!sheets.has(address)) sheets.set(address, readSheet(address));
  return sheets.get(address);
}

function readSheet(address: string): string | undefined {
  try {
    const text = readFileSync(path.join(process.cwd(), ".next", address.slice("/_next/".length)), "utf8");
    return /url\(|@import|<\//.test(text) ? undefined : text.trim();
  } catch {
    return undefined;
  }
}

const DOCUMENT_CACHING = "public, max-age=0, must-revalidate";

/**
 * Makes an answer of the pages ready to go out: a light document is freed of the framework. One of a shape that
 * is not known goes out as it is, kept by nobody, and is told in the log.
 */
export function finish(address: string, { status, headers, body }: Answered): Finished {
  const said: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (typeof value === "string" && !OF_THE_LINE.has(name)) said[name] = value;
  const html = said["content-type"]?.startsWith("text/html") ?? false;
  const { vary, "cache-control": caching = "" } = said;
  const forAll = status === 200 && headers["set-cookie"] === undefined && !/cookie|accept-language|\*/i.test(vary ?? "");
  const text = html ? body.toString() : "";
  const untold: Record<string, string> = status >= 400 ? { "cache-control": "no-store" } : {};
  if (!isLight(text)) {
    const keep = forAll && !html && /\bpublic\b/.test(caching);
    return { status, headers: keep ? asDocument(said) : { ...said, ...untold }, body, html, keep };
  }
  try {
    const freedBody = Buffer.from(withStyles(freed(text), styleSheet));
    const { "x-frame-options": _, ...rest } = asDocument(said);
    return { status, headers: { ...rest, ...policyHeaders(address), ...untold }, body: freedBody, html, keep: forAll };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    console.error(`${address} goes out with the framework's scripts, since its HTML holds ${error.message}`);
    return { status, headers: said, body, html, keep: false };
  }
}

/** What is said of a finished document: its tag, and how long it may be kept, are ours to say. */
function asDocument(said: Record<string, string>): Record<string, string> {
  const { link, vary, etag: _e, "last-modified": _m, "accept-ranges": _r, "x-nextjs-cache": _n, ...rest } = said;
  const document: Record<string, string> = { ...rest, "cache-control": DOCUMENT_CACHING };
  if (link?.includes('rel="next"')) document.link = link;
  // What is the same for everybody may still come in two forms.
  if (vary?.split(/, */).includes("Accept")) document.vary = "Accept";
  return document;
}
