/** A file as an answer: its tag, its type, what it is called on a disk, and how its bytes are made once somebody wants them. */
export type Made = { tag: string; type: string; name: string; body: () => ReadableStream<Uint8Array> | string };

/** Answers GET and HEAD with a file; 304 where the reader has it already. */
export function fileOf(request: Request, { tag, type, name, body }: Made): Response {
  const headers = { ETag: tag, "Cache-Control": "public, max-age=0, must-revalidate", "Access-Control-Allow-Origin": "*" };
  const weak = (each: string) => each.trim().replace(/^W\//, "");
  const held = (request.headers.get("if-none-match") ?? "").split(",").map(weak);
  if (held.includes(weak(tag)) || held.includes("*")) return new Response(null, { status: 304, headers });
  return new Response(request.method === "HEAD" ? null : body(), {
    headers: {
      ...headers,
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${name}"`,
      "X-Content-Type-Options": "nosniff",
    },
  });
}
