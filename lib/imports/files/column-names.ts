/** What a column of an import can hold; the names are those of `snapshotInput`, and `id` the statement's own. */
export const FIELDS = [
  "id",
  "country",
  "measure",
  "period_start",
  "as_of",
  "answer",
  "value",
  "low",
  "high",
  "qualifier",
  "wording",
  "missing_reason",
  "children_share",
  "note",
  "restates",
  "source.title",
  "source.publisher",
  "source.speaker",
  "source.speaker_role",
  "source.published_on",
  "source.url",
] as const;

export type Field = (typeof FIELDS)[number];

/**
 * How people head such columns, beside the labels of our own form: in English, Russian, Kyrgyz,
 * Uzbek and Tajik. A word that could be two fields stands at neither.
 */
export const COLUMN_NAMES: Record<Field, string[]> = {
  id: ["id", "statement id", "идентификатор", "код записи"],
  country: [
    ...["country", "nationality", "citizenship", "iso2", "iso3", "country code"],
    ...["страна", "гражданство", "страна гражданства", "государство", "код страны"],
    ...["өлкө", "өлкөсү", "мамлекет", "жарандык", "жарандыгы"],
    ...["davlat", "davlati", "mamlakat", "mamlakati", "fuqarolik", "fuqaroligi"],
    ...["кишвар", "давлат", "шаҳрвандӣ", "шаҳрвандии"],
  ],
  measure: [
    ...["measure", "list", "indicator", "what"],
    ...["показатель", "список", "вид списка", "перечень"],
    ...["көрсөткүч", "тизме", "тизмеси", "koʻrsatkich", "roʻyxat", "roʻyxati", "нишондиҳанда", "рӯйхат"],
  ],
  period_start: [
    ...["period start", "start of period", "period from", "since"],
    ...["начало периода", "период начало", "период с", "дата начала", "дата начало"],
    ...["мезгилдин башы", "мезгилдин башталышы", "davr boshi", "davr boshlanishi", "оғози давра"],
  ],
  as_of: [
    ...["as of", "as of date", "date", "period end", "end of period", "moment"],
    ...["по состоянию на", "состояние на", "на дату", "дата", "конец периода", "период конец", "период по", "дата конец"],
    ...["дата күнү", "күнү", "датасы", "абалы", "мезгилдин аягы"],
    ...["sana", "sanasi", "holatiga koʻra", "davr oxiri", "сана", "санаи", "ҳолати", "охири давра"],
  ],
  answer: ["answer", "ответ", "жооп", "javob", "ҷавоб"],
  value: [
    ...["value", "figure", "number", "count", "persons", "people"],
    ...["число", "цифра", "количество", "численность", "человек", "чел", "количество человек", "число человек", "значение"],
    ...["саны", "адам", "адам саны", "адамдардын саны", "soni", "kishi", "raqam", "шумора", "шумораи одамон", "нафар", "адад"],
  ],
  low: [
    "low",
    "lower",
    "minimum",
    "min",
    "from",
    "минимум",
    "мин",
    "нижняя граница",
    "от",
    "не ниже",
    "төмөнкү чеги",
    "quyi chegarasi",
    "ҳадди поён",
  ],
  high: [
    "high",
    "upper",
    "maximum",
    "max",
    "to",
    "максимум",
    "макс",
    "верхняя граница",
    "до",
    "не выше",
    "жогорку чеги",
    "yuqori chegarasi",
    "ҳадди боло",
  ],
  qualifier: ["qualifier", "precision", "оговорка", "уточнение", "точность", "тактыгы", "тактык", "aniqligi", "aniqlik", "дақиқӣ"],
  wording: [
    ...["wording", "quote", "in the sources words", "формулировка", "цитата", "дословно", "слова источника"],
    ...["сөзмө сөз", "булактын сөзү", "iqtibos", "soʻzma soʻz", "иқтибос", "суханони манбаъ"],
  ],
  missing_reason: [
    ...["missing reason", "reason missing", "why missing", "no figure because"],
    ...["причина отсутствия", "причина отсутствия данных", "почему нет числа", "почему нет данных"],
    ...["эмне үчүн сан жок", "nega son yoʻq", "чаро рақам нест"],
  ],
  children_share: [
    ...["children share", "share of children", "children percent", "доля детей", "дети percent", "процент детей", "из них дети percent"],
    ...["балдардын үлүшү", "балдар percent", "bolalar ulushi", "bolalar percent", "ҳиссаи кӯдакон", "кӯдакон percent"],
  ],
  note: [
    ...["note", "notes", "comment", "comments", "remark", "remarks", "примечание", "примечания", "комментарий", "комментарии"],
    ...["эскертүү", "комментарий", "түшүндүрмө", "izoh", "eslatma", "эзоҳ", "тавзеҳ"],
  ],
  restates: ["restates", "replaces", "заменяет", "вместо", "уточняет", "ордуна", "oʻrniga", "ба ҷойи"],
  "source.title": [
    ...["source", "title", "document", "article", "источник", "название", "заголовок", "документ", "статья", "наименование"],
    ...["булак", "аталышы", "manba", "nomi", "sarlavha", "hujjat", "манбаъ", "манба", "номи", "ҳуҷҷат"],
  ],
  "source.publisher": [
    ...[
      "publisher",
      "outlet",
      "media",
      "издатель",
      "издание",
      "сми",
      "басылма",
      "басылмасы",
      "nashr",
      "nashriyot",
      "оав",
      "ношир",
      "нашрия",
    ],
  ],
  "source.speaker": [
    ...["speaker", "said by", "official", "кто сказал", "кем сказано", "спикер", "со слов", "должностное лицо", "имя"],
    ...["айткан", "ким айтты", "aytgan", "kim aytdi", "гӯянда"],
  ],
  "source.speaker_role": ["speaker role", "role", "office", "position", "должность", "кызматы", "lavozim", "вазифа", "мансаб"],
  "source.published_on": [
    ...["published on", "published", "publication date", "date published", "date of publication"],
    ...["дата публикации", "опубликовано", "дата выхода", "дата источника"],
    ...["жарыяланган күнү", "жарыяланган", "eʼlon qilingan sana", "eʼlon qilingan", "санаи нашр", "нашр шудааст"],
  ],
  "source.url": [
    ...["url", "link", "address", "web page", "ссылка", "адрес", "сайт", "интернет адрес"],
    ...["шилтеме", "дареги", "havola", "manzil", "пайванд", "нишонӣ"],
  ],
};

/** Words for a source: in front of another name (or above it) they say whose title, date or address it is. */
export const SOURCE_WORDS = [
  "source",
  "источник",
  "источника",
  "источнике",
  "булак",
  "булактын",
  "manba",
  "manbaning",
  "манбаъ",
  "манба",
  "манбаи",
];
