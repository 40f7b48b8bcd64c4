import { sentence } from "@/app/_server/copy-answer";
import { askedOf, fileAnswer, noFile } from "@/app/_server/file-answer";
import { newsRecord } from "@/app/_server/open-data";
import { fromRecord } from "@/app/_server/public-page";
import { atomOf, jsonFeedOf } from "@/lib/open-data/feed";
import { FEED_KINDS } from "@/lib/open-data/feed-kinds";
import { feedOf } from "@/lib/open-data/news";
import { today } from "@/lib/vintage";

export const dynamic = "force-dynamic";

/** `/feed/kg.atom?lang=ky` and `/feed/kg.json?lang=ky`: what is new of a country; of every country for `all`. */
export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const endings = FEED_KINDS.map(({ ending }) => ending);
  const asked = askedOf(request, (await params).file, endings);
  const kind = FEED_KINDS.find(({ ending }) => ending === asked?.ending);
  if (!asked || !kind) return noFile(request, "feed.missing");
  const { country, words } = asked;
  const record = await fromRecord((db) => newsRecord(db, country, today(new Date())));
  if (!record) return sentence(503, words.t("unavailable.title"));
  const feed = feedOf(record, words);
  return fileAnswer(kind.ending === "atom" ? atomOf(feed) : jsonFeedOf(feed), kind.type);
}

export { GET as HEAD };
