import { begin, fieldsOf } from "@/app/_server/begin";
import { staffDb } from "@/app/_server/database";
import { leadTo } from "@/app/_server/lead-to";
import { answered } from "@/app/_server/passkeys";
import { staffPath } from "@/app/_server/staff-path";
import { usePasskey } from "@/lib/sign-in/write";

/** Signs in with a passkey alone, which is two factors at once. */
export async function POST(request: Request): Promise<Response> {
  const sent = await fieldsOf(request);
  const answer = answered("use", sent);
  const personId = answer && (await usePasskey(staffDb(), answer));
  if (!personId) return leadTo("/staff/sign-in", { to: staffPath(sent.to), refused: answer ? "passkey" : "ended" });
  return begin(request, personId, { method: "passkey", secondFactor: "passkey" }, sent.to);
}
