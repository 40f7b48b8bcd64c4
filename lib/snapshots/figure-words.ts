import type { Qualifier } from "./rules";

type Said = Exclude<Qualifier, "between">;

/** The words around a number as people type them, in small letters, with the plain apostrophe. */
export type FigureWords = {
  /** Before the number. */
  before: Partial<Record<Said, readonly string[]>>;
  /** Behind the number. */
  after: Partial<Record<Said, readonly string[]>>;
  /** Behind a number with the ending that means "from": 80 000ден ашык, 80 000 dan ortiq. */
  afterFrom: Partial<Record<Said, readonly string[]>>;
  /** That ending, in all its sounds. */
  fromEnding: readonly string[];
  thousand: readonly string[];
  million: readonly string[];
  /** Those who are counted. */
  people: readonly string[];
  /** Before the lower number, between both, and behind the higher one; "FROM" is the ending above. */
  ranges: readonly (readonly [open: string, middle: string, close: string])[];
};

// "Almost" is less than, "at least" is more than: the record knows only on which side of the number the truth lies.
// Left out are words that leave the side open: до and up to, от and from, жакын, qariyb.

const SIGNS: FigureWords = {
  before: { about: ["~", "∼", "≈"], more_than: [">", ">=", "≥"], less_than: ["<", "<=", "≤"] },
  after: { more_than: ["+"] },
  afterFrom: {},
  fromEnding: [],
  thousand: [],
  million: [],
  people: [],
  ranges: [["", "-", ""]],
};

const EN: FigureWords = {
  before: {
    exact: ["exactly", "precisely"],
    about: ["about", "some", "only some", "approximately", "approx.", "around", "roughly", "circa"],
    more_than: ["more than", "over", "above", "at least", "no fewer than", "no less than", "not less than"],
    less_than: ["less than", "fewer than", "under", "below", "almost", "nearly", "at most", "no more than", "not more than"],
  },
  after: {},
  afterFrom: {},
  fromEnding: [],
  thousand: ["thousand", "k"],
  million: ["million", "mln", "mln."],
  people: ["people", "persons"],
  ranges: [
    ["", "to", ""],
    ["from", "to", ""],
    ["between", "and", ""],
  ],
};

const RU: FigureWords = {
  before: {
    exact: ["ровно", "точно"],
    about: ["около", "примерно", "приблизительно", "порядка", "ориентировочно"],
    more_than: ["более", "больше", "свыше", "более чем", "больше чем", "не менее", "не меньше", "не менее чем", "как минимум"],
    less_than: ["менее", "меньше", "менее чем", "меньше чем", "почти", "не более", "не больше", "не более чем"],
  },
  after: {},
  afterFrom: {},
  fromEnding: [],
  thousand: ["тыс", "тыс.", "тысяч", "тысячи", "тысяча"],
  million: ["млн", "млн.", "миллион", "миллиона", "миллионов"],
  people: ["чел", "чел.", "человек", "человека", "людей"],
  ranges: [
    ["от", "до", ""],
    ["между", "и", ""],
  ],
};

const KY: FigureWords = {
  before: {
    exact: ["так"],
    about: ["болжол менен", "болжолдуу", "чамасында", "чамасы"],
    more_than: ["кеминде"],
    less_than: ["дээрлик", "эң көп дегенде"],
  },
  after: { about: ["чамасында", "чамасы"] },
  afterFrom: { more_than: ["ашык", "ашуун", "көп", "көбүрөөк", "кем эмес"], less_than: ["аз", "азыраак", "кем", "көп эмес", "ашык эмес"] },
  fromEnding: ["дан", "ден", "дон", "дөн", "тан", "тен", "тон", "төн"],
  thousand: ["миң"],
  million: ["миллион", "млн", "млн."],
  people: ["адам", "киши"],
  ranges: ["га", "ге", "го", "гө", "ка", "ке", "ко", "кө"].map((to) => ["", "FROM", `${to} чейин`] as const),
};

const UZ: FigureWords = {
  before: {
    exact: ["aniq", "rosa"],
    about: ["taxminan", "taqriban", "chamasi", "тахминан"],
    more_than: ["kamida", "камида"],
    less_than: ["deyarli", "ko'pi bilan", "деярли"],
  },
  after: { about: ["chamasi", "chamasida", "atrofida"] },
  afterFrom: {
    more_than: ["ortiq", "ortiqroq", "ko'p", "ko'proq", "oshiq", "ziyod", "kam emas", "ортиқ", "кўп", "кўпроқ", "зиёд", "кам эмас"],
    less_than: ["kam", "kamroq", "oz", "ozroq", "ko'p emas", "ortiq emas", "кам", "камроқ"],
  },
  fromEnding: ["dan", "дан"],
  thousand: ["ming", "минг"],
  million: ["million", "mln", "mln.", "миллион"],
  people: ["kishi", "odam", "киши", "одам"],
  ranges: [
    ["", "FROM", "gacha"],
    ["", "FROM", "гача"],
  ],
};

const TG: FigureWords = {
  before: {
    exact: ["дақиқ", "дақиқан", "расо"],
    about: ["тақрибан", "тахминан", "қариб"],
    more_than: ["беш аз", "зиёда аз", "зиёдтар аз", "бештар аз", "на камтар аз", "на кам аз", "ҳадди ақал"],
    less_than: ["камтар аз", "кам аз", "на беш аз", "на зиёда аз", "на бештар аз"],
  },
  after: {},
  afterFrom: {},
  fromEnding: [],
  thousand: ["ҳазор", "хазор"],
  million: ["миллион", "млн", "млн."],
  people: ["нафар", "одам", "кас"],
  ranges: [
    ["аз", "то", ""],
    ["байни", "ва", ""],
  ],
};

export const FIGURE_WORDS = { signs: SIGNS, en: EN, ru: RU, ky: KY, uz: UZ, tg: TG };
