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
    "январь января янв. январе",
    "февраль февраля февр. фев. феврале",
    "март марта мар. марте",
    "апрель апреля апр. апреле",
    "май мая мае",
    "июнь июня июн. июне",
    "июль июля июл. июле",
    "август августа авг. августе",
    "сентябрь сентября сент. сен. сентябре",
    "октябрь октября окт. октябре",
    "ноябрь ноября нояб. ноя. ноябре",
    "декабрь декабря дек. декабре",
  ],
  year: "год года году г.",
};

const KY: DateWords = {
  months: [
    "январь январы январда январында",
    "февраль февралы февралда февралында",
    "март марты мартта мартында",
    "апрель апрели апрелде апрелинде",
    "май майы майда майында",
    "июнь июну июнда июнунда",
    "июль июлу июлда июлунда",
    "август августу августта августунда",
    "сентябрь сентябры сентябрда сентябрында",
    "октябрь октябры октябрда октябрында",
    "ноябрь ноябры ноябрда ноябрында",
    "декабрь декабры декабрда декабрында",
  ],
  year: "жыл жылы жылдын ж.",
};

// Uzbek is written in both alphabets.
const UZ: DateWords = {
  months: [
    "yanvar январ yanvarda январда",
    "fevral феврал fevralda февралда",
    "mart март martda мартда",
    "aprel апрел aprelda апрелда",
    "may май mayda майда",
    "iyun июн iyunda июнда",
    "iyul июл iyulda июлда",
    "avgust август avgustda августда",
    "sentabr sentyabr сентябр sentabrda sentyabrda сентябрда",
    "oktabr oktyabr октябр oktabrda oktyabrda октябрда",
    "noyabr ноябр noyabrda ноябрда",
    "dekabr декабр dekabrda декабрда",
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
  /** Before the hour, or before all of it: "в июле 2025". */
  at: "at в",
  /** Before all of it. */
  in: "in on дар",
  /** What English puts around a day: "the 24th of July". */
  the: "the",
  of: "of",
  /** "Month" beside its name: моҳи июли, iyul oyi. */
  month: "моҳи мохи ай айы айында oy oyi oyida ой ойи ойида",
  ordinal: "st nd rd th го",
  moscow: "msk мск moscow moskva москва москве москвы московскому московское маскав",
  /** "Time" beside Moscow's name. */
  time: "time времени время убактысы убактысында vaqti vaqtida вақти",
  utc: "utc gmt z",
  /** Between day and hour in ISO 8601. */
  hour: "t",
};
