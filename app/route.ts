import { languageFor } from "@/lib/i18n/languages";

export const dynamic = "force-dynamic";

/** The bare address leads to the visitor's language; which one is told to caches, and to nobody else. */
export function GET(request: Request): Response {
  const language = languageFor(request.headers.get("accept-language"));
  return new Response(null, { status: 307, headers: { Location: `/${language}`, Vary: "Accept-Language" } });
}
