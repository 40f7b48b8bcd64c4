import { fieldsOf, waitTold } from "@/app/_server/begin";
import { staffDb } from "@/app/_server/database";
import { leadTo } from "@/app/_server/lead-to";
import { cookieOf, sessionHeader } from "@/app/_server/session-cookie";
import { staffPath } from "@/app/_server/staff-path";
import { sessionOf } from "@/lib/sign-in/read";
import { giveCode, proveSession } from "@/lib/sign-in/write";

/** Takes a code of the authenticator app or a recovery code; the session goes on under a new token, or the form says why not. */
export async function POST(request: Request): Promise<Response> {
  const { kind, code, to } = await fieldsOf(request);
  const path = staffPath(to);
  const token = cookieOf(request, "session");
  const session = token ? await sessionOf(staffDb(), token) : undefined;
  if (!token || !session) return leadTo("/staff/sign-in", { to: path, refused: "ended" });
  if (session.stage !== "second_factor") return leadTo(path);
  const recovery = kind === "recovery_code";
  const given = await giveCode(staffDb(), session.person.personId, recovery ? "recovery_code" : "code", code, Date.now());
  if ("refused" in given) return leadTo("/staff/second-factor", { to: path, ...waitTold(given, "code") });
  const renewed = await proveSession(staffDb(), token, recovery ? "recovery_code" : "code");
  if (!renewed) return leadTo("/staff/sign-in", { to: path, refused: "ended" });
  return recovery ? leadTo("/staff/account", { recovered: "" }, sessionHeader(renewed)) : leadTo(path, {}, sessionHeader(renewed));
}
