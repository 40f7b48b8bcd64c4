import { sentence, wordsAsked } from "@/app/_server/copy-answer";
import { readerDb } from "@/app/_server/database";
import { fileOf } from "@/app/_server/open-files/answer";
import { madeOf, OPEN_FILES } from "@/app/_server/open-files/kinds";
import { pinnedNow } from "@/app/_server/open-files/pinned";
import { fromRecord, requestTime } from "@/app/_server/public-page";

import { originOf, readSettings } from "@/settings";

export const dynamic = "force-dynamic";

/**
 * The record to take along: `/data/snapshots.csv`. Made while it is sent, from one state of the record; 404 where there is
 * no such file, 400 where the address asks for anything less than all of it, 503 where the record cannot be read.
 */
export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params;
  const words = wordsAsked(request);
  const kind = Object.hasOwn(OPEN_FILES, file) ? OPEN_FILES[file] : undefined;
  if (!kind) return sentence(404, words.t("files.missing", { names: Object.keys(OPEN_FILES).join(", ") }));
  // Whoever asks for a part of a file is not to take the whole for it.
  const [part] = [...new URL(request.url).searchParams.keys()];
  if (part !== undefined) return sentence(400, words.t("files.noParameters", { part: part.slice(0, 80), address: "/api/v1/snapshots" }));
  const pinned = await fromRecord((db) => pinnedNow(db, requestTime()));
  if (!pinned) return sentence(503, words.t("unavailable.title"));
  return fileOf(request, madeOf(file, kind, { db: readerDb, pinned, origin: originOf(readSettings()) }));
}

export { GET as HEAD };
