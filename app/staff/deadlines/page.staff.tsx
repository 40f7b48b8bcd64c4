import type { Metadata } from "next";
import { SIGN, stateInWords } from "@/app/_components/deadline-card";
import { GivenText } from "@/app/_components/given-text";
import { announceChoices } from "@/app/_server/announce-choices";
import { staffDb } from "@/app/_server/database";
import { requestTime } from "@/app/_server/public-page";
import { requirePerson, staffWords } from "@/app/_server/session";
import { ALL } from "@/lib/countries/rules";
import { whomInWords } from "@/lib/deadlines/in-words";
import { recordedDeadlines } from "@/lib/deadlines/read";
import { type Deadline, groupByChain, lastDay, standings, stateOf, type Whom } from "@/lib/deadlines/rules";
import type { Words } from "@/lib/i18n/words";
import { may } from "@/lib/staff/rules";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("deadlines.title") };
}

type StandingProps = { deadline: Deadline; whom: Whom; mine: boolean; now: Date; words: Words };

/** One deadline that stands: its day, whom it stands for, where it stands, and what can be done with it. */
function Standing({ deadline, whom, mine, now, words }: StandingProps) {
  const { t, day } = words;
  const state = stateOf(deadline, [deadline], now);
  const address = `/staff/deadlines/${deadline.statementId}`;
  const about = `about-${deadline.statementId}`;
  return (
    <article className={`deadline deadline-${state.state}`}>
      <h2 id={about}>{day(lastDay(deadline))}</h2>
      <p className="state">
        <span aria-hidden="true">{SIGN[state.state]} </span>
        {stateInWords(state, words)}
      </p>
      <p>
        {whomInWords(whom, words)} · {t(`measures.${deadline.measure}`)}
      </p>
      <p>
        <GivenText texts={deadline.basis} words={words} />
      </p>
      <p className="buttons">
        {mine && !deadline.cancelled && (
          <>
            <a className="button" href={`${address}/extend`} aria-describedby={about}>
              {t("deadlines.extend")}
            </a>
            <a className="button" href={`${address}/cancel`} aria-describedby={about}>
              {t("deadlines.cancel")}
            </a>
          </>
        )}
        <a className="button" href={address} aria-describedby={about}>
          {mine ? t("deadlines.correct") : t("deadlines.history")}
        </a>
        {mine && (
          <a className="button" href={`${address}/withdraw`} aria-describedby={about}>
            {t("deadlines.withdraw")}
          </a>
        )}
        <a href={`/${words.language}/countries/${(whom.countries[0] ?? ALL).toLowerCase()}`}>{t("record.seePublic")}</a>
      </p>
    </article>
  );
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const SAVED = ["new", "extend", "cancel", "correct", "withdraw"] as const;

/** Every obligation that is on record, those ahead first: where each stands, and the ways to change it. */
export default async function DeadlinesPage({ searchParams }: Props) {
  const person = await requirePerson("/staff/deadlines");
  const words = await staffWords();
  const { t, day } = words;
  const now = requestTime();
  const { saved } = await searchParams;
  const told = SAVED.find((one) => one === saved);
  const latest = (members: Deadline[]) => Math.max(...members.map((d) => d.endsAt.getTime()));
  const chains = [...groupByChain(await recordedDeadlines(staffDb())).values()].sort((a, b) => latest(b) - latest(a));
  const choices = announceChoices(person, [], words);
  return (
    <>
      <h1>{t("deadlines.title")}</h1>
      {told && (
        <p className="good" role="status">
          {t(`deadlines.saved.${told}`)}
        </p>
      )}
      {(choices.everybody || choices.others.length > 0) && (
        <p>
          <a className="button" href="/staff/deadlines/new">
            {t("deadlines.new")}
          </a>
        </p>
      )}
      {chains.length === 0 && <p className="nothing">{t("deadlines.none")}</p>}
      {chains.map((members) => {
        const standing = standings(members);
        const earlier = members.filter((d) => standing.every(({ deadline }) => deadline !== d));
        const concerned = members.flatMap((d) => d.countries);
        const mine = may(person, "announce", concerned) === "yes";
        return (
          <section key={members[0]?.chain} className="chain">
            {standing.map(({ deadline, whom }) => (
              <Standing key={deadline.statementId} deadline={deadline} whom={whom} mine={mine} now={now} words={words} />
            ))}
            {earlier.length > 0 && (
              <p>
                {t("deadline.before")}:{" "}
                {earlier.reverse().map((d, index) => (
                  <span key={d.statementId}>
                    {index > 0 && ", "}
                    <a href={`/staff/deadlines/${d.statementId}`}>{day(lastDay(d))}</a>
                  </span>
                ))}
              </p>
            )}
          </section>
        );
      })}
    </>
  );
}
