import type { NextRequest } from "next/server";
import { staffDb } from "@/app/_server/database";
import { actInWords, enteredBy, nameIn, reasonInWords } from "@/app/_server/history-words";
import { signedIn, staffWords } from "@/app/_server/session";
import { BYTE_ORDER_MARK, excelCsvRows } from "@/lib/csv";
import { fieldInWords, valueInWords } from "@/lib/history/in-words";
import { historyFilter } from "@/lib/history/input";
import { everybody, type HistoryAct, wholeHistory } from "@/lib/history/read";
import { formatTime } from "@/lib/i18n/dates";
import type { Words } from "@/lib/i18n/words";
import { dayIn, MOSCOW } from "@/lib/moments/rules";
import { tokenNames } from "@/lib/tokens/read";

export const dynamic = "force-dynamic";

const DIALECT = { delimiter: ",", decimal: "." } as const;

/** The history that the filter of the address lets through, as a CSV file, written while it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const person = await signedIn();
  const words = await staffWords();
  if (!person) return new Response(words.t("refusals.signed_out"), { status: 401 });
  const parsed = historyFilter.safeParse(Object.fromEntries(request.nextUrl.searchParams));
  if (!parsed.success) return new Response(words.t("refusals.fields"), { status: 400 });
  const people = (await everybody(staffDb())).map(({ personId, name }) => [personId, name] as const);
  const names = new Map([...people, ...(await tokenNames(staffDb()))]);
  const batches = wholeHistory(staffDb(), person, parsed.data);
  const body = new ReadableStream<string>({
    start: (controller) => controller.enqueue(BYTE_ORDER_MARK + excelCsvRows([headings(words)], DIALECT)),
    pull: async (controller) => {
      const { done, value } = await batches.next();
      if (done) controller.close();
      else
        controller.enqueue(
          excelCsvRows(
            value.map((act) => cells(act, names, words)),
            DIALECT,
          ),
        );
    },
    cancel: async () => void (await batches.return(undefined)),
  });
  return new Response(body.pipeThrough(new TextEncoderStream()), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="history.csv"',
      "Cache-Control": "no-store",
    },
  });
}

const headings = ({ t }: Words) => [
  t("history.when"),
  t("history.who"),
  t("history.publishedBy"),
  t("history.feature"),
  t("history.verb"),
  t("history.id"),
  t("history.revision"),
  t("history.countries"),
  t("history.reason"),
  t("history.before"),
  t("history.after"),
];

function cells(act: HistoryAct, names: ReadonlyMap<string, string>, words: Words): string[] {
  const at = new Date(act.at);
  const { verb, feature } = actInWords(act, words);
  const side = (which: "before" | "after") =>
    act.changes
      .filter((change) => change[which] !== undefined)
      .map((change) => `${fieldInWords(change.field, words)}: ${valueInWords(change.field, change[which], words)}`)
      .join("\n");
  return [
    `${dayIn(MOSCOW, at)} ${formatTime(at, MOSCOW)}`,
    enteredBy(names, act, words),
    nameIn(names, act.publishedBy, words),
    feature,
    verb,
    act.objectId,
    act.revision === null ? "" : String(act.revision),
    act.countries.map(words.country).join(", "),
    reasonInWords(act.reason, words),
    side("before"),
    side("after"),
  ];
}
