import { fieldsOf } from "@/app/_server/begin";
import { staffDb } from "@/app/_server/database";
import { leadTo } from "@/app/_server/lead-to";
import { answered } from "@/app/_server/passkeys";
import { cookieOf, sessionHeader } from "@/app/_server/session-cookie";
import { staffPath } from "@/app/_server/staff-path";
import { sessionOf } from "@/lib/sign-in/read";
import { proveSession, usePasskey } from "@/lib/sign-in/write";

/** Takes a passkey as the second factor; the session goes on under a new token. */
export async function POST(request: Request): Promise<Response> {
  const sent = await fieldsOf(request);
  const path = staffPath(sent.to);
  const token = cookieOf(request, "session");
  const session = token ? await sessionOf(staffDb(), token) : undefined;
  if (!token || !session) return leadTo("/staff/sign-in", { to: path, refused: "ended" });
  if (session.stage !== "second_factor") return leadTo(path);
  const { personId } = session.person;
  const answer = answered("use", sent, personId);
  if (!answer || !(await usePasskey(staffDb(), answer, personId)))
    return leadTo("/staff/second-factor", { to: path, refused: answer ? "passkey" : "ended" });
  const renewed = await proveSession(staffDb(), token, "passkey");
  return renewed ? leadTo(path, {}, sessionHeader(renewed)) : leadTo("/staff/sign-in", { to: path, refused: "ended" });
}
