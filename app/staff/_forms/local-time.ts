const two = (n: number) => String(n).padStart(2, "0");

/** Hours and minutes by the clock of the person's own machine: `12:40`. */
export function timeOfDay(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** A moment by the clock of the person's own machine: `22.11.2026, 12:40`. */
export function dayAndTime(at: number): string {
  const date = new Date(at);
  return `${two(date.getDate())}.${two(date.getMonth() + 1)}.${date.getFullYear()}, ${timeOfDay(at)}`;
}
