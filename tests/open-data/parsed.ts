import ICAL from "ical.js";
import nodeIcal, { type VEvent } from "node-ical";

/** What is asked of a calendar, in the same words of two programs that know nothing of each other. */
export type Parsed = {
  uid: string;
  sequence: number;
  start: string;
  end: string;
  status: string;
  summary: string;
  description: string;
  alarms: number;
};

/** As ical.js (Thunderbird's) reads it, zones by the definitions inside the file. */
export function byIcalJs(text: string): { name: string; events: Parsed[]; alarms: string[][] } {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const components = calendar.getAllSubcomponents("vevent");
  const events = components.map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: Number(event.sequence),
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      status: String(component.getFirstPropertyValue("status")),
      summary: event.summary,
      description: event.description,
      alarms: component.getAllSubcomponents("valarm").length,
    };
  });
  const alarms = components.map((component) =>
    component.getAllSubcomponents("valarm").map((alarm) => {
      const at = new ICAL.Event(component).startDate.clone();
      at.addDuration(alarm.getFirstPropertyValue("trigger") as ICAL.Duration);
      return at.toJSDate().toISOString();
    }),
  );
  return { name: String(calendar.getFirstPropertyValue("x-wr-calname")), events, alarms };
}

/** As node-ical reads it, zones by the platform. */
export function byNodeIcal(text: string): Parsed[] {
  const found = Object.values(nodeIcal.sync.parseICS(text)).filter((part): part is VEvent => part?.type === "VEVENT");
  return found.map((event) => ({
    uid: event.uid,
    sequence: Number(event.sequence),
    start: event.start.toISOString(),
    end: event.end?.toISOString() ?? "",
    status: String(event.status),
    summary: String(event.summary),
    description: String(event.description),
    alarms: event.alarms?.length ?? 0,
  }));
}
