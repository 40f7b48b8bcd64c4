import { sentence } from "@/app/_server/copy-answer";
import { fileAnswer, noFile } from "@/app/_server/file-answer";
import { fromRecord, requestTime } from "@/app/_server/public-page";
import { isLanguage } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { lastHeads } from "@/lib/ledger/read";
import { atomOf } from "@/lib/open-data/feed";
import { MOST_ENTRIES } from "@/lib/open-data/feed-of";
import { headsFeed } from "@/lib/open-data/heads-feed";
import { originOf, readSettings } from "@/settings";

export const dynamic = "force-dynamic";

/** `/feed/ledger.atom?lang=ky`: the last signed head of every day that is over. */
export async function GET(request: Request): Promise<Response> {
  const language = new URL(request.url).searchParams.get("lang") || "en";
  if (!isLanguage(language)) return noFile(request, "feed.missing");
  const words = wordsFor(language);
  const heads = await fromRecord((db) => lastHeads(db, requestTime(), MOST_ENTRIES));
  if (!heads) return sentence(503, words.t("unavailable.title"));
  return fileAnswer(atomOf(headsFeed(heads, originOf(readSettings()), words)), "application/atom+xml");
}

export { GET as HEAD };
