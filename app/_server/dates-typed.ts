import type { Words } from "@/lib/i18n/words";
import { readMoment } from "@/lib/moments/spelling";

const DATES = /^(period_start|as_of|source\.published_on|falls_on|happened_on|confirmed_on)$/;

function written(iso: string, words: Words): string {
  if (!readMoment(iso).ok) return iso;
  const text = words.moment({ text: iso });
  const read = readMoment(text);
  return read.ok && read.iso === iso ? text : iso;
}

/**
 * A form's fields with their dates as the language writes them; a date that would not be read back as the very same stays as it
 * stands in the record.
 * @param typed fields by input name, their dates in ISO 8601
 */
export const withDatesWritten = (typed: Record<string, string>, words: Words): Record<string, string> =>
  Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, DATES.test(name) ? written(value, words) : value]));
