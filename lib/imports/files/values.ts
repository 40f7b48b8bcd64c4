import { ALL, countryCodes, iso3 } from "../../countries/rules";
import { countryName } from "../../i18n/country-names";
import { languages } from "../../i18n/languages";
import { MESSAGES } from "../../i18n/translator";
import { type Measure, measureCodes } from "../../measures/rules";
import { MISSING_REASONS, type MissingReason, QUALIFIERS, type Qualifier } from "../../snapshots/rules";
import type { Field } from "./column-names";
import { plain } from "./spelling";

// What Russian papers and official long forms say beside the names of the platform. "Total" is not
// among those of ALL: in a table it is a sum, and sums are never recorded as said.
const COUNTRIES: Record<string, string[]> = {
  [ALL]: ["all", "all countries", "все", "все страны", "все гражданства", "бардыгы", "barchasi", "ҳама"],
  AE: ["оаэ", "uae"],
  AM: ["республика армения"],
  AZ: ["республика азербайджан", "азербайджанская республика"],
  BY: ["белоруссия", "беларусь", "республика беларусь", "byelorussia"],
  CN: ["кнр", "prc"],
  GB: ["великобритания", "соединенное королевство", "uk"],
  GE: ["грузия", "сакартвело"],
  KG: ["киргизия", "кыргызстан", "киргизская республика", "кыргызская республика", "kyrgyz republic", "kirghizia", "кыргыз республикасы"],
  KP: ["кндр", "dprk"],
  KZ: ["республика казахстан", "republic of kazakhstan"],
  MD: ["молдавия", "молдова", "республика молдова"],
  TJ: ["республика таджикистан", "republic of tajikistan", "ҷумҳурии тоҷикистон", "tadjikistan"],
  TM: ["туркмения", "туркменистан"],
  TR: ["turkey", "турция"],
  US: ["сша", "usa", "aqsh", "акш", "има"],
  UZ: ["республика узбекистан", "republic of uzbekistan", "oʻzbekiston respublikasi"],
};

// A registry is named here only by what it holds: papers use "black list" for both, and "the registry" for either.
const MEASURES: Partial<Record<Measure, string[]>> = {
  gray_list: [
    ...["gray", "grey", "grey list", "gray list", "graylist", "controlled persons registry", "registry of controlled persons"],
    ...["серый", "реестр контролируемых лиц", "ркл", "көзөмөлдөгү адамдардын реестри", "боз"],
    ...["nazorat qilinadigan shaxslar reestri", "kulrang", "рӯйхати шахсони назоратшаванда", "хокистарӣ"],
  ],
  black_list: [
    ...["black", "blacklist", "entry ban", "barred from entry", "черный", "запрет на въезд", "запрет въезда"],
    ...["кара", "кирүүгө тыюу салуу", "qora", "kirish taqiqi", "сиёҳ", "манъи вуруд"],
  ],
  present: ["present", "находятся в россии", "в россии"],
  regularised: ["regularized", "урегулировали статус", "легализовались", "легализованы"],
  left: ["выехали", "уехали", "кеткендер", "ketganlar"],
  removed: ["исключены", "удалены из реестра"],
  expelled: ["выдворено"],
  deported: ["депортировано"],
};

const SIGNS: Record<string, Qualifier> = {
  "=": "exact",
  "~": "about",
  "≈": "about",
  "±": "about",
  ">": "more_than",
  "≥": "more_than",
  "<": "less_than",
  "≤": "less_than",
};

const QUALIFIER_WORDS: Record<Qualifier, string[]> = {
  exact: ["exact", "exactly", "точно", "ровно", "так", "aniq", "дақиқ", "аниқ"],
  about: [
    ...["about", "around", "some", "approximately", "около", "примерно", "приблизительно", "порядка"],
    ...["болжол менен", "чамасында", "болжолдуу", "taxminan", "atrofida", "тақрибан", "тахминан"],
  ],
  more_than: [
    ...["more than", "over", "at least", "above", "более", "больше", "свыше", "не менее", "как минимум"],
    ...["ашык", "көп", "кеминде", "ortiq", "koʻp", "kamida", "беш аз", "зиёда аз", "зиёд", "на камтар аз"],
  ],
  less_than: [
    ...["less than", "under", "almost", "nearly", "at most", "below", "менее", "меньше", "почти", "не более"],
    ...["аз", "дээрлик", "kam", "deyarli", "камтар аз", "қариб"],
  ],
  between: ["between", "range", "между", "диапазон", "от и до", "аралыгында", "oraliqda", "oraligʻida", "байни"],
};

const REASON_WORDS: Record<MissingReason, string[]> = {
  not_published: ["not published", "не публиковалось", "не публиковались", "не опубликовано"],
  declined: ["declined", "refused", "отказ", "отказано", "отказались", "отказались отвечать", "баш тартышкан", "rad etilgan"],
  did_not_exist: ["did not exist", "списка не было", "не существовало"],
  not_asked: ["not asked", "не запрашивали", "не спрашивали", "суралган эмес", "soʻralmagan"],
};

const ANSWERS = ["figure", "missing", "unchanged"] as const;
const ANSWER_WORDS: Record<(typeof ANSWERS)[number], string[]> = {
  figure: ["число", "цифра", "сан", "son", "рақам"],
  missing: ["no figure", "нет числа", "нет данных"],
  unchanged: ["no change", "без изменений", "не изменилось", "өзгөргөн эмес", "oʻzgarmagan", "тағйир наёфтааст"],
};

/** Codes by each of their spellings; a spelling of two codes is one of neither. */
function dictionary<Code extends string>(codes: readonly Code[], spellings: (code: Code) => readonly (string | undefined)[]) {
  const found = new Map<string, Code | undefined>();
  for (const code of codes)
    for (const spelling of new Set(spellings(code).map((text) => plain(text ?? ""))))
      found.set(spelling, found.has(spelling) ? undefined : code);
  found.delete("");
  for (const code of codes) found.set(plain(code), code);
  return found;
}

const messages = Object.values(MESSAGES);

function dictionaries(): Partial<Record<Field, Map<string, string | undefined>>> {
  return {
    country: dictionary(countryCodes, (code) => [
      ...(COUNTRIES[code] ?? []),
      ...(code === ALL ? messages.map(({ home }) => home.all) : [iso3(code), ...languages.map((language) => countryName(language, code))]),
    ]),
    measure: dictionary(measureCodes, (code) => [...(MEASURES[code] ?? []), ...messages.map(({ measures }) => measures[code])]),
    qualifier: dictionary(QUALIFIERS, (code) => [...QUALIFIER_WORDS[code], ...messages.map(({ record }) => record.qualifiers[code])]),
    missing_reason: dictionary(MISSING_REASONS, (code) => [...REASON_WORDS[code], ...messages.map(({ missing }) => missing[code])]),
    answer: dictionary(ANSWERS, (code) => [...ANSWER_WORDS[code], ...messages.map(({ record }) => record.answers[code])]),
  };
}

// Five languages' names of all countries are asked for once, when the first import comes.
let made: ReturnType<typeof dictionaries> | undefined;

/**
 * The code that a text stands for in a field of fixed choices, by its names in five languages:
 * `Киргизия` is KG, `РКЛ` is gray_list, `не менее` and `>` are more_than. A text that is none, and
 * the text of any other field, comes back as it is, so that checking names it.
 */
export function readValue(field: Field, text: string): string {
  made ??= dictionaries();
  const sign = field === "qualifier" ? SIGNS[text.trim()] : undefined;
  return sign ?? made[field]?.get(plain(text)) ?? text;
}
