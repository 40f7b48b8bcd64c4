import { isLanguage, LANGUAGES } from "../i18n/languages";
import type { MessageKey } from "../i18n/translator";
import type { Words } from "../i18n/words";
import type { ImportState } from "../imports/rules";
import { measureCodes } from "../measures/rules";
import { FACTORS } from "../sign-in/rules";
import { CONFIRMED_BY_PROGRAM } from "../snapshots/input";
import { MISSING_REASONS, QUALIFIERS, RANKS } from "../snapshots/rules";
import { GIVEN_ROLES } from "../staff/rules";
import type { FieldChange } from "./rules";

/** The names of fields in words, by their names in the record and on the desk. */
export const FIELDS: Record<string, MessageKey> = {
  state: "history.fields.state",
  country: "record.country",
  countries: "history.countries",
  measure: "record.measure",
  period_start: "record.periodStart",
  as_of: "record.asOf",
  answer: "record.answer",
  value: "record.value",
  low: "record.low",
  high: "record.high",
  qualifier: "record.qualifier",
  wording: "record.wording",
  missing_reason: "record.missingReason",
  unchanged: "history.fields.unchanged",
  children_share: "record.childrenShare",
  note: "record.note",
  rank: "history.fields.rank",
  rank_reason: "history.fields.rankReason",
  restates: "history.fields.restates",
  source: "history.fields.source",
  source_id: "history.fields.source",
  warnings: "history.fields.warnings",
  confirmation: "history.fields.confirmation",
  title: "record.sourceTitle",
  publisher: "record.publisher",
  speaker: "record.speaker",
  speaker_role: "record.speakerRole",
  published_on: "record.publishedOn",
  url: "record.url",
  copy_id: "history.fields.copy",
  copy_public: "history.fields.copyPublic",
  chain: "history.fields.chain",
  replaces: "history.fields.replaces",
  cancelled: "history.fields.cancelled",
  except_countries: "history.fields.exceptCountries",
  scope_as_reported: "history.fields.scopeAsReported",
  falls_on: "history.fields.fallsOn",
  zone: "history.fields.zone",
  day_counts: "history.fields.dayCounts",
  basis: "deadline.basis",
  basis_url: "history.fields.basisUrl",
  consequence: "deadline.consequence",
  afterwards: "deadline.afterwards",
  happened_on: "history.fields.happenedOn",
  kind: "contacts.kind",
  measures: "history.fields.measures",
  what: "history.fields.what",
  union_member: "history.fields.unionMember",
  remittances_share_of_gdp: "history.fields.remittances",
  name: "people.name",
  email: "people.email",
  role: "people.role",
  language: "people.language",
  active: "history.fields.active",
  has_password: "history.fields.hasPassword",
  factor: "history.fields.factor",
  provider: "history.fields.provider",
  telephone: "contacts.telephone",
  address: "contacts.address",
  hours: "contacts.hours",
  languages: "contacts.languages",
  confirmed_on: "contacts.confirmedOn",
  hide_after_days: "contacts.hideAfterDays",
  fileName: "imports.file",
  fileHash: "imports.hash",
  new: "imports.verdicts.new",
  changes: "imports.verdicts.changes",
  rivals: "imports.verdicts.rivals",
  warned: "imports.verdicts.warned",
  same: "imports.verdicts.same",
  faulty: "imports.verdicts.faulty",
  withoutFaulty: "imports.leftOut",
  reason: "history.reason",
  returnedBecause: "history.reason",
  withdrawnBecause: "history.reason",
  withdrawn: "imports.states.withdrawn",
  restored: "history.fields.restored",
  left: "history.fields.left",
  publishes: "tokens.publishes",
  expires_at: "tokens.until",
  holds: "tokens.states.holds",
};

/**
 * A field in words: the part of its dotted name that says most, with the language where it is a text in one.
 * One that nobody named is called what the record calls it.
 */
export function fieldInWords(field: string, { t }: Words): string {
  const parts = field.split(".");
  const last = parts.at(-1) ?? field;
  const inLanguage = parts.length > 1 && isLanguage(last);
  const name = (inLanguage ? parts.at(-2) : last) ?? field;
  const key = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  const shown = key ? t(key as "history.countries") : name;
  return inLanguage ? `${shown} (${LANGUAGES[last].name})` : shown;
}

const among = <T extends string>(list: readonly T[], text: string): T | undefined => list.find((one) => one === text);

const IMPORT_STATES = ["checked", "waiting", "returned", "committed", "withdrawn", "abandoned"] as const satisfies ImportState[];

/** The word that answered warnings; in words where a program named their codes alone. */
export const confirmationInWords = (confirmation: string, { t }: Words): string =>
  confirmation === CONFIRMED_BY_PROGRAM ? t("tokens.confirmed") : confirmation;

/** Values that are codes, in words; undefined where the value is none of them. */
const CODED: Record<string, (text: string, words: Words) => string | undefined> = {
  confirmation: confirmationInWords,
  expires_at: (text, { instant }) => instant(new Date(text)),
  role: (text, { t }) => {
    const role = among(GIVEN_ROLES, text);
    return role && t(`staff.roles.${role}`);
  },
  state: (text, { t }) => {
    const imported = among(IMPORT_STATES, text);
    const submitted = among(["published", "discarded"], text);
    return imported ? t(`imports.states.${imported}`) : submitted && t(`review.states.${submitted}`);
  },
  factor: (text, { t }) => {
    const factor = among(FACTORS, text);
    return factor && t(`people.factors.${factor}`);
  },
  language: (text) => (isLanguage(text) ? LANGUAGES[text].name : undefined),
  qualifier: (text, { t }) => {
    const qualifier = among(QUALIFIERS, text);
    return qualifier && t(`record.qualifiers.${qualifier}`);
  },
  missing_reason: (text, { t }) => {
    const reason = among(MISSING_REASONS, text);
    return reason && t(`missing.${reason}`);
  },
  rank: (text, { t }) => {
    const rank = among(RANKS, text);
    return rank && t(`record.ranks.${rank}`);
  },
};

/** A value in words: countries, counts, roles and yes or no by name, everything else as it stands. */
export function valueInWords(field: string, value: unknown, words: Words): string {
  const { t } = words;
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return value ? t("history.yes") : t("history.no");
  if (Array.isArray(value)) return value.map((one) => valueInWords(field, one, words)).join(", ");
  if (typeof value === "object") return JSON.stringify(value);
  const text = String(value);
  const name = field.split(".").at(-1) ?? field;
  if (/^(country|countries|except_countries)$/.test(name) && /^[A-Z]{2,3}$/.test(text)) return words.country(text);
  const coded = CODED[name]?.(text, words);
  if (coded) return coded;
  const measure = /^measures?$/.test(name) && measureCodes.find((code) => code === text);
  return measure ? t(`measures.${measure}`) : text;
}

/** A changed field as a sentence: what it is, what it said, and what it says now; a dash where it says nothing. */
export function changeInWords({ field, before, after }: FieldChange, words: Words): string {
  const said = (value: unknown) => valueInWords(field, value, words) || "–";
  return `${fieldInWords(field, words)}: ${words.t("corrections.change", { before: said(before), after: said(after) })}`;
}
