import { createHash } from "node:crypto";
import { languages } from "@/lib/i18n/languages";

const EMBED = new RegExp(`^/(?:${languages.join("|")})/embed/(?:countdown|chart)$`);
/** Stored copies say themselves what a browser may do with them; what is set around them would stand before it. */
const COPY = /^\/(?:staff\/)?sources\/[^/]+\/copy$/;
const STAFF = /^\/staff(?:\/|$)/;

/** What no page of ours asks a browser for. */
const NEVER_ASKED = [
  "accelerometer",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "usb",
];

const SHARED = { "x-content-type-options": "nosniff", "referrer-policy": "same-origin" };
const UNFRAMED = { ...SHARED, "x-frame-options": "DENY" };
const PAGE = {
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": NEVER_ASKED.map((feature) => `${feature}=()`).join(", "),
};

/** A policy by which a page loads from us alone, and of what stands in the page itself only what is named. */
const policy = (frames: string, scripts: readonly string[], styles: readonly string[], forms: readonly string[] = []) =>
  [
    "default-src 'none'",
    `script-src ${["'self'", ...scripts].join(" ")}`,
    `style-src ${["'self'", ...styles].join(" ")}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    `form-action ${["'self'", ...forms].join(" ")}`,
    "base-uri 'none'",
    `frame-ancestors ${frames}`,
  ].join("; ");

/** How a policy names a style sheet that stands in the page. */
export const styleHash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * What a browser may do with a public page: run our own files and nothing else. Only what is made for other sites'
 * pages stands in their frames.
 * @param styles hashes of the style sheets that stand in it
 */
export function pageHeaders(path: string, styles: readonly string[] = []): Record<string, string> {
  if (EMBED.test(path)) return { ...SHARED, ...PAGE, "content-security-policy": policy("*", [], styles) };
  return { ...UNFRAMED, ...PAGE, "content-security-policy": policy("'none'", [], styles) };
}

/**
 * The same for a file, opened by itself: it loads and runs nothing. A service worker asks us for pages.
 * @param styles hashes of the style sheets that stand in a picture
 */
export function fileHeaders(styles: readonly string[] = []): Record<string, string> {
  const looks = styles.length > 0 ? ` style-src ${styles.join(" ")};` : "";
  return { ...UNFRAMED, "content-security-policy": `default-src 'none';${looks} connect-src 'self'; frame-ancestors 'none'` };
}

/** Whether an address belongs to staff and their sign-in. */
export const isStaff = (path: string): boolean => STAFF.test(path);

/**
 * The same for what is answered without the front.
 * @param nonce by which a page of staff names the scripts that stand in it
 * @param provider origin that their forms for signing in and out lead on to
 */
export function passedHeaders(path: string, nonce: string, provider?: string): Record<string, string> {
  if (COPY.test(path)) return UNFRAMED;
  if (!isStaff(path)) return fileHeaders();
  return {
    ...UNFRAMED,
    ...PAGE,
    "content-security-policy": policy("'none'", [`'nonce-${nonce}'`], [`'nonce-${nonce}'`], provider ? [provider] : []),
  };
}

/** Browsers that came by TLS once come by nothing else for a year. */
export const strictTransport = (origin: string): string | undefined => (origin.startsWith("https://") ? "max-age=31536000" : undefined);
