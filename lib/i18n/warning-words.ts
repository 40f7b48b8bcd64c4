import type { FigureSnapshot, Snapshot } from "../snapshots/rules";
import type { Warning } from "../snapshots/warnings";
import { drawnAt } from "../trends/rules/bounds";
import { formatTimes } from "./numbers";
import type { Words } from "./words";

/** One sentence or two: what is unlikely, why, and the figures it rests on. */
export function warningInWords(warning: Warning, words: Words): string {
  const { t, moment, day } = words;
  const say = (snapshot: FigureSnapshot) => words.figure(snapshot.answer.figure);
  const when = (snapshot: Snapshot) => moment(snapshot.asOf);
  const name = (snapshot: Snapshot) => t(`measures.${snapshot.measure}`);
  switch (warning.code) {
    case "jump": {
      const { said, neighbour, days, times, ordinary, sharpest } = warning.rests;
      const rises = drawnAt(said.answer.figure) > drawnAt(neighbour.answer.figure);
      const [more, less] = rises ? [said, neighbour] : [neighbour, said];
      return t("warnings.jump", {
        more: say(more),
        moreMoment: when(more),
        less: say(less),
        lessMoment: when(less),
        times: formatTimes(words.language, times),
        ordinary: formatTimes(words.language, ordinary),
        days: Math.round(days),
        from: say(sharpest.from),
        fromMoment: when(sharpest.from),
        to: say(sharpest.to),
        toMoment: when(sharpest.to),
      });
    }
    case "out_of_range": {
      const { said, median, low, high, lowest, highest } = warning.rests;
      return t("warnings.outOfRange", {
        said: say(said),
        lowest: say(lowest),
        lowestMoment: when(lowest),
        highest: say(highest),
        highestMoment: when(highest),
        middle: words.workedOut(median),
        limit: words.workedOut(drawnAt(said.answer.figure) > median ? high : low),
      });
    }
    case "too_few_figures": {
      const { changes, needed } = warning.rests;
      return t("warnings.tooFewFigures", { changes: words.number(changes), needed: words.number(needed) });
    }
    case "mixed_up_list": {
      const { said, own, other } = warning.rests;
      return t("warnings.mixedUpList", {
        said: say(said),
        measure: name(said),
        own: say(own),
        ownMoment: when(own),
        otherMeasure: name(other),
        other: say(other),
        otherMoment: when(other),
      });
    }
    case "flow_goes_down": {
      const { said, earlier, later } = warning.rests;
      return t("warnings.flowGoesDown", {
        start: said.periodStart === null ? "" : day(said.periodStart),
        earlier: say(earlier),
        earlierMoment: when(earlier),
        later: say(later),
        laterMoment: when(later),
      });
    }
    case "stock_for_flow": {
      const { said, same } = warning.rests;
      return t("warnings.stockForFlow", { said: say(said), measure: name(same), moment: when(same) });
    }
    case "flow_for_stock": {
      const { said, same } = warning.rests;
      return t("warnings.flowForStock", { said: say(said), measure: name(same), moment: when(same) });
    }
    case "period_start_missing": {
      const { newest, periodStart } = warning.rests;
      return t("warnings.periodStartMissing", { moment: when(newest), start: day(periodStart) });
    }
    case "children_share_unusual":
      return t("warnings.childrenShareUnusual", { share: words.share(warning.rests.share) });
    case "span_into_future": {
      const { asOf, until, published } = warning.rests;
      const said = { moment: moment(asOf), day: day(until) };
      return published ? t("warnings.spanBeyondPublication", said) : t("warnings.spanBeyondToday", said);
    }
    case "already_there": {
      const { same } = warning.rests;
      return t("warnings.alreadyThere", { answer: answerInWords(same, words), moment: when(same) });
    }
    case "rival": {
      const { said, rivals, inFront } = warning.rests;
      const others = rivals.map((s) => `${say(s)} (${when(s)})`).join("; ");
      return inFront === said
        ? t("warnings.rivalInFront", { said: say(said), rivals: others })
        : t("warnings.rivalBehind", { said: say(said), rivals: others, inFront: `${say(inFront)} (${when(inFront)})` });
    }
    case "above_present": {
      const { said, present } = warning.rests;
      return t("warnings.abovePresent", { said: say(said), present: say(present), moment: when(present) });
    }
    case "unchanged_without_figure":
      return t("warnings.unchangedWithoutFigure", { moment: moment(warning.rests.asOf) });
  }
}

function answerInWords({ answer }: Snapshot, { t, figure }: Words): string {
  if (answer.kind === "figure") return figure(answer.figure);
  return answer.kind === "missing" ? t(`missing.${answer.reason}`) : t("record.answers.unchanged");
}
