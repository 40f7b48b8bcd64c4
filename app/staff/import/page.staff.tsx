import type { Metadata } from "next";
import { staffDb } from "@/app/_server/database";
import { labelsOf } from "@/app/_server/labels";
import { requirePerson, staffWords } from "@/app/_server/session";
import type { Words } from "@/lib/i18n/words";
import { REFUSALS } from "@/lib/imports/files/refusal";
import { importsFor } from "@/lib/imports/read";
import { type Counts, commitsAlone, rowsOf } from "@/lib/imports/rules";
import { newStatementId } from "@/lib/ledger/write";
import { namesOf } from "@/lib/staff/read";
import { mayRecordAnything } from "@/lib/staff/rules";
import { UploadForm } from "../_forms/upload-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("imports.title") };
}

type Query = Record<string, string | string[] | undefined>;

/** Why the file that was sent last was not taken, in words. */
function refusalIn({ refused, line }: Query, { t, number }: Words): string | undefined {
  if (refused === "no_file") return t("imports.noFile");
  if (refused === "not_allowed") return t("imports.notAllowed");
  const code = REFUSALS.find((one) => one === refused);
  if (code) return t(`imports.refused.${code}`, { line: number(Number(line) || 1) });
  return refused === undefined ? undefined : t("imports.broken");
}

/** Where a table is sent, and what became of those sent before. */
export default async function ImportsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const person = await requirePerson("/staff/import");
  const words = await staffWords();
  const { t } = words;
  const list = await importsFor(staffDb(), person, 50);
  const names = await namesOf(
    staffDb(),
    list.map(({ uploadedBy }) => uploadedBy),
  );
  return (
    <>
      <h1>{t("imports.title")}</h1>
      {mayRecordAnything(person) && (
        <>
          <p>{t(commitsAlone(person) ? "imports.lead" : "imports.leadSubmits")}</p>
          <p>{t("imports.howTo")}</p>
          <UploadForm importId={newStatementId()} labels={labelsOf(words, ["imports"])} refusal={refusalIn(await searchParams, words)} />
        </>
      )}
      <h2>{t("imports.list")}</h2>
      {list.length === 0 ? (
        <p className="nothing">{t("imports.none")}</p>
      ) : (
        <ul className="plain">
          {list.map((one) => (
            <li key={one.importId}>
              <a href={`/staff/import/${one.importId}`}>{one.fileName}</a>
              <small>
                {t(`imports.states.${one.state}`)} · {t("imports.rows")}: {words.number(rowsOf(one.counts as Counts))}
              </small>
              <small className="aside">
                {t("imports.sentBy", { name: names.get(one.uploadedBy) ?? one.uploadedBy, when: words.instant(one.uploadedAt) })}
              </small>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
