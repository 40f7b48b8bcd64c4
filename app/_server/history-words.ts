import { CONFIRMED_AGAIN } from "@/lib/contacts/rules";
import { FEATURES, VERBS } from "@/lib/history/rules";
import { isLanguage, LANGUAGES } from "@/lib/i18n/languages";
import type { MessageKey } from "@/lib/i18n/translator";
import type { Words } from "@/lib/i18n/words";
import type { ImportState } from "@/lib/imports/rules";
import { measureCodes } from "@/lib/measures/rules";
import { FACTORS } from "@/lib/sign-in/rules";
import { CONFIRMED_BY_PROGRAM } from "@/lib/snapshots/input";
import { MISSING_REASONS, QUALIFIERS, RANKS } from "@/lib/snapshots/rules";
import { GIVEN_ROLES, SYSTEM } from "@/lib/staff/rules";

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

/** What was done and to what, in words; a verb that nobody named is called as it is written. */
export function actInWords({ verb, feature }: { verb: string; feature: string }, { t }: Words): { verb: string; feature: string } {
  const known = VERBS.find((one) => one === verb);
  const about = FEATURES.find((one) => one === feature);
  return { verb: known ? t(`history.verbs.${known}`) : verb, feature: about ? t(`history.features.${about}`) : feature };
}

/** The reason of an act, in words where the product itself gave it. */
export const reasonInWords = (reason: string | null, { t }: Words): string =>
  reason === CONFIRMED_AGAIN ? t("contacts.confirmedAgain") : (reason ?? "");

/** Somebody's name; the product's own where it acted. */
export const nameIn = (names: ReadonlyMap<string, string>, personId: string, { t }: Words): string =>
  personId === SYSTEM.personId ? t("history.system") : (names.get(personId) ?? personId);

/** Who entered something: a person, or a token with the name of whoever answers for it. */
export function enteredBy(
  names: ReadonlyMap<string, string>,
  { personId, tokenId }: { personId: string; tokenId: string | null },
  words: Words,
): string {
  const name = nameIn(names, personId, words);
  return tokenId === null ? name : words.t("tokens.through", { token: names.get(tokenId) ?? tokenId, name });
}
