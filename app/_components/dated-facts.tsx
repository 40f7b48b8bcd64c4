import { type Deadline, lastDay } from "@/lib/deadlines/rules";
import type { Event } from "@/lib/events/rules";
import type { Words } from "@/lib/i18n/words";
import { GivenText } from "./given-text";
import type { Dated } from "./plot";

type Facts = { breaks: readonly Event[]; events: readonly Event[]; deadlines: readonly Deadline[] };

/** What a chart draws as lines across it, within two instants in milliseconds, earliest first. */
export function datedFacts({ breaks, events, deadlines }: Facts, from: number, to: number, words: Words): Dated[] {
  const { t } = words;
  const dated: Dated[] = [
    ...breaks.map((event) => ({
      key: event.statementId,
      at: event.happenedOn.from,
      kind: "break" as const,
      text: (
        <>
          {words.moment(event.happenedOn)}: {t("trend.breakMark")}. <GivenText texts={event.what} words={words} />
        </>
      ),
    })),
    ...events.map((event) => ({
      key: event.statementId,
      at: event.happenedOn.from,
      kind: "event" as const,
      text: (
        <>
          {words.moment(event.happenedOn)}: <GivenText texts={event.what} words={words} />
        </>
      ),
    })),
    ...deadlines.map((deadline) => ({
      key: deadline.statementId,
      at: deadline.endsAt,
      kind: "deadline" as const,
      text: `${words.day(lastDay(deadline))}: ${t("trend.deadlineMark")}`,
    })),
  ];
  return dated.filter(({ at }) => at.getTime() >= from && at.getTime() <= to).sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** The words of the numbered lines of a chart. */
export function DatedKey({ dated }: { dated: readonly Dated[] }) {
  if (dated.length === 0) return null;
  return (
    <ol className="key">
      {dated.map(({ key, text }) => (
        <li key={key}>{text}</li>
      ))}
    </ol>
  );
}
