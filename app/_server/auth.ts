import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { staffDb } from "@/db/client";
import { personOfSession } from "@/lib/staff/read";
import { beginSession, checkPassword, endSession } from "@/lib/staff/write";
import { cookieOptions, csrfCookie, returnCookie, sessionCookie } from "./session-cookie";

const SESSION_SECONDS = 12 * 60 * 60;

/**
 * Sign-in through next-auth, with sessions as rows.
 *
 * next-auth keeps credentials sessions in a signed cookie by itself, which nobody could end. Here
 * what it takes for that signed value is a random token, of which the database keeps the hash: the
 * session ends the moment its row does.
 */
export const authOptions = (): NextAuthOptions => ({
  secret: process.env.AUTH_SECRET,
  session: { strategy: "jwt", maxAge: SESSION_SECONDS },
  pages: { signIn: "/staff/sign-in", error: "/staff/sign-in" },
  useSecureCookies: false,
  cookies: {
    sessionToken: { name: sessionCookie(), options: cookieOptions() },
    csrfToken: { name: csrfCookie(), options: cookieOptions() },
    callbackUrl: { name: returnCookie(), options: cookieOptions() },
  },
  providers: [
    Credentials({
      credentials: { email: {}, password: {} },
      authorize: async (given, request) => {
        const address = String(request?.headers?.["x-muhlat-address"] ?? "unknown");
        const checked = await checkPassword(staffDb(), { email: given?.email, password: given?.password, address });
        return typeof checked === "string" ? null : { id: checked.personId };
      },
    }),
  ],
  jwt: {
    encode: async ({ token }) => {
      if (typeof token?.session === "string") return token.session;
      if (!token?.sub) throw new Error("a session needs a person");
      return beginSession(staffDb(), token.sub);
    },
    decode: async ({ token }) => {
      if (!token) return null;
      const person = await personOfSession(staffDb(), token);
      return person ? { sub: person.personId, session: token } : null;
    },
  },
  events: {
    signOut: async ({ token }) => {
      if (typeof token?.session === "string") await endSession(staffDb(), token.session);
    },
  },
  logger: {
    error: (code, meta) => console.error("sign-in:", code, meta instanceof Error ? meta.message : ""),
    warn: () => {},
    debug: () => {},
  },
});
