import { staffDb } from "@/app/_server/database";
import { reasonsInWords, rowInWords } from "@/app/_server/import-words";
import { signedIn, staffWords } from "@/app/_server/session";
import { BYTE_ORDER_MARK, excelCsvRows } from "@/lib/csv";
import type { Words } from "@/lib/i18n/words";
import { type Import, importOf, importRowsOf } from "@/lib/imports/read";

const BATCH = 1_000;
const DIALECT = { delimiter: ";", decimal: "." } as const;

async function* linesOf(found: Import, words: Words): AsyncGenerator<string> {
  const { t } = words;
  const headings = [t("imports.line"), t("imports.verdict"), t("imports.says"), t("imports.why"), t("record.sourceTitle")];
  yield BYTE_ORDER_MARK + excelCsvRows([headings], DIALECT);
  for (let after = 0; ; ) {
    const rows = await importRowsOf(staffDb(), found.importId, { after, most: BATCH });
    const lines = rows.map((row) => [
      row.line,
      t(`imports.verdicts.${row.verdict}`),
      rowInWords(row, words),
      reasonsInWords(row, words).join(" "),
      row.source_title ?? "",
    ]);
    yield excelCsvRows(lines, DIALECT);
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = last.line;
  }
}

/** Every row of a dry run with its verdict and reason, as a table for Excel. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const person = await signedIn();
  const found = person && (await importOf(staffDb(), person, id));
  if (!found) return new Response(null, { status: person ? 404 : 403 });
  const lines = linesOf(found, await staffWords());
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull: async (stream) => {
      const { value, done } = await lines.next();
      if (done) stream.close();
      else stream.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await lines.return(undefined)),
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="import-${found.importId}.csv"`,
      "Cache-Control": "no-store",
    },
  });
}
