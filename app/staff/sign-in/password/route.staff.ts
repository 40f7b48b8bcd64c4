import { addressOf, begin, fieldsOf, waitTold } from "@/app/_server/begin";
import { staffDb } from "@/app/_server/database";
import { leadTo } from "@/app/_server/lead-to";
import { staffPath } from "@/app/_server/staff-path";
import { checkPassword } from "@/lib/sign-in/write";

/** Signs in by e-mail and password, or leads back to the form with the reason why not. */
export async function POST(request: Request): Promise<Response> {
  const { email, password, to } = await fieldsOf(request);
  const checked = await checkPassword(staffDb(), { email, password, address: addressOf(request) });
  if ("personId" in checked) return begin(request, checked.personId, { method: "password" }, to);
  return leadTo("/staff/sign-in", { to: staffPath(to), ...waitTold(checked) });
}
