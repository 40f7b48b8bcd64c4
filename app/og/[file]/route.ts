import { pictureOf } from "@/app/_components/picture-in-words";
import { sentence, wordsAsked } from "@/app/_server/copy-answer";
import { fromRecord, requestTime } from "@/app/_server/public-page";
import { drawPicture } from "@/app/_server/share-picture";
import { countryFromAddress } from "@/lib/countries/rules";
import { knownDeadlines } from "@/lib/deadlines/read";
import { chainsFor } from "@/lib/deadlines/rules";
import { latestOf } from "@/lib/explore/read";
import { isLanguage } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { today } from "@/lib/vintage";

export const dynamic = "force-dynamic";

/**
 * The share picture of a country, `/og/kg.png?lang=ky`; with `deadline={chain}` of that deadline instead of
 * the nearest one. It changes with the record, on each Moscow day, and when the deadline ends.
 */
export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const asked = new URL(request.url).searchParams;
  const code = countryFromAddress((await params).file.replace(/\.png$/, ""));
  const language = asked.get("lang") ?? "en";
  const missing = () => sentence(404, wordsAsked(request).t("notFound.title"));
  if (!code || !isLanguage(language)) return missing();
  const now = requestTime();
  const vintage = today(now);
  const record = await fromRecord(async (db) => ({
    deadlines: await knownDeadlines(db, vintage),
    latest: (await latestOf(db, "gray_list", vintage, [code])).get(code),
  }));
  if (!record) return sentence(503, wordsFor(language).t("unavailable.title"));
  const chains = chainsFor(record.deadlines, code, now);
  const name = asked.get("deadline");
  const chain = name === null ? chains[0] : chains.find((c) => c.chain === name);
  if (name !== null && !chain) return missing();
  return new Response(await drawPicture(pictureOf(code, chain, record.latest?.newest, now, wordsFor(language))), {
    headers: { "Content-Type": "image/png", "Cache-Control": "public, max-age=0, must-revalidate" },
  });
}
