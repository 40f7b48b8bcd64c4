import { ALL } from "@/lib/countries/rules";
import { type Deadline, lastDay } from "@/lib/deadlines/rules";
import type { Event } from "@/lib/events/rules";
import type { Words } from "@/lib/i18n/words";
import type { Snapshot } from "@/lib/snapshots/rules";
import { latestFlow, newEntriesBetween } from "@/lib/trends/rules/flows";
import { latestNeighbours, neededPace, paceBetween } from "@/lib/trends/rules/pace";
import type { Trend } from "@/lib/trends/rules/pieces";
import { project } from "@/lib/trends/rules/projection";
import {
  flowInWords,
  type Line,
  neededInWords,
  newEntriesInWords,
  paceInWords,
  perThousandInWords,
  projectionInWords,
} from "./reading-in-words";

/** Sentences with their arithmetic beneath. */
export function Lines({ lines, words }: { lines: readonly Line[]; words: Words }) {
  return (
    <ul className="reading">
      {lines.map(({ text, arithmetic, note }) => (
        <li key={text}>
          {text}
          {arithmetic && <small className="line">{arithmetic}</small>}
          {note && (
            <small className="line">
              {words.t("figure.note")}: <span lang="">{note}</span>
            </small>
          )}
        </li>
      ))}
    </ul>
  );
}

function Said({ lines, words }: { lines: readonly Line[]; words: Words }) {
  return (
    <>
      <h3>{words.t("reading.title")}</h3>
      <Lines lines={lines} words={words} />
      <p>
        <a href={`/${words.language}/method`}>{words.t("reading.method")}</a>
      </p>
    </>
  );
}

type Props = {
  trend: Trend;
  presents: readonly Snapshot[];
  /** Statements on how many were taken off this list; undefined where none are asked of it. */
  removed: readonly Snapshot[] | undefined;
  events: readonly Event[];
  deadline: Deadline | undefined;
  at: Date;
  words: Words;
};

/** What the newest figures of a stock say by the published rules, or why they do not say it. */
export function Reading({ trend, presents, removed, events, deadline, at, words }: Props) {
  const { t } = words;
  const neighbours = latestNeighbours(trend);
  const pace = neighbours && paceBetween(...neighbours);
  const last = trend.pieces.at(-1)?.at(-1);
  const day = deadline && words.day(lastDay(deadline));
  const share = perThousandInWords(trend, presents, words);
  const lines: Line[] = [pace ? paceInWords(pace, words) : { text: t("reading.refused.noPace") }];
  if (deadline && last && day) lines.push(neededInWords(neededPace(last, deadline.endsAt, pace), day, words));
  if (pace) lines.push(...projectionInWords(project(trend, deadline?.endsAt, at), day, words));
  // Of all nationalities together nobody says how many are present as one would need it.
  if (share) lines.push(share);
  else if (last && last.country !== ALL) lines.push({ text: t("reading.refused.noPresent") });
  const entries = neighbours && removed && newEntriesBetween(...neighbours, removed, events);
  if (entries) lines.push(newEntriesInWords(entries, words));
  else if (neighbours && removed) lines.push({ text: t("reading.refused.noEntries") });
  return <Said lines={lines} words={words} />;
}

/** What the newest two figures of a count over a period say of the time between their ends, or why they do not. */
export function FlowReading({ series, events, words }: { series: readonly Snapshot[]; events: readonly Event[]; words: Words }) {
  const flow = latestFlow(series, events);
  return <Said lines={[flow ? flowInWords(flow, words) : { text: words.t("reading.refused.noFlow") }]} words={words} />;
}
