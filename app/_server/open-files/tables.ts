import { z } from "zod";
import { shownCountry, shownDeadline, shownEvent, shownMeasure } from "@/app/_server/api/shown";
import * as rows from "@/app/api/v1/rows";
import { listedCountries } from "@/lib/countries/read";
import { countryCodes } from "@/lib/countries/rules";
import { knownDeadlines } from "@/lib/deadlines/read";
import { knownEvents } from "@/lib/events/read";
import { measureCodes } from "@/lib/measures/rules";
import { type From, ledgerPages, snapshotPages, sourcePages } from "./pages";

type Reference = { fields: string[]; reference: { resource: string; fields: string[] } };

/** A table of the package: its rows in pages, the schema they are published by, and how they hang together. */
export type Table = {
  name: string;
  title: string;
  description: string;
  row: z.ZodType;
  key: string[];
  references?: Reference[];
  pages: (from: From) => AsyncIterable<readonly object[]>;
};

const to = (field: string, resource: string, named: string): Reference => ({
  fields: [field],
  reference: { resource, fields: [named] },
});

/** A table that is short enough to be read whole. */
const whole = (read: (from: From) => Promise<object[]>): Table["pages"] =>
  async function* (from) {
    yield await read(from);
  };

/** What rests on a source is found by its id in the other tables. */
const sourceRow = rows.sourceRow.omit({ statements: true, more_statements: true }).extend({ state: z.enum(["published", "withdrawn"]) });

/** Every country that a statement can be about: those that nothing is recorded of have their codes and names alone. */
const countryRow = rows.countryRow.extend({ zone: rows.countryRow.shape.zone.nullable(), url: z.url().nullable() });

async function countries({ db, pinned, origin }: From): Promise<object[]> {
  const recorded = new Map((await listedCountries(db(), pinned)).map((facts) => [facts.code, facts]));
  return countryCodes.map((code) => {
    const facts = recorded.get(code);
    if (facts) return shownCountry(facts, origin);
    return { ...shownCountry({ code, unionMember: null, zone: "", remittancesShareOfGdp: null }, origin), zone: null, url: null };
  });
}

/** What a deadline's state is depends on when one looks. */
const deadlineRow = rows.deadlineRow.omit({ state: true });

async function deadlines({ db, pinned, origin }: From): Promise<object[]> {
  const all = await knownDeadlines(db(), pinned);
  return all.map((deadline) => shownDeadline(deadline, all, pinned.knownOn, origin));
}

/** The tables of the data package in the order in which it lists them. */
export const TABLES: readonly Table[] = [
  {
    name: "snapshots",
    title: "Statements about counts",
    description: "Every revision of every statement; those that count are published, are not superseded, and are restated by no other.",
    row: rows.snapshot,
    key: ["statement_id", "revision"],
    references: [to("country", "countries", "code"), to("measure", "measures", "code"), to("source_id", "sources", "id")],
    pages: (from) => snapshotPages(from, "all"),
  },
  {
    name: "sources",
    title: "Sources",
    description: "Who said it, where and when, as the newest revision of each source has it.",
    row: sourceRow,
    key: ["id"],
    pages: sourcePages,
  },
  {
    name: "countries",
    title: "Countries",
    description: "Codes and names of all countries that a statement can be about, with what is recorded of some of them.",
    row: countryRow,
    key: ["code"],
    pages: whole(countries),
  },
  {
    name: "measures",
    title: "What is counted",
    description: "Names and definitions.",
    row: rows.measureRow,
    key: ["code"],
    pages: whole(async () => measureCodes.map(shownMeasure)),
  },
  {
    name: "deadlines",
    title: "Deadlines",
    description: "The newest revision of each, replaced ones too.",
    row: deadlineRow,
    key: ["statement_id"],
    references: [to("measure", "measures", "code"), to("source_id", "sources", "id")],
    pages: whole(deadlines),
  },
  {
    name: "events",
    title: "Events",
    description: "Dated facts, breaks in series among them; the newest revision of each.",
    row: rows.eventRow,
    key: ["statement_id"],
    references: [to("source_id", "sources", "id")],
    pages: whole(async ({ db, pinned }) => (await knownEvents(db(), pinned)).map(shownEvent)),
  },
  {
    name: "ledger",
    title: "The ledger",
    description:
      "The chain of hashes over every revision and every act, up to the head in ledger-head.json; how to check it stands in README.md.",
    row: rows.ledgerRow.omit({ previous: true }),
    key: ["n"],
    pages: ledgerPages,
  },
];
