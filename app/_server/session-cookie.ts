import { SESSION } from "@/lib/sign-in/rules";
import { originOf, readSettings } from "@/settings";

/** Whether browsers reach us over TLS; then cookies are for TLS only and bound to this host. */
const secure = () => originOf(readSettings()).startsWith("https://");

/** What our cookies are for; each has its own name. */
type Kind = "session" | "passkey" | "provider";

/** Name of a cookie of ours. */
export const cookieName = (kind: Kind) => (secure() ? `__Host-muhlat-${kind}` : `muhlat-${kind}`);

/** Name of the session's cookie. */
export const sessionCookie = () => cookieName("session");

/**
 * How our cookies are set: not for scripts, not for other sites' forms. Lax and not strict, since whoever comes back
 * from an OpenID provider comes from another site.
 */
export const cookieOptions = (seconds: number) => ({
  httpOnly: true,
  sameSite: "lax" as const,
  path: "/",
  secure: secure(),
  maxAge: seconds,
});

/** So long a browser keeps the session's cookie: as long as the session can last. */
export const SESSION_SECONDS = SESSION.hours * 60 * 60;

/** A cookie of ours as a Set-Cookie header; without a value it is taken away. */
export function cookieHeader(kind: Kind, value: string, seconds: number): string {
  const parts = [`${cookieName(kind)}=${value}`, "Path=/", "HttpOnly", "SameSite=Lax", `Max-Age=${value ? seconds : 0}`];
  return [...parts, ...(secure() ? ["Secure"] : [])].join("; ");
}

/** The session's cookie with a new token. */
export const sessionHeader = (token: string) => cookieHeader("session", token, SESSION_SECONDS);

/** What a browser sent in a cookie of ours. */
export function cookieOf(request: Request, kind: Kind): string | undefined {
  const own = `${cookieName(kind)}=`;
  const pair = (request.headers.get("cookie") ?? "").split(";").map((part) => part.trim());
  return pair.find((part) => part.startsWith(own))?.slice(own.length) || undefined;
}
