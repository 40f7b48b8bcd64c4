import { escape as escaped, ICalAlarmType, ICalCalendar, ICalEventStatus, ICalEventTransparency } from "ical-generator";
import { Temporal } from "temporal-polyfill";
import { lastMinute, lastMoments } from "../deadlines/in-words";
import { type Chain, type ChainRecord, chainsFor, type Deadline, lastDay } from "../deadlines/rules";
import type { Words } from "../i18n/words";
import { MOSCOW } from "../moments/rules";
import { deadlineLines } from "./deadline-lines";
import { fitLine, fitText } from "./text";
import { zoneDefinition } from "./zone";

/** So many calendar days before the last day it is told of. */
const ALARMS = [30, 7, 1];
/** On Moscow's clock: waking hours from Minsk to Vladivostok. */
const ALARM_HOUR = 10;
/** How often programs are asked to look again, in seconds. */
const REFRESH = 12 * 60 * 60;
const DAY_SECONDS = 24 * 60 * 60;

export type CalendarOf = {
  /** Whose deadlines, or ALL. */
  country: string;
  /** Where their capital is. */
  zone: string | undefined;
  deadlines: readonly Deadline[];
  /** What the record keeps of each chain, by its name. */
  chains: ReadonlyMap<string, ChainRecord>;
  /** The address browsers find this server under. */
  origin: string;
};

const at = (instant: Date, zone: string) => Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);

/** From midnight of the last day to its last minute, on the clocks of the deadline's zone. */
function hours(deadline: Deadline): { start: Temporal.ZonedDateTime; end: Temporal.ZonedDateTime } {
  return {
    start: Temporal.PlainDate.from(lastDay(deadline)).toZonedDateTime(deadline.zone),
    end: at(lastMinute(deadline), deadline.zone),
  };
}

/** Seconds before the start at which an alarm sounds; a day of these is one on the calendar, however long it was. */
function secondsBefore(deadline: Deadline, start: Temporal.ZonedDateTime, days: number): number {
  const alarm = Temporal.PlainDate.from(lastDay(deadline))
    .subtract({ days })
    .toZonedDateTime({ timeZone: MOSCOW, plainTime: { hour: ALARM_HOUR } });
  const { days: whole, hours, minutes } = start.since(alarm.withTimeZone(deadline.zone), { largestUnit: "day" });
  return whole * DAY_SECONDS + hours * 3600 + minutes * 60;
}

function addEvent(calendar: ICalCalendar, { standing, replaced, chain }: Chain, kept: ChainRecord, of: CalendarOf, words: Words): void {
  const { t } = words;
  const { country, zone, origin } = of;
  const { start, end } = hours(standing);
  const address = `${origin}/${words.language}/countries/${country.toLowerCase()}`;
  const title = t(standing.measure === "gray_list" ? "calendar.gray" : "calendar.black", { country: words.country(country) });
  const lines = [...deadlineLines(standing, { replaced }, zone, words).map(({ text }) => text), address];
  const moment = lastMoments(standing, undefined, words)[0] ?? "";
  calendar.createEvent({
    id: `${chain}@${new URL(origin).host}`,
    sequence: kept.revisions - 1,
    stamp: kept.lastRecordedAt,
    lastModified: kept.lastRecordedAt,
    timezone: standing.zone,
    start,
    end,
    summary: fitLine(standing.cancelled ? t("calendar.cancelled", { title }) : title),
    description: lines.map(fitText).join("\n"),
    url: address,
    status: standing.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: ICalEventTransparency.TRANSPARENT,
    alarms: (standing.cancelled ? [] : ALARMS).map((days) => ({
      type: ICalAlarmType.display,
      trigger: secondsBefore(standing, start, days),
      description: fitLine(t("calendar.alarm", { left: t("deadline.ahead", { count: days }), title, moment })),
    })),
  });
}

/**
 * The deadlines of a country as a calendar to subscribe to (RFC 5545): one event for each chain that binds it,
 * passed and cancelled ones too. It follows from the record and the language alone; no clock is asked.
 */
export function calendarOf(of: CalendarOf, words: Words): string {
  const chains = chainsFor(of.deadlines, of.country, new Date(0)).filter(({ chain }) => of.chains.has(chain));
  const starts = chains.map(({ standing }) => standing.endsAt.getTime());
  const first = new Date(Math.min(...starts) - 40 * DAY_SECONDS * 1000);
  const last = new Date(Math.max(...starts));
  const calendar = new ICalCalendar({
    prodId: { company: "Muhlat", product: "Muhlat", language: words.language.toUpperCase() },
    // The library writes this one as it is given.
    name: escaped(words.t("calendar.name", { country: words.country(of.country) }), false),
    ttl: REFRESH,
    timezone: { name: null, generator: (zone) => zoneDefinition(zone, first, last) },
  });
  for (const chain of chains) {
    const kept = of.chains.get(chain.chain);
    if (kept) addEvent(calendar, chain, kept, of, words);
  }
  return `${calendar.toString()}\r\n`;
}
