import { originOf, readSettings } from "@/settings";

let known: string | undefined;

/** The address browsers find this server under: what is taken along must lead back from anywhere. */
export function publicOrigin(): string {
  known ??= originOf(readSettings());
  return known;
}
