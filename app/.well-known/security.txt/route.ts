import { sentence, wordsAsked } from "@/app/_server/copy-answer";
import { languages } from "@/lib/i18n/languages";
import { originOf, readSettings } from "@/settings";

export const dynamic = "force-dynamic";

/** How long the address is good for, said anew each day; RFC 9116 recommends less than a year. */
const DAYS = 180;
const DAY_MS = 86_400_000;

/** Whom to tell of a hole (RFC 9116); 404 where no address for letters is set. */
export function GET(request: Request): Response {
  const settings = readSettings();
  if (!settings.CONTACT_EMAIL) return sentence(404, wordsAsked(request).t("notFound.title"));
  const expires = new Date((Math.floor(Date.now() / DAY_MS) + DAYS) * DAY_MS).toISOString();
  const lines = [
    `Contact: mailto:${settings.CONTACT_EMAIL}`,
    `Expires: ${expires}`,
    `Preferred-Languages: ${languages.join(", ")}`,
    `Canonical: ${originOf(settings)}/.well-known/security.txt`,
  ];
  return new Response(`${lines.join("\n")}\n`, {
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "public, max-age=0, must-revalidate" },
  });
}

export { GET as HEAD };
