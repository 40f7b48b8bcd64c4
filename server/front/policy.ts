import { languages } from "@/lib/i18n/languages";

const EMBED = new RegExp(`^/(?:${languages.join("|")})/embed/(?:countdown|chart)$`);

/** Scripts are our own files and nothing else. Charts place what they draw by style attributes. */
const policy = (frames: string) =>
  `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors ${frames}`;

/** What a browser may do with a light document: load from us alone. Only what is made for other sites' pages stands in their frames. */
export function policyHeaders(path: string): Record<string, string> {
  const shared = { "x-content-type-options": "nosniff", "referrer-policy": "same-origin" };
  if (EMBED.test(path)) return { ...shared, "content-security-policy": policy("*") };
  return { ...shared, "content-security-policy": policy("'none'"), "x-frame-options": "DENY" };
}
