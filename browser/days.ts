import { countDays } from "@/lib/stays/rules";
import { type StayWords, shareInWords, type Told, verdictInWords, voiceOf } from "@/lib/stays/wording";
import { type Entered, readAll } from "./days/entered";
import { fieldOf, part, read, tell, write } from "./days/fields";
import { forget, keep, kept } from "./days/kept";
import { downloadEntry, showResult } from "./days/result";
import { rowsIn } from "./days/rows";

/** The calendar day of the phone's own clock, where the phone is. */
function phoneDay(): string {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Lets stays be entered and counts them. Nothing here asks a server for anything, and nothing is kept unasked. */
function start(root: HTMLElement): void {
  const voice = voiceOf(JSON.parse(root.dataset.stays ?? "") as StayWords);
  const { say, day } = voice;
  const made = root.dataset.made ?? "";
  const rows = rowsIn(root, voice);
  const today = fieldOf(root, "today");
  const remember = part<HTMLInputElement>(root, "remember");
  let chosen = false;
  let shown: { told: Told; today: string } | undefined;
  let speaking: ReturnType<typeof setTimeout> | undefined;

  /** Said to those who hear the page, once it has not changed for a moment. */
  function hear(text: string): void {
    clearTimeout(speaking);
    speaking = setTimeout(() => {
      part(root, "heard").textContent = text;
    }, 600);
  }

  /** The page may come from a cache and the phone may be wrong: the later of their two days, until the visitor says another. */
  function setToday(): void {
    const phone = phoneDay();
    if (!chosen) write(today, phone > made ? phone : made);
    const asked = chosen && read(today)?.day;
    const both = phone === made ? say("todaySame", { day: day(made) }) : say("todayLater", { page: day(made), phone: day(phone) });
    part(root, "why").textContent = asked ? say("todayChosen", { day: day(asked) }) : both;
  }

  /** Tells what is wrong beside each field, but not of a date that is still being typed. @returns whether any was told */
  function showErrors({ errors }: Entered): boolean {
    let told = false;
    for (const input of [today, ...rows.all().flatMap(({ arrived, left }) => [arrived, left])]) {
      const typing = input === document.activeElement && input.getAttribute("aria-invalid") !== "true" && read(input)?.code;
      const error = typing ? undefined : errors.get(input);
      tell(input, error);
      told ||= error !== undefined;
    }
    return told;
  }

  function count({ stays, today: now }: Entered): void {
    const found = countDays(
      stays.map(({ stay }) => stay),
      now,
    );
    stays.forEach(({ row, stay }, index) => {
      const share = part(row.element, "share");
      share.textContent = shareInWords(stay, found.shares[index] ?? { days: 0, shared: 0 }, voice);
      share.hidden = false;
    });
    const open = stays.some(({ stay }) => stay.left === null);
    const told = verdictInWords(found.verdict, now, open, voice);
    shown = { told, today: now };
    showResult(root, found, told, now, voice);
    hear(`${told.state}. ${told.head}.`);
  }

  function refresh(): void {
    shown = undefined;
    for (const hidden of root.querySelectorAll<HTMLElement>("[data-share], [data-result]")) hidden.hidden = true;
    const entered = readAll(rows.all(), today, voice);
    const waiting = part(root, "waiting");
    waiting.hidden = !showErrors(entered);
    waiting.textContent = waiting.hidden ? "" : say("waiting");
    if (entered.errors.size === 0 && entered.stays.length > 0) count(entered);
    else hear(waiting.textContent);
  }

  function tellKept(key: "kept" | "notKept" | "forgotten"): void {
    part(root, "kept").textContent = say(key);
    part(root, "kept").hidden = false;
    part(root, "forget").hidden = key !== "kept";
  }

  /** Keeps what is entered where that was asked for, and says how that went. */
  function remembering(): void {
    if (!remember.checked) return;
    remember.checked = keep(rows.all().map(({ arrived, left }) => [arrived.value, left.value]));
    tellKept(remember.checked ? "kept" : "notKept");
  }

  function forgetKept(): void {
    forget();
    remember.checked = false;
    tellKept("forgotten");
  }

  function forgetAll(): void {
    rows.fill([]);
    chosen = false;
    setToday();
    refresh();
    forgetKept();
    remember.focus();
    hear(say("forgotten"));
  }

  function remove(element: HTMLElement): void {
    rows.remove(element);
    refresh();
    remembering();
    hear([say("removed"), shown?.told.head].filter(Boolean).join(" "));
  }

  root.addEventListener("input", ({ target }) => {
    if (target === remember) return;
    if (target === today) {
      chosen = true;
      setToday();
    }
    refresh();
    remembering();
  });
  remember.addEventListener("change", () => (remember.checked ? remembering() : forgetKept()));
  root.addEventListener("focusout", ({ target }) => {
    // Later: the line that appears would push away the button that a press is just going down on.
    if (target instanceof HTMLInputElement && read(target)?.code) setTimeout(refresh, 300);
  });
  root.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (!button) return;
    if ("add" in button.dataset) rows.add().arrived.focus();
    if ("remove" in button.dataset) remove(button.parentElement ?? button);
    if ("calendar" in button.dataset && shown?.told.lastDay) downloadEntry(shown.told.lastDay, shown.today, voice);
    if ("forget" in button.dataset) forgetAll();
  });
  document.addEventListener("visibilitychange", () => {
    // A page that was left open over midnight.
    if (document.visibilityState !== "visible" || chosen) return;
    setToday();
    refresh();
  });

  const before = kept();
  rows.fill(before ?? []);
  remember.checked = before !== undefined;
  setToday();
  refresh();
  remembering();
  part(document.body, "without").hidden = true;
  root.hidden = false;
}

const root = document.querySelector<HTMLElement>("[data-stays]");
if (root) start(root);
