import { type CopyFacts, copyName, type MediaType } from "@/lib/copies/rules";
import { languageFor } from "@/lib/i18n/languages";
import { type Words, wordsFor } from "@/lib/i18n/words";

/** What a browser may do with a copy: nothing but draw it. Not every browser draws a PDF inside a sandbox; each has one of its own for them. */
const POLICY: Record<MediaType, string> = {
  "application/pdf": "default-src 'none'; style-src 'unsafe-inline'",
  "image/png": "sandbox; default-src 'none'",
  "image/jpeg": "sandbox; default-src 'none'",
};
/** The same for the sentence in its place. */
const OF_A_SENTENCE = "default-src 'none'; frame-ancestors 'none'";

/** The words in the language that a browser asks for. */
export const wordsAsked = (request: Request): Words => wordsFor(languageFor(request.headers.get("accept-language")));

/** An answer in one sentence. */
export const sentence = (status: number, text: string) =>
  new Response(`${text}\n`, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", Vary: "Accept-Language" },
  });

/**
 * A stored copy as an answer to GET and HEAD; 304 where the browser has it already.
 * @param seenBy who may keep it on the way: everybody asks anew each time, since it may be shown no more
 * @param bytes asked only where they are sent
 */
export async function copyAnswer(
  request: Request,
  sourceId: string,
  copy: CopyFacts | undefined,
  seenBy: "public" | "private",
  bytes: (copyId: string) => Promise<Buffer | undefined>,
): Promise<Response> {
  const missing = () => {
    const answer = sentence(404, wordsAsked(request).t("copies.missing"));
    answer.headers.set("Content-Security-Policy", OF_A_SENTENCE);
    return answer;
  };
  if (!copy) return missing();
  const tag = `"${copy.copyId}"`;
  const headers = { ETag: tag, "Cache-Control": `${seenBy}, no-cache` };
  const known = (request.headers.get("if-none-match") ?? "").split(",").map((each) => each.trim().replace(/^W\//, ""));
  if (known.includes(tag)) return new Response(null, { status: 304, headers });
  const body = request.method === "HEAD" ? null : await bytes(copy.copyId);
  if (body === undefined) return missing();
  return new Response(body && new Uint8Array(body), {
    headers: {
      ...headers,
      "Content-Type": copy.mediaType,
      "Content-Disposition": `inline; filename="${copyName(sourceId, copy.mediaType)}"`,
      "Content-Security-Policy": POLICY[copy.mediaType],
      "X-Content-Type-Options": "nosniff",
    },
  });
}
