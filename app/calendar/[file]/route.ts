import { sentence } from "@/app/_server/copy-answer";
import { askedOf, fileAnswer, noFile } from "@/app/_server/file-answer";
import { calendarRecord } from "@/app/_server/open-data";
import { fromRecord } from "@/app/_server/public-page";
import { calendarOf } from "@/lib/open-data/calendar";
import { today } from "@/lib/vintage";

export const dynamic = "force-dynamic";

/** `/calendar/kg.ics?lang=ky`: the deadlines of a country, to subscribe to. */
export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const asked = askedOf(request, (await params).file, ["ics"]);
  if (!asked) return noFile(request, "calendar.missing");
  const { country, code, words } = asked;
  const record = await fromRecord((db) => calendarRecord(db, country, today(new Date())));
  if (!record) return sentence(503, words.t("unavailable.title"));
  return fileAnswer(calendarOf(record, words), "text/calendar", `muhlat-${code}-${words.language}.ics`);
}

export { GET as HEAD };
