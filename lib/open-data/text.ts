/** What no calendar and no XML may hold, and the marks that would turn what we say behind a text around. */
const UNFIT = /(?![\n\t])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

/** A text of whatever origin as files may carry it: lines end in `\n`, and no sign that commands is left. */
export const fitText = (text: string): string => text.replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n").replace(UNFIT, "");

/** The same in one line. */
export const fitLine = (text: string): string => fitText(text).replace(/\s+/g, " ").trim();
