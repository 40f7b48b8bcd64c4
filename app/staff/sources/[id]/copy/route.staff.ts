import { copyAnswer } from "@/app/_server/copy-answer";
import { staffDb } from "@/app/_server/database";
import { requirePerson } from "@/app/_server/session";
import { bytesOf, copyOf } from "@/lib/copies/read";
import { sourceRevisions } from "@/lib/sources/read";

export const dynamic = "force-dynamic";

/** The stored copy of a source, for everybody who is signed in. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  await requirePerson(`/staff/sources/${encodeURIComponent(id)}/copy`);
  const db = staffDb();
  const [newest] = /^[A-Za-z0-9-]{1,100}$/.test(id) ? await sourceRevisions(db, id) : [];
  const copy = newest?.copyId ? await copyOf(db, newest.copyId) : undefined;
  return copyAnswer(request, id, copy, "private", (copyId) => bytesOf(db, copyId));
}

export { GET as HEAD };
