import { readFileSync } from "node:fs";
import path from "node:path";
import { BUILD } from "../build";
import { fileHeaders, pageHeaders, styleHash } from "../policy";
import type { Answered } from "./inside";
import { freed, isLight, ShapeError, withStyles } from "./light";

/** An answer of the pages as it goes out; `keep` when it is the same for everybody who asks for its address. */
export type Finished = { status: number; headers: Record<string, string>; body: Buffer; html: boolean; keep: boolean };

/** What is between the two ends of a line alone. */
export const OF_THE_LINE = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "date"]);

type Sheet = { text: string; hash: string };
const sheets = new Map<string, Sheet | undefined>();

/** A style sheet of this build; undefined for one that names files beside it, or is not there. */
function styleSheet(address: string): Sheet | undefined {
  if (!sheets.has(address)) sheets.set(address, readSheet(address));
  return sheets.get(address);
}

function readSheet(address: string): Sheet | undefined {
  try {
    const text = readFileSync(path.join(BUILD, address.slice("/_next/".length)), "utf8").trim();
    return /url\(|@import|<\//.test(text) ? undefined : { text, hash: styleHash(text) };
  } catch {
    return undefined;
  }
}

/** What a browser may do with a file; a picture brings its own styles. */
function policyOfFile(type: string, body: Buffer): Record<string, string> {
  if (!type.startsWith("image/svg+xml")) return fileHeaders();
  return fileHeaders([...body.toString().matchAll(/<style>([^<]*)<\/style>/g)].map(([, text = ""]) => styleHash(text)));
}

/** What the framework's own script says, by which it would be answered otherwise. */
export const ITS_OWN_WORDS = /^(?:rsc|next-)/i;

const DOCUMENT_CACHING = "public, max-age=0, must-revalidate";

/**
 * Makes an answer of the pages ready to go out: a light document is freed of the framework. One of a shape that
 * is not known goes out as it is, kept by nobody, and is told in the log.
 */
export function finish(address: string, { status, headers, body }: Answered): Finished {
  const said: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (typeof value === "string" && !OF_THE_LINE.has(name)) said[name] = value;
  const html = said["content-type"]?.startsWith("text/html") ?? false;
  // What the framework's own script asks with makes no other file, and no other answer to a program.
  if (!html && said.vary)
    said.vary = said.vary
      .split(/, */)
      .filter((name) => !ITS_OWN_WORDS.test(name))
      .join(", ");
  if (said.vary === "") delete said.vary;
  const { vary, "cache-control": caching = "" } = said;
  const forAll = status === 200 && headers["set-cookie"] === undefined && !/cookie|accept-language|\*/i.test(vary ?? "");
  const text = html ? body.toString() : "";
  const untold: Record<string, string> = status >= 400 ? { "cache-control": "no-store" } : {};
  if (!isLight(text)) {
    const keep = forAll && !html && /\bpublic\b/.test(caching);
    const policy = html ? pageHeaders(address) : policyOfFile(said["content-type"] ?? "", body);
    return { status, headers: { ...(keep ? asDocument(said) : { ...said, ...untold }), ...policy }, body, html, keep };
  }
  try {
    const styles: string[] = [];
    const withSheets = withStyles(freed(text), (sheet) => {
      const found = styleSheet(sheet);
      if (found) styles.push(found.hash);
      return found?.text;
    });
    const headers = { ...asDocument(said), ...pageHeaders(address, styles), ...untold };
    return { status, headers, body: Buffer.from(withSheets), html, keep: forAll };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    console.error(`${address} goes out with the framework's scripts, which no browser runs, since its HTML holds ${error.message}`);
    return { status, headers: { ...said, ...pageHeaders(address) }, body, html, keep: false };
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
