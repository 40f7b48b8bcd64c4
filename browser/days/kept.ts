const KEY = "muhlat-days";
const MOST = 1000;
const LONGEST = 20;

/** What stands in the two fields of a stay. */
export type KeptStay = [arrived: string, left: string];

const isStay = (value: unknown): value is KeptStay =>
  Array.isArray(value) && value.length === 2 && value.every((text) => typeof text === "string" && text.length <= LONGEST);

/** What this browser was asked to keep; undefined when it was not asked, or holds something else under our name. */
export function kept(): KeptStay[] | undefined {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return Array.isArray(found) && found.length <= MOST && found.every(isStay) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** @returns whether the browser lets anything be kept */
export function keep(stays: readonly KeptStay[]): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(stays));
    return true;
  } catch {
    return false;
  }
}

export function forget(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Where nothing may be kept, nothing was.
  }
}
