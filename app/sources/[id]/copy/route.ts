import { copyAnswer, sentence, wordsAsked } from "@/app/_server/copy-answer";
import { fromRecord } from "@/app/_server/public-page";
import { publicBytesOf, publicCopyOf } from "@/lib/copies/read";

export const dynamic = "force-dynamic";

/** The stored copy of a source, where an admin allows the public to see it. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const answer = await fromRecord(async (db) => {
    const copy = /^[A-Za-z0-9-]{1,100}$/.test(id) ? await publicCopyOf(db, id) : undefined;
    return copyAnswer(request, id, copy, "public", (copyId) => publicBytesOf(db, id, copyId));
  });
  return answer ?? sentence(503, wordsAsked(request).t("unavailable.title"));
}

export { GET as HEAD };
