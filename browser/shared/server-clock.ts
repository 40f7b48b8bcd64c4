/**
 * The server's time, carried on by the browser's own stopwatch: a phone whose clock is wrong counts right.
 * @returns the instant now in milliseconds; undefined when the server could not be asked
 */
export async function serverClock(): Promise<(() => number) | undefined> {
  const asked = performance.now();
  try {
    const answer = await fetch("/api/time", { cache: "no-store", credentials: "omit" });
    const told = Number(await answer.text());
    const got = performance.now();
    if (!answer.ok || !(told > 0)) return undefined;
    // The answer was written about half way between asking and getting it.
    return () => told + performance.now() - (asked + got) / 2;
  } catch {
    return undefined;
  }
}
