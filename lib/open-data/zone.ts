import { Temporal } from "temporal-polyfill";

const MINUTE_NS = 60 * 1_000_000_000;

function offset(nanoseconds: number): string {
  const minutes = Math.round(Math.abs(nanoseconds) / MINUTE_NS);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${nanoseconds < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

const local = (at: Temporal.PlainDateTime) => at.toString({ smallestUnit: "second" }).replace(/[-:]/g, "");

function observance(at: Temporal.PlainDateTime, from: number, to: number): string[] {
  // Which half of the year a zone calls its standard time no platform tells; the later clock is the summer's.
  const kind = to > from ? "DAYLIGHT" : "STANDARD";
  return [
    `BEGIN:${kind}`,
    `DTSTART:${local(at)}`,
    `TZOFFSETFROM:${offset(from)}`,
    `TZOFFSETTO:${offset(to)}`,
    `TZNAME:${offset(to)}`,
    `END:${kind}`,
  ];
}

/**
 * A zone as RFC 5545 wants it defined (VTIMEZONE), for the instants from `first` to `last`: from the same
 * rules of the platform that the instants themselves were worked out with, so that the two never differ.
 */
export function zoneDefinition(zone: string, first: Date, last: Date): string {
  const start = Temporal.Instant.fromEpochMilliseconds(first.getTime()).toZonedDateTimeISO(zone).subtract({ days: 1 });
  const lines = observance(start.toPlainDateTime(), start.offsetNanoseconds, start.offsetNanoseconds);
  const end = last.getTime();
  for (let turn = start.getTimeZoneTransition("next"); turn && turn.epochMilliseconds <= end; turn = turn.getTimeZoneTransition("next")) {
    const before = turn.subtract({ nanoseconds: 1 }).offsetNanoseconds;
    if (before === turn.offsetNanoseconds) continue;
    // An observance begins at what the clocks of the one before it would show.
    const wall = turn.toInstant().toZonedDateTimeISO(offsetZone(before)).toPlainDateTime();
    lines.push(...observance(wall, before, turn.offsetNanoseconds));
  }
  return ["BEGIN:VTIMEZONE", `TZID:${zone}`, ...lines, "END:VTIMEZONE"].join("\r\n");
}

const offsetZone = (nanoseconds: number) => offset(nanoseconds).replace(/(\d\d)$/, ":$1");
