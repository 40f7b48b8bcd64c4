import type { Metadata } from "next";
import { answerStatus } from "@/app/_server/answer";
import { staffDb } from "@/app/_server/database";
import { freshForm } from "@/app/_server/form";
import { fieldInWords, progressInWords } from "@/app/_server/import-words";
import { labelsOf } from "@/app/_server/labels";
import { requirePerson, staffWords } from "@/app/_server/session";
import { stillHolds } from "@/lib/imports/commit";
import { FIELDS } from "@/lib/imports/files/column-names";
import { progressOf } from "@/lib/imports/progress";
import { corrects, importOf, importRowsOf, sameFileCommitted } from "@/lib/imports/read";
import {
  type Counts,
  commitsAlone,
  mayDecideImport,
  mayPrepare,
  mayWithdrawImport,
  rowsOf,
  VERDICTS,
  writtenOf,
} from "@/lib/imports/rules";
import { namesOf } from "@/lib/staff/read";
import { MissingThing } from "../../_components/missing-thing";
import { type ImportField, ImportForm } from "../../_forms/import-form";
import { ImportProgress } from "../../_forms/import-progress";
import { abandon, look, publish, send, sendBack, withdraw } from "./actions";
import { FileFacts } from "./file-facts";
import { RowsTable } from "./rows-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("imports.title") };
}

const PAGE = 50;

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

/** One import: its file, its columns, what every row would do, and the ways on that this person has. */
export default async function ImportPage({ params, searchParams }: Props) {
  const { id } = await params;
  const address = `/staff/import/${encodeURIComponent(id)}`;
  const person = await requirePerson(address);
  const words = await staffWords();
  const { t } = words;
  const db = staffDb();
  const found = await importOf(db, person, id);
  if (!found) {
    answerStatus(404);
    return <MissingThing words={words} />;
  }
  const query = await searchParams;
  const counts = found.counts as Counts;
  const verdict = VERDICTS.find((one) => one === query.verdict);
  const after = Math.max(0, Number(query.after) || 0);
  const rows = await importRowsOf(db, id, { verdict, after, most: PAGE + 1 });
  const names = await namesOf(db, [found.uploadedBy, found.decidedBy ?? ""]);
  const name = (personId: string | null) => names.get(personId ?? "") ?? personId ?? "";
  const progress = await progressOf(db, id);
  const open = found.state === "checked" || found.state === "returned" || found.state === "waiting";
  const stale = open && !progress && !(await stillHolds(db, found));
  const corrected = open ? await corrects(db, id) : 0;
  const earlier = open ? await sameFileCommitted(db, found) : undefined;
  const labels = { ...labelsOf(words, ["imports", "refusals", "errors", "draft"]), "refusals.conflict": t("imports.conflict") };
  const form = { labels, importId: id, version: found.version, initial: freshForm() };
  const prepares = mayPrepare(person, found);
  const decides = mayDecideImport(person, found);
  const written = writtenOf(counts);
  const filter = (one?: string) => (one ? `${address}?verdict=${one}#rows` : `${address}#rows`);
  const asked: ImportField[] = [];
  if (counts.warned > 0)
    asked.push({ kind: "text", name: "word", label: t("imports.word"), hint: t("imports.wordHint", { count: counts.warned }) });
  if (corrected > 0)
    asked.push({ kind: "text", name: "reason", label: t("imports.reason"), hint: t("imports.reasonHint", { count: corrected }) });
  if (counts.faulty > 0) asked.push({ kind: "tick", name: "without_faulty", label: t("imports.withoutFaulty", { count: counts.faulty }) });
  const choices = [
    { value: "", label: t("imports.leftAside") },
    ...FIELDS.map((field) => ({ value: field, label: fieldInWords(field, words) })),
  ];
  const columns = found.header.map(
    (header, position): ImportField => ({
      kind: "choice",
      name: `columns.${position}`,
      label: header.trim() || t("imports.unnamed", { number: position + 1 }),
      value: found.columns[position] ?? "",
      choices,
    }),
  );
  const reasonField: ImportField[] = [{ kind: "text", name: "reason", label: t("record.reasonOf") }];
  return (
    <>
      <p className="back">
        <a href="/staff/import">{t("imports.back")}</a>
      </p>
      <h1 className="breakable">{found.fileName}</h1>
      <p>
        <strong>{t(`imports.states.${found.state}`)}</strong> ·{" "}
        {t("imports.sentBy", { name: name(found.uploadedBy), when: words.instant(found.uploadedAt) })}
        {found.decidedAt &&
          found.state !== "waiting" &&
          found.state !== "checked" &&
          ` · ${t("imports.decidedBy", { name: name(found.decidedBy), when: words.instant(found.decidedAt) })}`}
      </p>
      {progress && (
        <>
          <noscript>
            <meta httpEquiv="refresh" content="1" />
          </noscript>
          <ImportProgress
            importId={id}
            label={t("imports.working")}
            asking
            initial={{ done: progress.done, total: progress.total, text: progressInWords(progress, words) }}
            reloads
          />
        </>
      )}
      {found.state === "returned" && (
        <p className="band">{t("imports.returned", { name: name(found.decidedBy), reason: found.returnedBecause ?? "" })}</p>
      )}
      {found.state === "withdrawn" && found.withdrawn && (
        <p className="band">
          {t("imports.withdrawn", {
            reason: found.withdrawnBecause ?? "",
            made: found.withdrawn.withdrawn,
            restored: found.withdrawn.restored,
            left: found.withdrawn.left,
          })}
        </p>
      )}
      {found.state !== "checked" && found.confirmation && <p>{t("imports.confirmed", { word: found.confirmation })}</p>}
      {found.state !== "checked" && found.reason && <p>{t("imports.reasonGiven", { reason: found.reason })}</p>}
      {found.state !== "checked" && found.withoutFaulty && <p>{t("imports.leftOut")}</p>}
      {earlier && (
        <p className="band">
          {t("imports.sameFile")} <a href={`/staff/import/${earlier}`}>{t("imports.seeEarlier")}</a>
        </p>
      )}
      {stale && <p className="bad">{t("imports.stale")}</p>}

      <h2>{t("imports.fileFacts")}</h2>
      <FileFacts found={found} words={words} />
      {prepares && !progress && (
        <details open={counts.faulty > 0 || stale}>
          <summary>
            <h2>{t("imports.columns")}</h2>
          </summary>
          <ImportForm
            {...form}
            key={`look-${found.version}`}
            action={look.bind(null, id)}
            about="look"
            fields={columns}
            submit={t("imports.again")}
          >
            <p>{t("imports.columnsLead")}</p>
          </ImportForm>
        </details>
      )}
      {decides && stale && !progress && (
        <ImportForm {...form} key={`again-${found.version}`} action={look.bind(null, id)} about="again" submit={t("imports.again")} />
      )}

      <h2 id="rows">{t("imports.rows")}</h2>
      <table className="verdicts">
        <thead>
          <tr>
            <th scope="col">{t("imports.verdict")}</th>
            <th scope="col">{t("imports.number")}</th>
            <th scope="col">{t("imports.means")}</th>
          </tr>
        </thead>
        <tbody>
          {VERDICTS.map((one) => (
            <tr key={one}>
              <th scope="row">
                <a href={filter(one)} aria-current={one === verdict ? "true" : undefined}>
                  {t(`imports.verdicts.${one}`)}
                </a>
              </th>
              <td>{words.number(counts[one])}</td>
              <td>{t(`imports.meanings.${one}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.shortRules.length > 0 && (
        <p className="band">
          {t("imports.shortRules", { count: found.shortRules.length, countries: found.shortRules.map(words.country).join(", ") })}
        </p>
      )}
      {rows.length === 0 ? (
        <p className="nothing">{t(found.state === "abandoned" || found.state === "withdrawn" ? "imports.listGone" : "imports.noRows")}</p>
      ) : (
        <>
          <RowsTable
            rows={rows.slice(0, PAGE)}
            caption={`${t(verdict ? `imports.verdicts.${verdict}` : "imports.all")}: ${words.number(verdict ? counts[verdict] : rowsOf(counts))}`}
            words={words}
            published={found.state === "committed"}
          />
          <p>
            {verdict && <a href={filter()}>{t("imports.all")}</a>} {after > 0 && <a href={filter(verdict)}>{t("imports.firstRows")}</a>}{" "}
            {rows.length > PAGE && (
              <a href={`${address}?${new URLSearchParams({ ...(verdict ? { verdict } : {}), after: String(rows[PAGE - 1]?.line) })}#rows`}>
                {t("imports.nextRows")}
              </a>
            )}
          </p>
          <p>
            <a className="button" href={`${address}/rows.csv`} download>
              {t("imports.download")}
            </a>
          </p>
        </>
      )}

      {prepares && !progress && !stale && (
        <>
          <h2>{t("imports.commit")}</h2>
          {written === 0 ? (
            <p className="nothing">{t("imports.nothing")}</p>
          ) : (
            <ImportForm
              {...form}
              key={`send-${found.version}`}
              action={send.bind(null, id)}
              about="send"
              fields={asked}
              submit={t(commitsAlone(person) ? "imports.commitButton" : "imports.sendButton")}
            >
              <p>{t("imports.commitLead", { written })}</p>
            </ImportForm>
          )}
        </>
      )}
      {decides && !progress && (
        <>
          <h2>{t("review.decide")}</h2>
          {!stale && (
            <ImportForm
              {...form}
              key={`publish-${found.version}`}
              action={publish.bind(null, id)}
              about="publish"
              submit={t("imports.publish")}
            >
              <p>{t("imports.commitLead", { written })}</p>
            </ImportForm>
          )}
          <h3>{t("imports.returnTitle")}</h3>
          <ImportForm {...form} action={sendBack.bind(null, id)} about="return" fields={reasonField} submit={t("review.sendBack")} />
        </>
      )}
      {found.uploadedBy === person.personId && open && !progress && (
        <>
          <h2>{t("imports.abandon")}</h2>
          <ImportForm {...form} action={abandon.bind(null, id)} about="abandon" submit={t("imports.abandon")}>
            <p>{t("imports.abandonLead")}</p>
          </ImportForm>
        </>
      )}
      {mayWithdrawImport(person, found) && !progress && (
        <>
          <h2>{t("imports.withdraw")}</h2>
          <ImportForm {...form} action={withdraw.bind(null, id)} about="withdraw" fields={reasonField} submit={t("imports.withdraw")}>
            <p>{t("imports.withdrawLead")}</p>
          </ImportForm>
        </>
      )}
    </>
  );
}
