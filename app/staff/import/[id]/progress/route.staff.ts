import { staffDb } from "@/app/_server/database";
import { progressInWords } from "@/app/_server/import-words";
import { signedIn, staffWords } from "@/app/_server/session";
import { progressOf } from "@/lib/imports/progress";

/** How far the work on an import is, in numbers and words; null when nobody works on it. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  if (!(await signedIn())) return new Response(null, { status: 403 });
  const progress = /^[a-z2-7]{16}$/.test(id) ? await progressOf(staffDb(), id) : undefined;
  const told = progress && { done: progress.done, total: progress.total, text: progressInWords(progress, await staffWords()) };
  return Response.json(told ?? null, { headers: { "Cache-Control": "no-store" } });
}
