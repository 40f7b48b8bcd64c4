/** The words of a date as people type them, by language; a dot marks what may also stand without it. All in small letters. */
type DateWords = {
  /** The twelve months, each with all its spellings. */
  months: readonly string[];
  /** "Year" beside a number. */
  year: string;
};

const EN: DateWords = {
  months: [
    "january jan.",
    "february feb.",
    "march mar.",
    "april apr.",
    "may",
    "june jun.",
    "july jul.",
    "august aug.",
    "september sept. sep.",
    "october oct.",
    "november nov.",
    "december dec.",
  ],
  year: "",
};

const RU: DateWords = {
  months: [
    "январь января янв.",
    "февраль февраля февр. фев.",
    "март марта мар.",
    "апрель апреля апр.",
    "май мая",
    "июнь июня июн.",
    "июль июля июл.",
    "август августа авг.",
    "сентябрь сентября сент. сен.",
    "октябрь октября окт.",
    "ноябрь ноября нояб. ноя.",
    "декабрь декабря дек.",
  ],
  year: "год года г.",
};

const KY: DateWords = {
  months: [
    "январь январы",
    "февраль февралы",
    "март марты",
    "апрель апрели",
    "май майы",
    "июнь июну",
    "июль июлу",
    "август августу",
    "сентябрь сентябры",
    "октябрь октябры",
    "ноябрь ноябры",
    "декабрь декабры",
  ],
  year: "жыл жылы жылдын ж.",
};

// Uzbek is written in both alphabets.
const UZ: DateWords = {
  months: [
    "yanvar январ",
    "fevral феврал",
    "mart март",
    "aprel апрел",
    "may май",
    "iyun июн",
    "iyul июл",
    "avgust август",
    "sentabr sentyabr сентябр",
    "oktabr oktyabr октябр",
    "noyabr ноябр",
    "dekabr декабр",
  ],
  year: "yil yili yilning y. йил йили йилнинг й.",
};

const TG: DateWords = {
  months: [
    "январ январи",
    "феврал феврали",
    "март марти",
    "апрел апрели",
    "май майи",
    "июн июни",
    "июл июли",
    "август августи",
    "сентябр сентябри",
    "октябр октябри",
    "ноябр ноябри",
    "декабр декабри",
  ],
  year: "сол соли",
};

export const DATE_WORDS = { en: EN, ru: RU, ky: KY, uz: UZ, tg: TG };

/** The small words around a date, of all five languages. */
export const SMALL_WORDS = {
  /** Before the first and before the last day of a span. */
  from: "from с аз",
  to: "to through по то",
  /** Before the hour. */
  at: "at в",
  /** "Month" beside its name: моҳи июли, iyul oyi. */
  month: "моҳи мохи ай айы oy oyi ой ойи",
  ordinal: "st nd rd th го",
  moscow: "msk мск moscow moskva москва москве москвы московскому московское маскав",
  /** "Time" beside Moscow's name. */
  time: "time времени время убактысы убактысында vaqti vaqtida вақти",
  utc: "utc gmt z",
  /** Between day and hour in ISO 8601. */
  hour: "t",
};
