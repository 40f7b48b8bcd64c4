import NextAuth from "next-auth";
import { authOptions } from "@/app/_server/auth";

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth answers with absolute addresses of its own origin; as paths they hold under every name this server has. */
async function handle(request: Request, context: Context): Promise<Response> {
  const response: Response = await NextAuth(authOptions())(request, context);
  const location = response.headers.get("location");
  const origin = process.env.NEXTAUTH_URL;
  if (location && origin && location.startsWith(`${origin}/`)) response.headers.set("location", location.slice(origin.length));
  return response;
}

export { handle as GET, handle as POST };
