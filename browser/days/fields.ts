import { type ReadDay, readDay } from "@/lib/stays/spelling";

/** The part of `parent` that bears a data attribute; the page was made with it. */
export function part<T extends HTMLElement = HTMLElement>(parent: Element, name: string): T {
  const found = parent.querySelector<T>(`[data-${name}]`);
  if (!found) throw new Error(`no data-${name}`);
  return found;
}

/** A field for one day, by the day it is for. */
export const fieldOf = (parent: Element, day: "arrived" | "left" | "today"): HTMLInputElement => part(parent, `field="${day}"`);

/** What stands in a field, also where the browser has no date field and takes any text; undefined when nothing does. */
export function read(input: HTMLInputElement): ReadDay | undefined {
  if (input.value.trim() !== "") return readDay(input.value);
  return input.validity.badInput ? { code: "not_a_day" } : undefined;
}

/** Writes a day as the browser's own date field wants it, or as people write it where there is none. */
export function write(input: HTMLInputElement, day: string): void {
  input.value = input.type === "date" ? day : day.split("-").reverse().join(".");
}

let ids = 0;

/** Says beside a field what is wrong with it, or takes that back. */
export function tell(input: HTMLInputElement, error: string | undefined): void {
  const field = input.closest(".field");
  const place = field?.querySelector<HTMLElement>(".error");
  if (!place) return;
  place.id = place.id || `day-${++ids}`;
  const hint = field?.querySelector<HTMLElement>(".hint");
  if (hint) hint.id = `${place.id}-hint`;
  place.textContent = error ?? "";
  place.hidden = !error;
  input.setAttribute("aria-invalid", String(Boolean(error)));
  input.setAttribute("aria-describedby", [error && place.id, hint?.id].filter(Boolean).join(" "));
}
