import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { examplesOf } from "@/app/_server/open-files/examples";
import { REFUSED } from "@/app/staff/_components/sign-in-refusal";
import { KINDS } from "@/lib/contacts/rules";
import { PLOT_REFUSALS } from "@/lib/explore/rules/plotted";
import { AXES, FACETS, ORDERS, READINGS, SCALES, SHOWN } from "@/lib/explore/rules/view";
import { FEATURES, VERBS } from "@/lib/history/rules";
import en from "@/lib/i18n/messages/en.json";
import { REFUSALS } from "@/lib/imports/files/refusal";
import { VERDICTS } from "@/lib/imports/rules";
import { GRAY, WAYS_OFF } from "@/lib/measures/meaning";
import { LISTS, measureCodes } from "@/lib/measures/rules";
import { FIGURE_COLUMNS } from "@/lib/open-data/figure-rows";
import { FACTORS } from "@/lib/sign-in/rules";
import { MISSING_REASONS, QUALIFIERS, RANKS } from "@/lib/snapshots/rules";
import { WARNINGS } from "@/lib/snapshots/warnings";
import { WHO_MAY } from "@/lib/staff/rules";
import { LIVES, TOKEN_STATES } from "@/lib/tokens/rules";
import { sourceTexts } from "../source-texts";
import { flat } from "./message-tree";

const sources = ["app", "lib", "server"].flatMap((folder) => sourceTexts(folder, /\.tsx?$/)).map(({ text }) => text);
const form = (name: string) => sourceTexts("app/staff/_forms", new RegExp(`^${name}$`)).map(({ text }) => text)[0] ?? "";
const captured = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].flatMap(([, ...found]) => found).filter(Boolean);

/** The zones of the countries that the starter record lists, by the city in their names. */
const cities = readFileSync(path.resolve(import.meta.dirname, "../../data/starter/countries.csv"), "utf8").matchAll(
  /\b[A-Z][a-z]+\/([A-Z][a-z]+)\b/g,
);

/** The names of texts that a table of a form gives to its fields. */
const named = (text: string, table: string) =>
  captured(new RegExp(`const ${table}\\b[^{]*\\{([^}]*)\\}`).exec(text)?.[1] ?? "", /: "(\w+)"/g);

/** Labels that a form takes by name: asked for one by one, named as a hint, standing for a field, or for what is sent. */
const labelsOf = (text: string) => [
  ...captured(text, /\blabel\((?:\w+ \?\? )?"(\w+)"\)/g),
  ...captured(text, /\blabel\(\w+ \? "(\w+)" : "(\w+)"\)/g),
  ...captured(text, /\b(?:hint|label): "(\w+)"/g),
  ...captured(text, /\b(?:text|common|button)\("[\w.]+", "(\w+)"(?:, "(\w+)")?\)/g),
  ...captured(/^ {2}submit: ([^;]*);/m.exec(text)?.[1] ?? "", /"(\w+)"/g),
  ...named(text, "NAMES"),
];

const briefing = form("briefing-form.tsx");

/** Keys that are put together: how their sources begin to write them, and all that can follow. */
const BUILT: { written: string; prefix: string; ends: readonly string[] }[] = [
  { written: "`measures.${", prefix: "measures.", ends: measureCodes },
  { written: "`explained.${", prefix: "explained.", ends: measureCodes },
  { written: "`missing.${", prefix: "missing.", ends: MISSING_REASONS },
  { written: "`backTest.verdicts.${", prefix: "backTest.verdicts.", ends: ["inside", "outside", "undecided"] },
  { written: "`backTest.noOutcome.${", prefix: "backTest.noOutcome.", ends: ["moved", "none_in_time"] },
  { written: "`statement.why.${", prefix: "statement.why.", ends: ["rank", "name", "others_aside", "other_yields"] },
  { written: "`desk.wayChangedBy.${", prefix: "desk.wayChangedBy.", ends: ["reset", "reset_factor"] },
  { written: "`sent.${", prefix: "sent.", ends: ["unreadable", "outdated"] },
  { written: "`figure.${", prefix: "figure.", ends: QUALIFIERS.filter((qualifier) => qualifier !== "between") },
  { written: "`age.${", prefix: "age.", ends: ["days", "months", "years"] },
  { written: "`deadline.${", prefix: "deadline.", ends: ["ahead", "last_days", "today", "cancelled"] },
  { written: "`cities.${", prefix: "cities.", ends: [...new Set([...cities].map(([, city = ""]) => city))] },
  { written: "`staff.roles.${", prefix: "staff.roles.", ends: Object.keys(WHO_MAY) },
  // That each of these has a code and each code a sentence is asked where the inputs are tested.
  { written: "`errors.${", prefix: "errors.", ends: Object.keys(en.errors) },
  {
    written: "`refusals.${",
    prefix: "refusals.",
    ends: sources.flatMap((text) => captured(text, /\bcode: "(\w+)"/g)).filter((code) => code in en.refusals),
  },
  {
    written: "`record.${",
    prefix: "record.",
    ends: [...labelsOf(form("record-form.tsx")), ...labelsOf(form("decision-form.tsx")), ...captured(briefing, /\brecord\("(\w+)"\)/g)],
  },
  { written: "`record.ranks.${", prefix: "record.ranks.", ends: RANKS },
  { written: "`review.verbs.${", prefix: "review.verbs.", ends: ["record", "correct", "withdraw", "rank"] },
  { written: "`review.states.${", prefix: "review.states.", ends: ["waiting", "returned", "published", "discarded"] },
  { written: "`review.done.${", prefix: "review.done.", ends: ["published", "returned", "taken_back", "sent"] },
  {
    written: "`briefing.${",
    prefix: "briefing.",
    ends: [...labelsOf(briefing), ...named(briefing, "ROW_NAMES"), ...labelsOf(form("figure-row.tsx"))],
  },
  { written: "`draft.${", prefix: "draft.", ends: ["kept-line.tsx", "draft-list.tsx"].flatMap((name) => labelsOf(form(name))) },
  { written: "`copies.${", prefix: "copies.", ends: ["copy-field.tsx", "attach-copy-form.tsx"].flatMap((name) => labelsOf(form(name))) },
  { written: "`answers.${", prefix: "record.answers.", ends: ["figure", "missing", "unchanged"] },
  { written: "`qualifiers.${", prefix: "record.qualifiers.", ends: QUALIFIERS },
  { written: "`conflict.${", prefix: "conflict.", ends: labelsOf(form("side-by-side.tsx")) },
  {
    written: "`method.${",
    prefix: "method.",
    ends: sources
      .flatMap((text) => captured(text, /\bname: "(\w+)"/g))
      .filter((name) => name in en.method)
      .flatMap((name) => [name, `${name}Text`]),
  },
  { written: "`explore.readings.${", prefix: "explore.readings.", ends: READINGS },
  { written: "`explore.values.${", prefix: "explore.values.", ends: READINGS.filter((reading) => reading !== "absolute") },
  { written: "`explore.facets.${", prefix: "explore.facets.", ends: FACETS },
  { written: "`explore.axes.${", prefix: "explore.axes.", ends: AXES },
  { written: "`explore.scales.${", prefix: "explore.scales.", ends: SCALES },
  { written: "`explore.shows.${", prefix: "explore.shows.", ends: SHOWN },
  { written: "`explore.orders.${", prefix: "explore.orders.", ends: ORDERS },
  { written: "`explore.presets.${", prefix: "explore.presets.", ends: ["all", "registry", "year", "half"] },
  { written: "`explore.refused.${", prefix: "explore.refused.", ends: PLOT_REFUSALS },
  { written: "`files.columns.${", prefix: "files.columns.", ends: FIGURE_COLUMNS },
  { written: "`files.roles.${", prefix: "files.roles.", ends: ["front", "rival", "left", "missing"] },
  { written: "`files.ranks.${", prefix: "files.ranks.", ends: RANKS },
  { written: "`explore.files.${", prefix: "explore.files.", ends: ["csv", "excel", "xlsx", "json", "svg", "png"] },
  { written: "`reading.refused.${", prefix: "reading.refused.", ends: Object.keys(en.reading.refused) },
  { written: "`imports.refused.${", prefix: "imports.refused.", ends: REFUSALS },
  { written: "`imports.verdicts.${", prefix: "imports.verdicts.", ends: VERDICTS },
  { written: "`imports.meanings.${", prefix: "imports.meanings.", ends: VERDICTS },
  {
    written: "`imports.states.${",
    prefix: "imports.states.",
    ends: ["checked", "waiting", "returned", "committed", "withdrawn", "abandoned"],
  },
  { written: "`imports.delimiters.${", prefix: "imports.delimiters.", ends: ["semicolon", "comma", "tab"] },
  {
    written: "`imports.warned.${",
    prefix: "imports.warned.",
    ends: Object.entries(WARNINGS).flatMap(([code, kind]) => (kind === "warning" ? code : [])),
  },
  { written: "labels[`imports.${", prefix: "imports.", ends: labelsOf(form("upload-form.tsx")) },
  { written: "`deadlines.saved.${", prefix: "deadlines.saved.", ends: ["new", "extend", "cancel", "correct", "withdraw"] },
  { written: "`deadlines.changes.${", prefix: "deadlines.changes.", ends: ["new", "again", "ends", "stays", "other_zone"] },
  { written: "`events.kinds.${", prefix: "events.kinds.", ends: ["context", "law", "break"] },
  { written: "`events.saved.${", prefix: "events.saved.", ends: ["new", "correct", "withdraw"] },
  {
    written: "].days.said",
    prefix: "days.said.",
    ends: [...sourceTexts("lib/stays", /\.ts$/), ...sourceTexts("browser", /^days.*\.ts$/)].flatMap(({ text }) =>
      captured(text, /\b(?:say|tellKept)\((?:[^"()]*\? )?"(\w+)"(?: : "(\w+)")?/g),
    ),
  },
  { written: "`setUp.${", prefix: "setUp.", ends: [...labelsOf(form("set-up-form.tsx")), ...labelsOf(form("password-form.tsx"))] },
  {
    written: "`people.${",
    prefix: "people.",
    ends: [
      ...labelsOf(form("person-fields.tsx")),
      ...labelsOf(form("shown-link.tsx")),
      ...["signOut", "deactivate", "reactivate", "resetFactor"].flatMap((verb) => [verb, `${verb}Hint`]),
    ],
  },
  { written: "`tokens.${", prefix: "tokens.", ends: [...labelsOf(form("token-form.tsx")), ...labelsOf(form("shown-token.tsx"))] },
  { written: "`tokens.lives.${", prefix: "tokens.lives.", ends: LIVES },
  { written: "`tokens.states.${", prefix: "tokens.states.", ends: TOKEN_STATES },
  { written: "`tokens.refusals.${", prefix: "tokens.refusals.", ends: TOKEN_STATES.filter((state) => state !== "holds") },
  { written: "`people.factors.${", prefix: "people.factors.", ends: FACTORS },
  { written: "`signIn.refused.${", prefix: "signIn.refused.", ends: REFUSED },
  {
    written: "`enrol.${",
    prefix: "enrol.",
    ends: ["enrol-app-form.tsx", "enrol-passkey-form.tsx"].flatMap((name) => labelsOf(form(name))),
  },
  { written: "`account.saved.${", prefix: "account.saved.", ends: ["ended", "password", "removed"] },
  {
    written: "`contacts.${",
    prefix: "contacts.",
    ends: labelsOf(form("contact-form.tsx")),
  },
  { written: "`contacts.kinds.${", prefix: "contacts.kinds.", ends: KINDS },
  { written: "`feed.${", prefix: "feed.", ends: ["announced", "extended", "cancelled"] },
  { written: "`data.${", prefix: "data.", ends: examplesOf("").map(({ name }) => name) },
  { written: "`formal.${", prefix: "formal.", ends: LISTS },
  { written: "`listed.gray.${", prefix: "listed.gray.", ends: GRAY },
  { written: "`listed.off.${", prefix: "listed.off.", ends: WAYS_OFF },
  { written: "`history.${", prefix: "history.", ends: ["person", "feature", "verb", "country", "from", "to"] },
  { written: "`history.features.${", prefix: "history.features.", ends: FEATURES },
  { written: "`history.verbs.${", prefix: "history.verbs.", ends: VERBS },
];

const builtKeys = (built: typeof BUILT, texts: readonly string[]) =>
  built
    .filter(({ written }) => texts.some((text) => text.includes(written)))
    .flatMap(({ prefix, ends }) => [...new Set(ends)].map((end) => prefix + end));

/** The keys that no source names, whole or put together. */
function unused(keys: readonly string[], texts: readonly string[], built = BUILT): string[] {
  const named = new Set([...builtKeys(built, texts), ...texts.flatMap((text) => captured(text, /["'`]([\w.]+)["'`]/g))]);
  return keys.filter((key) => !named.has(key));
}

describe("every text is shown somewhere", () => {
  test("a planted text that nothing names is found", () => {
    const texts = ['t("site.skip")', `t(\`missing.\${reason}\`)`, 't("deadline.todayIsAnother")'];
    const keys = ["site.skip", "site.planted", "missing.declined", "missing.planted", "measures.left", "deadline.today"];
    expect(unused(keys, texts)).toEqual(["site.planted", "missing.planted", "measures.left", "deadline.today"]);
  });

  test("none is left over", () => {
    expect(unused([...flat(en).keys()], sources)).toEqual([]);
  });
});

describe("every text that is put together exists", () => {
  test.each(BUILT)("$written", ({ written, prefix, ends }) => {
    expect(sources.some((text) => text.includes(written))).toBe(true);
    expect(ends.length).toBeGreaterThan(1);
    const keys = flat(en);
    expect(ends.map((end) => prefix + end).filter((key) => !keys.has(key))).toEqual([]);
  });
});
