import type { Metadata } from "next";
import { GivenText } from "@/app/_components/given-text";
import { announceChoices } from "@/app/_server/announce-choices";
import { staffDb } from "@/app/_server/database";
import { requirePerson, staffWords } from "@/app/_server/session";
import { whomInWords } from "@/lib/deadlines/in-words";
import { recordedEvents } from "@/lib/events/read";
import { may } from "@/lib/staff/rules";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("events.title") };
}

const SAVED = ["new", "correct", "withdraw"] as const;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Every event that is on record, the newest first, and the ways to change each. */
export default async function EventsPage({ searchParams }: Props) {
  const person = await requirePerson("/staff/events");
  const words = await staffWords();
  const { t } = words;
  const { saved } = await searchParams;
  const told = SAVED.find((one) => one === saved);
  const events = (await recordedEvents(staffDb())).reverse();
  const choices = announceChoices(person, [], words);
  return (
    <>
      <h1>{t("events.title")}</h1>
      {told && (
        <p className="good" role="status">
          {t(`events.saved.${told}`)}
        </p>
      )}
      {(choices.everybody || choices.others.length > 0) && (
        <p>
          <a className="button" href="/staff/events/new">
            {t("events.new")}
          </a>
        </p>
      )}
      {events.length === 0 && <p className="nothing">{t("events.none")}</p>}
      <ul className="plain">
        {events.map((event) => {
          const mine = may(person, "announce", event.countries) === "yes";
          const about = `about-${event.statementId}`;
          return (
            <li key={event.statementId}>
              <h2 className="dated" id={about}>
                {words.moment(event.happenedOn)}
              </h2>
              <p>
                <GivenText texts={event.what} words={words} />
              </p>
              <p className="aside">
                {whomInWords({ countries: event.countries, exceptCountries: [] }, words)} · {t(`events.kinds.${event.kind}`)}
                {event.measures.length > 0 && `: ${event.measures.map((measure) => t(`measures.${measure}`)).join(", ")}`}
              </p>
              <p className="buttons">
                <a className="button" href={`/staff/events/${event.statementId}`} aria-describedby={about}>
                  {mine ? t("events.correct") : t("events.history")}
                </a>
                {mine && (
                  <a className="button" href={`/staff/events/${event.statementId}/withdraw`} aria-describedby={about}>
                    {t("events.withdraw")}
                  </a>
                )}
              </p>
            </li>
          );
        })}
      </ul>
    </>
  );
}
