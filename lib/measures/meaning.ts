/** What being on the gray list forbids; each name is that of its text. */
export const GRAY = ["driving", "marriage", "moving", "property", "business", "money"] as const;

/** What gets one off the gray list; each name is that of its text. */
export const WAYS_OFF = ["settle", "leave", "mend"] as const;

/** Where something was read, and when that was published at the precision known (ISO 8601); titles stand as they are. */
export type Read = { title: string; published?: string };

/** Where it was read what the lists mean and what gets one off: the law's own text, and who reported. */
export const MEANING_READ_IN = {
  gray: [{ title: "115-ФЗ" }, { title: "Times of Central Asia", published: "2025-07/2025-08" }, { title: "TAdviser" }],
  off: [
    { title: "Азаттык", published: "2025-09-05" },
    { title: "24.kg", published: "2025-12-26" },
  ],
  black: [{ title: "Клерк", published: "2025-10-13" }],
} satisfies Record<string, readonly Read[]>;
