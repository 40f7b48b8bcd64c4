import { serverClock } from "./shared/server-clock";

const SECOND = 1000;
/** What is left at these is said to those who hear the page: a day, an hour, ten minutes, one. */
const MILESTONES = [86_400, 3_600, 600, 60];

const cards = () => [...document.querySelectorAll<HTMLElement>("[data-until]")];

/** Days, hours, minutes and seconds left, with the units as the page's language writes them: `12 d 05:33:21`. */
export function leftInDigits(milliseconds: number, dayUnit: string): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / SECOND));
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  const clock = `${two((seconds / 3600) % 24)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  const days = Math.floor(seconds / 86_400);
  return days > 0 ? `${days} ${dayUnit} ${clock}` : clock;
}

function say(card: HTMLElement, words: string): void {
  const heard = card.querySelector<HTMLElement>("[aria-live]");
  if (heard && heard.textContent !== words) heard.textContent = words;
}

/** Shows the card as it stands once its time is over; the page carries that card along, so this needs no network. */
function turn(card: HTMLElement): void {
  const after = card.querySelector<HTMLTemplateElement>("template[data-after]");
  const next = after?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
  if (!next) return;
  card.replaceWith(next);
  const words = next.querySelector(".state")?.textContent ?? "";
  // A live region speaks of what changes in it, not of what it brings along.
  setTimeout(() => say(next, words), 100);
}

/** Takes the cards of a page from the server again: those here were made before a midnight that has passed. */
async function refresh(): Promise<boolean> {
  try {
    const answer = await fetch(location.href, { cache: "reload", credentials: "omit" });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const card of cards()) {
      const fresh = page.getElementById(card.id);
      if (fresh) card.replaceWith(document.importNode(fresh, true));
    }
    return true;
  } catch {
    return false;
  }
}

function tick(card: HTMLElement, now: number): void {
  const until = Date.parse(card.dataset.until ?? "");
  if (now >= until) {
    turn(card);
    return;
  }
  const shown = card.querySelector<HTMLElement>("[data-ticking]");
  if (!shown) return;
  shown.hidden = false;
  shown.textContent = leftInDigits(until - now, shown.dataset.day ?? "");
  const second = Math.ceil((until - now) / SECOND);
  const spoken: Record<string, string> = JSON.parse(card.dataset.milestones ?? "{}");
  if (MILESTONES.includes(second)) say(card, spoken[second] ?? "");
}

let clock: (() => number) | undefined;
let triedAt = 0;

async function step(): Promise<void> {
  if (!clock) return;
  const now = clock();
  for (const card of cards()) tick(card, now);
  const stale = cards().some((card) => now >= Date.parse(card.dataset.turns ?? ""));
  // At most once a minute: who is offline must not ask for ever.
  if (stale && now - triedAt > 60 * SECOND) {
    triedAt = now;
    await refresh();
  }
}

/** Sets the clock by the server and lets the cards count by it. Phones that sleep stop the browser's stopwatch: asked again on waking. */
async function start(): Promise<void> {
  if (cards().length === 0) return;
  clock = (await serverClock()) ?? clock;
  await step();
}

addEventListener("online", () => void start());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") void start();
});
setInterval(() => void step(), SECOND);
void start();
