/** Whether browsers reach us over TLS; then cookies are for TLS only and bound to this host. */
const secure = () => (process.env.NEXTAUTH_URL ?? "").startsWith("https://");

/** Name of the session's cookie. */
export const sessionCookie = () => (secure() ? "__Host-muhlat-session" : "muhlat-session");

/** Name of the cookie that the sign-in form's token is checked against. */
export const csrfCookie = () => (secure() ? "__Host-muhlat-form" : "muhlat-form");

/** Where sign-in leads back to. */
export const returnCookie = () => (secure() ? "__Secure-muhlat-return" : "muhlat-return");

/** How our cookies are set: not for scripts, not for other sites' forms. */
export const cookieOptions = () => ({ httpOnly: true, sameSite: "lax" as const, path: "/", secure: secure() });
