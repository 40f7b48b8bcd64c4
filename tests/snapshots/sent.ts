import { snapshotInput } from "@/lib/snapshots/input";
import { fieldsOf } from "@/lib/texts";

export const now = new Date("2026-02-10T09:00:00Z");
export const input = snapshotInput(now);

export const source = { title: "Times of Central Asia", published_on: "2025-07-29" };
export const stock = { country: "KG", measure: "gray_list", as_of: "2025-07-01/2025-07-05", source };
export const figure = { ...stock, answer: "figure", qualifier: "about", value: "113 000" };
export const between = { ...stock, answer: "figure", qualifier: "between", low: "110000", high: "115000" };
export const missing = { ...stock, answer: "missing", missing_reason: "declined" };
export const unchanged = { ...stock, answer: "unchanged" };
export const flow = { ...figure, measure: "regularised", period_start: "2025-01-01" };

export const withSource = (changes: object) => ({ ...figure, source: { ...source, ...changes } });

export function refusals(sent: unknown): Record<string, string> {
  const parsed = input.safeParse(sent);
  return parsed.success ? {} : fieldsOf(parsed.error);
}
