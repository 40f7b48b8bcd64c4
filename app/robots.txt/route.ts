import { originOf, readSettings } from "@/settings";

export const dynamic = "force-dynamic";

/** What search engines may read: everything but the desk. */
export function GET(): Response {
  const lines = ["User-agent: *", "Disallow: /staff", "", `Sitemap: ${originOf(readSettings())}/sitemap.xml`];
  return new Response(`${lines.join("\n")}\n`, {
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "public, max-age=0, must-revalidate" },
  });
}

export { GET as HEAD };
