/** The kinds of feeds by their own names, which no language changes, each with its ending and its media type. */
export const FEED_KINDS = [
  { name: "Atom", ending: "atom", type: "application/atom+xml" },
  { name: "JSON Feed", ending: "json", type: "application/feed+json" },
] as const;
