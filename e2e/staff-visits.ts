import type { Page } from "@playwright/test";
import type { Things } from "./full-desk";
import {
  briefed,
  commits,
  invites,
  makesToken,
  NONSENSE,
  noTable,
  outdated,
  overtaken,
  previews,
  sends,
  tooLarge,
  unfinished,
  warned,
  wrongCode,
  wrongPassword,
} from "./staff-acts";

/** One way to see a page: where, as whom, and what is done there first. */
export type Visit = {
  /** The page's place under app/staff. */
  page: string;
  /** What is to be seen, where the page alone does not say it. */
  what?: string;
  at: string | ((things: Things) => string);
  as?: string;
  /** With a session that still owes a second factor, or its setting up. */
  half?: boolean;
  status?: number;
  act?: (page: Page) => Promise<void>;
};

export const EMPTY: Visit[] = [
  { page: "sign-in", at: "/staff/sign-in", as: "" },
  { page: "account", at: "/staff/account" },
  { page: "account/second-factor", what: "nothing else opens", at: "/staff", as: "reviewer", half: true },
  { page: "set-up", at: ({ link }) => `/staff/set-up?link=${link}`, as: "" },
  ...[".", "review", "import", "deadlines", "events", "contacts", "people", "tokens", "history", "record"].map((page) => ({
    page,
    at: `/staff/${page}`,
  })),
  ...["people/new", "tokens/new", "contacts/new", "events/new", "deadlines/new"].map((page) => ({ page, at: `/staff/${page}` })),
];

export const FULL: Visit[] = [
  { page: "sign-in", at: "/staff/sign-in", as: "" },
  { page: "set-up", what: "invited", at: ({ link }) => `/staff/set-up?link=${link}`, as: "" },
  { page: "set-up", what: "done", at: "/staff/set-up?done", as: "" },
  { page: "second-factor", at: "/staff/record", as: "country-admin", half: true },
  { page: "account", at: "/staff/account?recovered", as: "country-admin" },
  { page: "account/second-factor", at: "/staff/account/second-factor", as: "country-admin" },
  { page: ".", at: "/staff?published=5&waiting=1", act: unfinished },
  { page: ".", what: "recorder", at: "/staff", as: "recorder" },
  { page: "review", at: "/staff/review" },
  { page: "review/[id]", at: ({ waiting }) => `/staff/review/${waiting}` },
  { page: "review/[id]", what: "returned", at: ({ returned }) => `/staff/review/${returned}`, as: "recorder" },
  { page: "record", at: "/staff/record", act: briefed },
  { page: "record/[id]", at: ({ figure }) => `/staff/record/${figure}?saved` },
  { page: "sources/[id]", at: ({ source }) => `/staff/sources/${source}` },
  { page: "import", at: "/staff/import" },
  ...(["checked", "sent", "back", "committed", "withdrawn"] as const).map((what) => ({
    page: "import/[id]",
    what,
    at: (things: Things) => `/staff/import/${things[what]}`,
    ...(what === "back" ? { as: "recorder" } : {}),
  })),
  { page: "people", at: "/staff/people" },
  { page: "people/new", at: "/staff/people/new" },
  { page: "people/new", what: "made", at: "/staff/people/new", act: invites },
  { page: "people/[id]", at: ({ person }) => `/staff/people/${person}` },
  { page: "people/[id]", what: "gone", at: "/staff/people/gone" },
  { page: "tokens", at: "/staff/tokens" },
  { page: "tokens/new", at: "/staff/tokens/new" },
  { page: "tokens/new", what: "made", at: "/staff/tokens/new", act: makesToken },
  { page: "tokens/[id]", at: ({ token }) => `/staff/tokens/${token}` },
  { page: "tokens/[id]", what: "ended", at: ({ endedToken }) => `/staff/tokens/${endedToken}?ended=yes` },
  { page: "contacts", at: "/staff/contacts" },
  { page: "contacts/new", at: "/staff/contacts/new" },
  { page: "contacts/[id]", at: ({ contact }) => `/staff/contacts/${contact}?saved` },
  { page: "events", at: "/staff/events?saved=new" },
  { page: "events/new", at: "/staff/events/new" },
  { page: "events/[id]", at: ({ event }) => `/staff/events/${event}` },
  { page: "events/[id]", what: "preview", at: ({ event }) => `/staff/events/${event}`, act: previews },
  { page: "events/[id]/withdraw", at: ({ event }) => `/staff/events/${event}/withdraw` },
  { page: "deadlines", at: "/staff/deadlines?saved=extend" },
  { page: "deadlines/new", at: "/staff/deadlines/new" },
  { page: "deadlines/[id]", at: ({ standing }) => `/staff/deadlines/${standing}` },
  { page: "deadlines/[id]", what: "preview", at: ({ standing }) => `/staff/deadlines/${standing}`, act: previews },
  { page: "deadlines/[id]/extend", at: ({ standing }) => `/staff/deadlines/${standing}/extend` },
  { page: "deadlines/[id]/cancel", at: ({ standing }) => `/staff/deadlines/${standing}/cancel` },
  { page: "deadlines/[id]/withdraw", at: ({ standing }) => `/staff/deadlines/${standing}/withdraw` },
  { page: "history", at: "/staff/history", act: (page) => page.locator("main summary").first().click() },
];

export const UNKNOWN: Visit[] = [
  ["record/[id]", "record/nothing"],
  ["review/[id]", "review/00000000-0000-0000-0000-000000000000"],
  ["sources/[id]", "sources/nothing"],
  ["import/[id]", "import/nothing"],
  ["people/[id]", "people/nobody"],
  ["tokens/[id]", "tokens/nothing"],
  ["contacts/[id]", "contacts/nothing"],
  ["events/[id]", "events/nothing"],
  ["events/[id]/withdraw", "events/nothing/withdraw"],
  ["deadlines/[id]", "deadlines/nothing"],
  ["deadlines/[id]/extend", "deadlines/nothing/extend"],
  ["deadlines/[id]/cancel", "deadlines/nothing/cancel"],
  ["deadlines/[id]/withdraw", "deadlines/nothing/withdraw"],
].map(([page = "", at]) => ({ page, what: "unknown", at: `/staff/${at}`, status: 404 }));

const NOT_YOURS: Visit[] = [
  { page: "people", at: "/staff/people", status: 403 },
  { page: "people/new", at: "/staff/people/new", status: 403 },
  { page: "people/[id]", at: "/staff/people/recorder", status: 403 },
  { page: "tokens", at: "/staff/tokens", status: 403 },
  { page: "tokens/new", at: "/staff/tokens/new", status: 403 },
  { page: "tokens/[id]", at: ({ token }) => `/staff/tokens/${token}`, status: 403 },
  { page: "record/[id]", at: ({ figure }) => `/staff/record/${figure}` },
  { page: "sources/[id]", at: ({ source }) => `/staff/sources/${source}` },
  { page: "import/[id]", at: ({ checked }) => `/staff/import/${checked}`, status: 404 },
  { page: "review/[id]", at: ({ waiting }) => `/staff/review/${waiting}`, status: 404 },
  { page: "review", at: "/staff/review" },
  { page: "contacts/new", at: "/staff/contacts/new", status: 403 },
  { page: "contacts/[id]", at: ({ contact }) => `/staff/contacts/${contact}` },
  { page: "events/new", at: "/staff/events/new", status: 403 },
  { page: "events/[id]", at: ({ event }) => `/staff/events/${event}` },
  { page: "events/[id]/withdraw", at: ({ event }) => `/staff/events/${event}/withdraw` },
  { page: "deadlines/new", at: "/staff/deadlines/new", status: 403 },
  { page: "deadlines/[id]", at: ({ standing }) => `/staff/deadlines/${standing}` },
  { page: "deadlines/[id]/extend", at: ({ standing }) => `/staff/deadlines/${standing}/extend` },
  { page: "deadlines/[id]/cancel", at: ({ standing }) => `/staff/deadlines/${standing}/cancel` },
  { page: "deadlines/[id]/withdraw", at: ({ standing }) => `/staff/deadlines/${standing}/withdraw` },
];
export const FOREIGN: Visit[] = NOT_YOURS.map((visit) => ({ ...visit, what: "not yours", as: "abroad" }));

export const REFUSED: Visit[] = [
  { page: "sign-in", at: "/staff/sign-in", as: "", act: wrongPassword },
  { page: "second-factor", what: "wrong code", at: "/staff/second-factor", as: "country-admin", half: true, act: wrongCode },
  { page: "account", what: "blank", at: "/staff/account", act: sends("", "last") },
  { page: "account/second-factor", what: "wrong code", at: "/staff/account/second-factor", act: sends("000000") },
  { page: "set-up", what: "over", at: "/staff/set-up?link=used", as: "" },
  { page: "set-up", what: "short", at: ({ link }) => `/staff/set-up?link=${link}`, as: "", act: sends("") },
  { page: "record", what: "blank", at: "/staff/record", act: sends("") },
  { page: "record", what: "nonsense", at: "/staff/record", act: sends(NONSENSE) },
  { page: "record", what: "warned", at: "/staff/record", act: warned },
  { page: "record/[id]", what: "nonsense", at: ({ figure }) => `/staff/record/${figure}`, act: sends(NONSENSE) },
  { page: "record/[id]", what: "conflict", at: ({ figure }) => `/staff/record/${figure}`, act: overtaken },
  { page: "record/[id]", what: "no reason", at: ({ figure }) => `/staff/record/${figure}`, act: sends("", "last") },
  { page: "review/[id]", what: "no reason", at: ({ waiting }) => `/staff/review/${waiting}`, act: sends("", "last") },
  { page: "review/[id]", what: "blank", at: ({ returned }) => `/staff/review/${returned}`, as: "recorder", act: sends("") },
  { page: "sources/[id]", what: "blank", at: ({ source }) => `/staff/sources/${source}`, act: sends("", "last") },
  { page: "sources/[id]", what: "too large", at: ({ source }) => `/staff/sources/${source}`, act: tooLarge },
  { page: "import", what: "no table", at: "/staff/import", act: noTable },
  { page: "import/[id]", what: "no word", at: ({ checked }) => `/staff/import/${checked}`, act: commits },
  { page: "people/new", what: "nonsense", at: "/staff/people/new", act: sends(NONSENSE) },
  { page: "tokens/new", what: "blank", at: "/staff/tokens/new", act: sends("") },
  { page: "people/[id]", what: "blank", at: ({ person }) => `/staff/people/${person}`, act: sends("") },
  { page: "people/[id]", what: "overtaken", at: ({ person }) => `/staff/people/${person}`, act: outdated("seen") },
  { page: "contacts/new", what: "nonsense", at: "/staff/contacts/new", act: sends(NONSENSE) },
  { page: "contacts/[id]", what: "blank", at: ({ contact }) => `/staff/contacts/${contact}`, act: sends("") },
  { page: "contacts/[id]", what: "conflict", at: ({ contact }) => `/staff/contacts/${contact}`, act: outdated("replaces_revision") },
  { page: "events/new", what: "blank", at: "/staff/events/new", act: sends("") },
  { page: "events/[id]", what: "nonsense", at: ({ event }) => `/staff/events/${event}`, act: sends(NONSENSE) },
  { page: "events/[id]/withdraw", what: "no reason", at: ({ event }) => `/staff/events/${event}/withdraw`, act: sends("") },
  { page: "deadlines/new", what: "blank", at: "/staff/deadlines/new", act: sends("") },
  { page: "deadlines/[id]", what: "blank", at: ({ standing }) => `/staff/deadlines/${standing}`, act: sends("") },
  { page: "deadlines/[id]/extend", what: "nonsense", at: ({ standing }) => `/staff/deadlines/${standing}/extend`, act: sends(NONSENSE) },
  { page: "deadlines/[id]/cancel", what: "nonsense", at: ({ standing }) => `/staff/deadlines/${standing}/cancel`, act: sends(NONSENSE) },
  { page: "deadlines/[id]/withdraw", what: "no reason", at: ({ standing }) => `/staff/deadlines/${standing}/withdraw`, act: sends("") },
  { page: "history", what: "nonsense", at: "/staff/history", act: sends(NONSENSE) },
];
