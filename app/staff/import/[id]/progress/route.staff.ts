import { staffDb } from "@/app/_server/database";
import { progressInWords } from "@/app/_server/import-words";
import { signedIn, staffWords } from "@/app/_server/session";
import { progressFor } from "@/lib/imports/progress";

/** How far the work on an import is, in numbers and words, for those who may see it; null when nobody works on it. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const person = await signedIn();
  if (!person) return new Response(null, { status: 403 });
  const progress = /^[a-z0-9-]{1,64}$/.test(id) ? await progressFor(staffDb(), person, id) : undefined;
  if (progress === undefined) return new Response(null, { status: 404 });
  const told = progress && { done: progress.done, total: progress.total, text: progressInWords(progress, await staffWords()) };
  return Response.json(told ?? null, { headers: { "Cache-Control": "no-store" } });
}
