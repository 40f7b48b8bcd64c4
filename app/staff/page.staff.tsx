import type { Metadata } from "next";
import { staffDb } from "@/app/_server/database";
import { standingsOf } from "@/app/_server/desk-series";
import { labelsOf } from "@/app/_server/labels";
import { requestTime } from "@/app/_server/public-page";
import { requirePerson, staffWords } from "@/app/_server/session";
import { submittedInWords } from "@/app/_server/submissions";
import { listedCountries } from "@/lib/countries/read";
import { ALL } from "@/lib/countries/rules";
import { lastActs } from "@/lib/history/read";
import { importsFor } from "@/lib/imports/read";
import { mayDecideImport } from "@/lib/imports/rules";
import { ownOpen, waitingFor } from "@/lib/review/read";
import { recordersOf, saidIn } from "@/lib/snapshots/read";
import { namesOf, waysTakenFrom } from "@/lib/staff/read";
import { mayRecordAnything, WHO_MAY } from "@/lib/staff/rules";
import { today } from "@/lib/vintage";
import { DueSeries } from "./_components/due-series";
import { LastActs } from "./_components/last-acts";
import { DraftList } from "./_forms/draft-list";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("desk.title") };
}

const count = (text: string | string[] | undefined) => (typeof text === "string" && /^\d{1,3}$/.test(text) ? Number(text) : 0);

/** Where staff begin: what waits for them, what is due, and what was done last. */
export default async function DeskPage({ searchParams }: Props) {
  const person = await requirePerson("/staff");
  const words = await staffWords();
  const { t } = words;
  const { published, waiting: sent } = await searchParams;
  const now = requestTime();
  const db = staffDb();
  const waiting = await waitingFor(db, person);
  const own = await ownOpen(db, person.personId);
  const returned = own.filter((s) => s.state === "returned");
  const everyImport = await importsFor(db, person, 50);
  const files = new Map(everyImport.map(({ importId, fileName }) => [importId, fileName]));
  const imports = everyImport.filter((one) =>
    one.state === "waiting" ? mayDecideImport(person, one) : one.state === "returned" && one.uploadedBy === person.personId,
  );
  const listed = (await listedCountries(db, today(now))).map((c) => c.code);
  const countries = WHO_MAY[person.role].reach === "all" ? listed : person.countries.filter((c) => c !== ALL);
  const due = await standingsOf(db, countries, now);
  const never = due.filter(({ newest, asked }) => !newest && !asked);
  const begun = due.filter((one) => !never.includes(one));
  const recorders = await recordersOf(
    db,
    due.flatMap(({ asked }) => asked ?? []),
  );
  const acts = await lastActs(db, person, 12);
  const said = await saidIn(
    db,
    acts.flatMap(({ feature, objectId, revision }) =>
      feature === "snapshots" && revision !== null ? [{ statementId: objectId, revision }] : [],
    ),
  );
  const names = await namesOf(db, [...recorders.values(), ...acts.flatMap(({ personId, tokenId }) => [personId, tokenId])]);
  return (
    <>
      <h1>{t("desk.title")}</h1>
      {(await waysTakenFrom(db, person.personId)).map(({ verb, at, name }) => (
        <p className="band" key={`${verb} ${at.toISOString()}`}>
          {t("desk.wayChanged", { name, instant: words.instant(at), what: t(`desk.wayChangedBy.${verb}`) })}
        </p>
      ))}
      {count(published) + count(sent) > 0 && (
        <p className="good" role="status">
          {count(published) > 0 && t("desk.published", { count: count(published) })}{" "}
          {count(sent) > 0 && t("desk.waiting", { count: count(sent) })}
        </p>
      )}
      {mayRecordAnything(person) && (
        <p>
          <a className="button" href="/staff/record">
            {t("desk.record")}
          </a>
        </p>
      )}
      <h2>{t("desk.forYou")}</h2>
      {waiting.length === 0 && returned.length === 0 && imports.length === 0 && <p className="nothing">{t("desk.nothingWaits")}</p>}
      {waiting.length > 0 && (
        <p>
          <a href="/staff/review">{t("desk.waitsForYou", { count: waiting.length })}</a>
        </p>
      )}
      {imports.length > 0 && (
        <ul className="plain">
          {imports.map((one) => (
            <li key={one.importId}>
              <a href={`/staff/import/${one.importId}`}>
                {t("nav.import")}: {one.fileName}
              </a>{" "}
              <small className="aside">{t(`imports.states.${one.state}`)}</small>
              {one.returnedBecause && <p className="wrong-line">{one.returnedBecause}</p>}
            </li>
          ))}
        </ul>
      )}
      {returned.length > 0 && (
        <>
          <h3>{t("desk.returnedToYou")}</h3>
          <ul className="plain">
            {returned.map((submission) => (
              <li key={submission.submissionId}>
                <a href={`/staff/review/${submission.submissionId}`}>{submittedInWords(submission, words)}</a>
                <p className="wrong-line">{submission.returnedBecause}</p>
              </li>
            ))}
          </ul>
        </>
      )}
      <DraftList person={person.personId} labels={labelsOf(words, ["draft"])} />
      <h2>{t("desk.due")}</h2>
      {due.length === 0 && <p className="nothing">{t(WHO_MAY[person.role].reach === "all" ? "desk.noCountries" : "desk.noSeries")}</p>}
      <DueSeries standings={begun} recorders={recorders} names={names} words={words} now={now} />
      {never.length > 0 && (
        <details open={begun.length === 0}>
          <summary>{t("desk.neverAsked", { count: never.length })}</summary>
          <DueSeries standings={never} recorders={recorders} names={names} words={words} now={now} />
        </details>
      )}
      <h2>{t("desk.latest")}</h2>
      <LastActs acts={acts} said={said} names={names} files={files} words={words} />
    </>
  );
}
