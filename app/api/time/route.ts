export const dynamic = "force-dynamic";

/** The server's time in milliseconds since 1970, as plain text: what a countdown goes by instead of the phone's clock. */
export function GET(): Response {
  return new Response(String(Date.now()), { headers: { "Content-Type": "text/plain", "Cache-Control": "no-store" } });
}
