import { sentence, wordsAsked } from "@/app/_server/copy-answer";
import { EXPLORE_FILES, fileName } from "@/app/_server/explore-files/kinds";
import { TooManyPictures } from "@/app/_server/explore-files/png";
import { refusedAddress } from "@/app/_server/explore-files/refused";
import { shownIn } from "@/app/_server/explore-files/shown";
import { exploreRecord } from "@/app/_server/explore-record";
import { fromRecord, requestTime } from "@/app/_server/public-page";
import { viewFrom } from "@/lib/explore/rules/view";
import { isLanguage } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { originOf, readSettings } from "@/settings";

export const dynamic = "force-dynamic";

/**
 * What an explore page of the same query shows, as a file: `/ky/explore/figures.csv?c=kg,tj`. 404 where there is no
 * such file, 400 where part of the query is not understood, 503 where the record cannot be read; each says so in words.
 */
export async function GET(request: Request, { params }: { params: Promise<{ lang: string; file: string }> }): Promise<Response> {
  const { lang, file } = await params;
  const kind = Object.hasOwn(EXPLORE_FILES, file) ? EXPLORE_FILES[file] : undefined;
  const words = isLanguage(lang) ? wordsFor(lang) : wordsAsked(request);
  if (!kind || !isLanguage(lang)) return sentence(404, words.t("files.missing", { names: Object.keys(EXPLORE_FILES).join(", ") }));
  const now = requestTime();
  const asked = new URL(request.url).searchParams;
  const query = Object.fromEntries([...asked.keys()].map((name) => [name, asked.getAll(name)]));
  const { view, notUnderstood } = viewFrom(query, now);
  const refused = refusedAddress(asked, notUnderstood, words);
  if (refused) return refused;
  const record = await fromRecord((db) => exploreRecord(db, view, now));
  if (!record) return sentence(503, words.t("unavailable.title"));
  const shown = shownIn(record, originOf(readSettings()), words);
  const made = await Promise.resolve(kind.make(shown)).catch((error: unknown) => {
    if (error instanceof TooManyPictures) return undefined;
    throw error;
  });
  if (!made) {
    const busy = sentence(429, words.t("files.tooMany", { minutes: 1 }));
    busy.headers.set("Retry-After", "60");
    return busy;
  }
  return new Response(made, {
    headers: {
      "Content-Type": kind.type,
      "Content-Disposition": `attachment; filename="${fileName(file, shown)}"`,
      "Cache-Control": "public, max-age=0, must-revalidate",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

export { GET as HEAD };
