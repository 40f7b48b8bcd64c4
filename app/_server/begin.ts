import { staffDb } from "@/db/client";
import { deviceOf } from "@/lib/sign-in/rules";
import { type Beginning, beginSession, endSession } from "@/lib/sign-in/write";
import { leadTo } from "./lead-to";
import { cookieOf, sessionHeader } from "./session-cookie";
import { staffPath } from "./staff-path";

/** The network address from which a request came, as the server in front found it. */
export const addressOf = (request: Request): string => request.headers.get("x-muhlat-address") ?? "unknown";

/** The fields of a form that was sent; none where it is no form. */
export async function fieldsOf(request: Request): Promise<Record<string, string>> {
  const form = await request.formData().catch(() => new FormData());
  return Object.fromEntries([...form.entries()].filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}

/**
 * Why somebody was not let in, for the next page's address: how many minutes to wait, and no more.
 * @param wrong what a wrong answer is called there
 */
export function waitTold(
  given: { refused: "wrong" | "busy" } | { refused: "throttled"; until: Date },
  wrong: "wrong" | "code" = "wrong",
): Record<string, string> {
  if (given.refused !== "throttled") return { refused: given.refused === "wrong" ? wrong : given.refused };
  const minutes = Math.max(1, Math.ceil((given.until.getTime() - Date.now()) / 60_000));
  return { refused: "throttled", minutes: String(minutes) };
}

/**
 * Begins a session in the browser that asked and leads on. The token is always a new one, and a session that this
 * browser had before ends: a cookie that somebody planted opens nothing.
 */
export async function begin(request: Request, personId: string, how: Beginning, to: unknown, ...cookies: string[]): Promise<Response> {
  const before = cookieOf(request, "session");
  if (before) await endSession(staffDb(), before);
  const from = { device: deviceOf(request.headers.get("user-agent")), address: addressOf(request) };
  const token = await beginSession(staffDb(), personId, { ...from, ...how });
  return leadTo(staffPath(to), {}, sessionHeader(token), ...cookies);
}
