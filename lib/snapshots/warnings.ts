import { group } from "d3-array";
import type { Event } from "../events/rules";
import { isFlow, LISTS, type Measure, measureCodes } from "../measures/rules";
import { dayIn, MOSCOW, type Moment, parseMoment } from "../moments/rules";
import { boundsOf, drawnAt } from "../trends/rules/bounds";
import { flowBetween } from "../trends/rules/flows";
import { breaksOf } from "../trends/rules/pieces";
import { perThousand } from "../trends/rules/shares";
import {
  type Change,
  type Course,
  changeAsSaid,
  courseOf,
  FEWEST_CHANGES,
  isUnusual,
  leastChange,
  ordinaryTimes,
  yardstickOf,
} from "./jumps";
import { isBeyond, type Levels, levelsOf } from "./levels";
import { type Answer, type FigureSnapshot, frontOf, hasFigure, overlap, type Snapshot, type Source } from "./rules";

/**
 * A statement about to be recorded. `statementId` is its own when it is a correction, so that it is not
 * compared with itself; `restates` names the statement whose place it takes.
 */
export type Candidate = {
  statementId?: string | undefined;
  restates?: string | null | undefined;
  country: string;
  measure: Measure;
  periodStart: string | null;
  asOf: Moment;
  answer: Answer;
  source: Pick<Source, "title" | "publisher" | "speaker" | "publishedOn" | "url">;
};

/** What a candidate is measured by: every statement of its country that counts now, and the events, for their breaks. */
export type History = { statements: readonly Snapshot[]; events: readonly Event[] };

/** What each warning rests on; `said` is the candidate's figure as a snapshot. */
type Rests = {
  /** The least the count can have changed, times as many; `ordinary` is what the series' own changes allow in these days. */
  jump: { said: FigureSnapshot; neighbour: FigureSnapshot; days: number; times: number; ordinary: number; sharpest: Change };
  out_of_range: { said: FigureSnapshot } & Levels;
  too_few_figures: { changes: number; needed: number };
  mixed_up_list: { said: FigureSnapshot; own: FigureSnapshot; other: FigureSnapshot };
  flow_goes_down: { said: FigureSnapshot; earlier: FigureSnapshot; later: FigureSnapshot };
  stock_for_flow: { said: FigureSnapshot; same: FigureSnapshot };
  flow_for_stock: { said: FigureSnapshot; same: FigureSnapshot };
  period_start_missing: { others: Snapshot[]; newest: Snapshot; periodStart: string };
  children_share_unusual: { share: number };
  /** `until` is the day of publication, or today where that is unknown. */
  span_into_future: { asOf: Moment; until: string; published: boolean };
  already_there: { same: Snapshot };
  /** Which of all of them will stand in front; the candidate's own figure when it is `said`. */
  rival: { said: FigureSnapshot; rivals: FigureSnapshot[]; inFront: FigureSnapshot };
  above_present: { said: FigureSnapshot; present: FigureSnapshot };
  unchanged_without_figure: { asOf: Moment };
};

export const WARNINGS = {
  jump: "warning",
  out_of_range: "warning",
  too_few_figures: "note",
  mixed_up_list: "warning",
  flow_goes_down: "warning",
  stock_for_flow: "warning",
  flow_for_stock: "warning",
  period_start_missing: "warning",
  children_share_unusual: "warning",
  span_into_future: "warning",
  already_there: "warning",
  rival: "note",
  above_present: "warning",
  unchanged_without_figure: "warning",
} as const satisfies Record<keyof Rests, "warning" | "note">;

export type WarningCode = keyof Rests;

/**
 * Something a person should look at before a statement is recorded, with what it rests on. A warning wants
 * a word of confirmation, a note does not; neither refuses anything.
 */
export type Warning = { [Code in WarningCode]: { code: Code; kind: "warning" | "note"; rests: Rests[Code] } }[WarningCode];

export const needsConfirmation = (warning: Warning): boolean => warning.kind === "warning";

function warn<Code extends WarningCode>(code: Code, rests: Rests[Code], kind: "warning" | "note" = WARNINGS[code]): Warning[] {
  return [{ code, kind, rests } as unknown as Warning];
}

/**
 * What the checks look at: the candidate as a snapshot, its own country's statements of each count without itself, those of
 * its own, and the course of that where it is a stock, which several ask about.
 */
type Looked = {
  said: Snapshot;
  of: (measure: Measure) => readonly Snapshot[];
  series: readonly Snapshot[];
  course: Course | undefined;
  history: History;
  now: Date;
};

/** A candidate as the statement that it would be if it counted already. */
export function asSnapshot({ statementId = "", restates = null, source, ...candidate }: Candidate, history: History, now: Date): Snapshot {
  const published = source.publishedOn === null ? undefined : parseMoment(source.publishedOn);
  return {
    ...candidate,
    statementId,
    revision: 0,
    note: null,
    rank: history.statements.find((s) => s.statementId === statementId)?.rank ?? "normal",
    restates,
    recordedAt: now,
    knownFrom: published?.to ?? now,
    source: { ...source, id: "", speakerRole: null },
  };
}

const newestOf = (snapshots: readonly Snapshot[]): Snapshot | undefined =>
  [...snapshots].sort((a, b) => b.asOf.to.getTime() - a.asOf.to.getTime())[0];

const alike = (a: string | null, b: string | null) => a !== null && b !== null && a.trim().toLowerCase() === b.trim().toLowerCase();

function sameTeller(a: Snapshot["source"], b: Snapshot["source"]): boolean {
  return alike(a.speaker, b.speaker) || alike(a.url, b.url) || (alike(a.title, b.title) && a.publishedOn === b.publishedOn);
}

function sameAnswer(a: Answer, b: Answer): boolean {
  if (a.kind === "missing") return b.kind === "missing" && a.reason === b.reason;
  if (a.kind === "unchanged") return b.kind === "unchanged";
  const [x, y] = [a.figure, b.kind === "figure" ? b.figure : undefined];
  if (x.qualifier === "between") return y?.qualifier === "between" && x.low === y.low && x.high === y.high;
  return y?.qualifier === x.qualifier && x.value === y.value;
}

/** Rules "already there" and "rivals": what stands about an overlapping time, flows only where they begin on the same day. */
function besideIt({ said, series }: Looked): Warning[] {
  const beside = series.filter((s) => overlap(s.asOf, said.asOf) && s.periodStart === said.periodStart);
  const same = beside.find((s) => sameAnswer(said.answer, s.answer) && sameTeller(said.source, s.source));
  if (same) return warn("already_there", { same });
  const rivals = beside.filter(hasFigure).filter((s) => !sameAnswer(said.answer, s.answer));
  if (!hasFigure(said) || rivals.length === 0) return [];
  const inFront = frontOf([...rivals, said]).find((s) => overlap(s.asOf, said.asOf)) ?? said;
  return warn("rival", { said, rivals, inFront });
}

/**
 * Rule "jump", for stocks: the least a count can have changed since a neighbour is sharper than every
 * change the series has seen, beyond the limit of its ordinary ones, and more than chance.
 */
function jump({ said, course }: Looked): Warning[] {
  if (!hasFigure(said) || !course) return [];
  const yardstick = yardstickOf(course.changes);
  if (!yardstick) return warn("too_few_figures", { changes: course.changes.length, needed: FEWEST_CHANGES });
  const [sharpest] = course.neighbours
    .map((neighbour) => ({ neighbour, change: leastChange(neighbour, said) }))
    .filter(({ change }) => change.size > yardstick.sharpest.size && isUnusual(change, yardstick))
    .sort((a, b) => b.change.size - a.change.size);
  if (!sharpest) return [];
  const { neighbour, change } = sharpest;
  return warn("jump", {
    said,
    neighbour,
    days: change.days,
    times: Math.exp(change.apart),
    ordinary: ordinaryTimes(yardstick, change.days),
    sharpest: yardstick.sharpest,
  });
}

/** Rule "out of range", for stocks: after a long time nearly any change is ordinary, but not a figure far from all before. */
function outOfRange({ said, course }: Looked): Warning[] {
  if (!hasFigure(said) || !course) return [];
  const levels = levelsOf(course.piece);
  return levels && isBeyond(said, levels) ? warn("out_of_range", { said, ...levels }) : [];
}

/** A jump out of the range is told once, as a jump. */
function jumpOrOutOfRange(looked: Looked): Warning[] {
  const jumped = jump(looked);
  return jumped.some(needsConfirmation) ? jumped : [...jumped, ...outOfRange(looked)];
}

/**
 * Rule "mixed up": by the changes of both lists together the figure lies beyond what is ordinary from
 * every figure of its own list around it by their bounds, and as said within the middle change of one of
 * the other list: an open bound is no likeness.
 */
function mixedUp({ said, course, of, history }: Looked): Warning[] {
  const list = LISTS.find((code) => code !== said.measure);
  if (!hasFigure(said) || !course || !list || !LISTS.some((code) => code === said.measure)) return [];
  const sides = [
    { ...course, change: leastChange },
    { ...courseOf(said, of(list), breaksOf(history.events, said.country, list)), change: changeAsSaid },
  ].map(({ changes, beside, neighbours, change }) => {
    const near = [...beside, ...neighbours].map((figure) => ({ figure, change: change(figure, said) }));
    return { nearest: near.sort((a, b) => a.change.size - b.change.size)[0], changes };
  });
  const yardstick = yardstickOf(sides.flatMap(({ changes }) => changes));
  const [own, other] = sides.map(({ nearest }) => nearest);
  if (!yardstick || !own || !other || !isUnusual(own.change, yardstick) || other.change.size > yardstick.median) return [];
  return warn("mixed_up_list", { said, own: own.figure, other: other.figure });
}

/** Rule "a flow never goes down": counted from the same day, a later figure cannot be lower by its bounds. */
function flowDown({ said, series, history }: Looked): Warning[] {
  if (!hasFigure(said) || !isFlow(said.measure)) return [];
  for (const figure of series.filter(hasFigure)) {
    const flow = flowBetween(figure, said, history.events) ?? flowBetween(said, figure, history.events);
    if (flow?.count.high != null && flow.count.high < 0) return warn("flow_goes_down", { said, earlier: flow.from, later: flow.to });
  }
  return [];
}

/** Digits without the zeros at the end; two round numbers are easily the same by chance, with three digits they are not. */
const tellingDigits = (value: number) => String(value).replace(/0+$/, "").length >= 3;

/** Rule "same number": a flow with the very number of a stock, or the other way round, of the same time or the newest before it. */
function otherKind({ said, of }: Looked): Warning[] {
  if (!hasFigure(said)) return [];
  const number = drawnAt(said.answer.figure);
  if (!tellingDigits(number)) return [];
  for (const measure of measureCodes.filter((code) => isFlow(code) !== isFlow(said.measure))) {
    const figures = of(measure).filter(hasFigure);
    const before = newestOf(figures.filter((s) => s.asOf.to <= said.asOf.from));
    const same = figures.find((s) => drawnAt(s.answer.figure) === number && (s === before || overlap(s.asOf, said.asOf)));
    if (same) return warn(isFlow(said.measure) ? "stock_for_flow" : "flow_for_stock", { said, same });
  }
  return [];
}

/** Rule "beginning": the series' other figures say from which day they count, and this one does not. */
function beginning({ said, series }: Looked): Warning[] {
  if (!hasFigure(said) || !isFlow(said.measure) || said.periodStart !== null) return [];
  const others = series.filter((s) => s.periodStart !== null);
  const newest = newestOf(others);
  if (!newest?.periodStart) return [];
  return warn("period_start_missing", { others, newest, periodStart: newest.periodStart });
}

/** Rule "all of them children": 100%, which is what a plain 1 means. */
function children({ said }: Looked): Warning[] {
  return hasFigure(said) && said.answer.childrenShare === 1 ? warn("children_share_unusual", { share: 1 }) : [];
}

/**
 * Rule "not counted yet": the last day of the time lies after today or after the publication. A month or
 * year that had not ended is how people speak, so it is only noted.
 */
function intoFuture({ said, now }: Looked): Warning[] {
  const published = said.source.publishedOn === null ? undefined : parseMoment(said.source.publishedOn);
  const known = published && published.to < now ? published.to : undefined;
  // Nearly always; the calendar is slow to ask.
  if (said.asOf.to <= (known ?? now)) return [];
  const until = known ? dayIn(MOSCOW, new Date(known.getTime() - 1)) : dayIn(MOSCOW, now);
  if (dayIn(MOSCOW, new Date(said.asOf.to.getTime() - 1)) <= until) return [];
  const kind = said.asOf.precision === "span" ? "warning" : "note";
  return warn("span_into_future", { asOf: said.asOf, until, published: known !== undefined }, kind);
}

/** Rule "more than are there": those on the gray list are in Russia, so they cannot outnumber the citizens present by the bounds. */
function moreThanPresent({ said, of }: Looked): Warning[] {
  if (!hasFigure(said) || said.measure !== "gray_list") return [];
  const present = perThousand(said, of("present"))?.present;
  if (!present) return [];
  const [{ low }, { high }] = [boundsOf(said.answer.figure), boundsOf(present.answer.figure)];
  return low !== null && high !== null && low > high ? warn("above_present", { said, present }) : [];
}

/** Rule "unchanged from what": asked again, and there is no figure yet that could have stayed the same. */
function unchanged({ said, series }: Looked): Warning[] {
  if (said.answer.kind !== "unchanged" || frontOf(series).some((s) => s.asOf.from < said.asOf.to)) return [];
  return warn("unchanged_without_figure", { asOf: said.asOf });
}

const CHECKS = [besideIt, mixedUp, jumpOrOutOfRange, flowDown, otherKind, beginning, children, intoFuture, moreThanPresent, unchanged];

/**
 * What a person should look at before a statement is recorded, by rules the method page tells. It refuses
 * nothing; changes across a break and those of deprecated figures are not looked at.
 * @param history statements of the candidate's country that count now; those of others are passed over
 * @param now the instant of recording
 */
export function warningsFor(candidate: Candidate, history: History, now: Date): Warning[] {
  const said = asSnapshot(candidate, history, now);
  const others = history.statements.filter(
    (s) => s.country === said.country && s.statementId !== candidate.statementId && s.statementId !== candidate.restates,
  );
  const of = group(others, (s) => s.measure);
  const series = of.get(said.measure) ?? [];
  const course =
    hasFigure(said) && !isFlow(said.measure) ? courseOf(said, series, breaksOf(history.events, said.country, said.measure)) : undefined;
  const looked: Looked = { said, of: (measure) => of.get(measure) ?? [], series, course, history, now };
  return CHECKS.flatMap((check) => check(looked));
}
