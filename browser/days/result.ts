import { calendarFile } from "@/lib/stays/calendar";
import type { Count } from "@/lib/stays/rules";
import { beforeRule, leftToldFrom, type Told, type Voice, yearInWords } from "@/lib/stays/wording";
import { part } from "./fields";

function element<K extends keyof HTMLElementTagNameMap>(name: K, text: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

/** The signs of the visual language, so that nothing is told by colour alone. */
const SIGN: Record<Told["sign"], string> = { ahead: "○", last_days: "◐", today: "●", passed: "✕" };

/** Shows a count and what follows from it. */
export function showResult(root: HTMLElement, { verdict, years }: Count, told: Told, today: string, voice: Voice): void {
  part(root, "result").hidden = false;
  part(root, "card").className = `deadline deadline-${told.sign}`;
  part(root, "sign").textContent = SIGN[told.sign];
  part(root, "head").textContent = told.head;
  part(root, "state").textContent = told.state;
  const notes = part(root, "notes");
  notes.textContent = "";
  const said = beforeRule({ years }) ? [...told.notes, voice.say("before")] : told.notes;
  notes.append(...said.map((note) => element("p", note)));
  const list = part(root, "years");
  list.textContent = "";
  for (const year of years) {
    const line = document.createElement("div");
    line.append(element("dt", String(year.year)), element("dd", yearInWords(year, voice, year.year >= leftToldFrom(verdict, today))));
    list.append(line);
  }
  part(root, "entry").hidden = !told.lastDay;
}

/** Hands the last day to the visitor as a file for a calendar; no server takes part in it. */
export function downloadEntry(lastDay: string, today: string, voice: Voice): void {
  const file = calendarFile({
    day: lastDay,
    made: today,
    title: voice.say("entryTitle"),
    text: voice.say("entryText", { today: voice.day(today) }),
    address: location.origin + location.pathname,
  });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([file], { type: "text/calendar;charset=utf-8" }));
  link.download = `muhlat-${lastDay}.ics`;
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers fetch the file only after the click was answered.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
