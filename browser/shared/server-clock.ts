const KEPT = "muhlat-clock";

/** What was learnt of the phone's clock is kept for when there is no connection; browsers may refuse to. */
function keep(ahead: number): void {
  try {
    localStorage.setItem(KEPT, String(Math.round(ahead)));
  } catch {
    // Then the page offline shows its absolute moments alone.
  }
}

/** The phone's clock, put right by what was learnt when the server last answered. */
function keptClock(): (() => number) | undefined {
  try {
    const ahead = localStorage.getItem(KEPT);
    return ahead === null || !Number.isFinite(Number(ahead)) ? undefined : () => Date.now() + Number(ahead);
  } catch {
    return undefined;
  }
}

/**
 * The server's time, carried on by the browser's own stopwatch: a phone whose clock is wrong counts right.
 * Without a connection, the phone's clock by as much as it was wrong the last time.
 * @returns the instant now in milliseconds; undefined when the server could not be asked, now or before
 */
export async function serverClock(): Promise<(() => number) | undefined> {
  const asked = performance.now();
  try {
    const answer = await fetch("/api/time", { cache: "no-store", credentials: "omit" });
    const told = Number(await answer.text());
    const got = performance.now();
    if (!answer.ok || !(told > 0)) return keptClock();
    // The answer was written about half way between asking and getting it.
    const now = () => told + performance.now() - (asked + got) / 2;
    keep(now() - Date.now());
    return now;
  } catch {
    return keptClock();
  }
}
