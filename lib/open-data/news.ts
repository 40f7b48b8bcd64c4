import type { Correction, OtherCorrection } from "../corrections/read";
import type { Deadline } from "../deadlines/rules";
import type { Words } from "../i18n/words";
import type { Snapshot } from "../snapshots/rules";

/** Everything that a feed is made from. */
export type News = {
  /** Whose news, or ALL for every country's. */
  country: string;
  zone: string | undefined;
  origin: string;
  deadlines: readonly Deadline[];
  times: ReadonlyMap<string, { first: Date; last: Date }>;
  /** With the instant at which each was first recorded. */
  figures: readonly { snapshot: Snapshot; first: Date }[];
  corrections: readonly Correction[];
  otherCorrections: readonly OtherCorrection[];
};

/** A name for ever (RFC 4151): the same wherever the entry stands, in every language. */
export const tag = ({ origin }: News, ...parts: (string | number)[]) =>
  `tag:${new URL(origin).hostname},2026:${parts.map((part) => encodeURIComponent(part)).join("/")}`;

/** An address in the words' language. */
export const page = (news: News, words: Words, path: string) => `${news.origin}/${words.language}/${path}`;
/** The page that a whole feed is about. */
export const countryPage = (news: News, words: Words) => page(news, words, `countries/${news.country.toLowerCase()}`);
