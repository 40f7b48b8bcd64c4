import { describe, expect, test } from "vitest";
import { languages } from "@/lib/i18n/languages";
import { MESSAGES } from "@/lib/i18n/translator";
import { COLUMN_NAMES, FIELDS, type Field } from "@/lib/imports/files/column-names";
import { adjusted, fieldNamed, matchColumns } from "@/lib/imports/files/columns";
import { findHeader } from "@/lib/imports/files/header";
import { failedCells, sentOf } from "@/lib/imports/files/sent";
import { plain } from "@/lib/imports/files/spelling";
import { readValue } from "@/lib/imports/files/values";
import { measureCodes } from "@/lib/measures/rules";
import { MISSING_REASONS, QUALIFIERS } from "@/lib/snapshots/rules";

describe("names of columns", () => {
  test("no name stands for two fields", () => {
    const seen = new Map<string, Field>();
    for (const field of FIELDS)
      for (const name of new Set(COLUMN_NAMES[field].map(plain))) {
        expect([name, seen.get(name)]).toEqual([name, undefined]);
        seen.set(name, field);
        expect([name, fieldNamed(name)]).toEqual([name, field]);
      }
  });

  test.each([
    ["Country", "country"],
    ["  СТРАНА гражданства: ", "country"],
    ["Өлкө", "country"],
    ["Fuqaroligi", "country"],
    ["Шаҳрвандӣ", "country"],
    ["По\u00a0состоянию  на", "as_of"],
    ["Маалымат мезгили", "as_of"],
    ["source_url", "source.url"],
    ["source.speaker_role", "source.speaker_role"],
    ["Источник / Дата", "source.published_on"],
    ["Источник: ссылка", "source.url"],
    ["Источник / Страна", undefined],
    ["Адамдардын саны", "value"],
    ["Bolalar ulushi", "children_share"],
    ["Дети, %", "children_share"],
    ["Дети", undefined],
    ["Номер по порядку", undefined],
    ["", undefined],
  ] as const)("%s", (name, field) => expect(fieldNamed(name)).toBe(field));

  test.each(languages)("the labels of our own form in %s", (language) => {
    const { record } = MESSAGES[language];
    const labels = [record.country, record.measure, record.asOf, record.value, record.qualifier, record.sourceTitle, record.publishedOn];
    expect(matchColumns(labels)).toEqual(["country", "measure", "as_of", "value", "qualifier", "source.title", "source.published_on"]);
  });

  test("two columns of one name have neither the field, until a person decides", () => {
    const columns = matchColumns(["Страна", "Дата", "Дата", "Прочее"]);
    expect(columns).toEqual(["country", undefined, undefined, undefined]);
    expect(adjusted(columns, { 1: "as_of", 2: "source.published_on" })).toEqual(["country", "as_of", "source.published_on", undefined]);
    expect(adjusted(columns, { 3: "country" })).toEqual([undefined, undefined, undefined, "country"]);
    expect(adjusted(columns, { 0: null })).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe("the header", () => {
  const rows = (...cells: string[][]) => cells.map((row, index) => ({ line: index + 1, cells: row }));

  test("stands where most names are recognised, below titles", () => {
    const found = findHeader(rows(["Число граждан"], ["Источник", "МВД"], ["Страна", "Дата", "Число"], ["Киргизия", "2025-07", "1"]));
    expect(found).toMatchObject({ line: 3, rows: 3, columns: ["country", "as_of", "value"] });
  });

  test("may be of two rows, the upper reaching over the lower", () => {
    const found = findHeader(
      rows(
        ["Страна", "Период", "", "Число", "Источник", ""],
        ["", "начало", "конец", "", "название", "дата"],
        ["Киргизия", "", "", "1", "", ""],
      ),
    );
    expect(found?.names).toEqual(["Страна", "Период / начало", "Период / конец", "Число", "Источник / название", "Источник / дата"]);
    expect(found?.columns).toEqual(["country", "period_start", "as_of", "value", "source.title", "source.published_on"]);
    expect(found).toMatchObject({ line: 2, rows: 2 });
  });

  test("is none where one name alone is recognised", () => {
    expect(findHeader(rows(["Страна", "Икс"], ["Киргизия", "1"]))).toBeUndefined();
  });
});

describe("values", () => {
  test.each([
    ["country", "Киргизия", "KG"],
    ["country", "kgz", "KG"],
    ["country", "Кыргыз Республикасы", "KG"],
    ["country", "Тоҷикистон", "TJ"],
    ["country", "O'zbekiston", "UZ"],
    ["country", "Oʻzbekiston", "UZ"],
    ["country", "Молдавия", "MD"],
    ["country", "Все страны", "ALL"],
    ["country", "Итого", "Итого"],
    ["country", "Атлантида", "Атлантида"],
    ["measure", "РКЛ", "gray_list"],
    ["measure", "Чёрный  список", "black_list"],
    ["measure", "Grey list", "gray_list"],
    ["measure", "реестр", "реестр"],
    ["qualifier", " ≥ ", "more_than"],
    ["qualifier", "не менее", "more_than"],
    ["qualifier", "почти", "less_than"],
    ["qualifier", "тахминан", "about"],
    ["missing_reason", "отказ", "declined"],
    ["answer", "без изменений", "unchanged"],
    ["note", "все", "все"],
  ] as const)("%s %s", (field, text, code) => expect(readValue(field, text)).toBe(code));

  test.each(languages)("what our own pages say in %s", (language) => {
    const { measures, missing, record, home } = MESSAGES[language];
    for (const code of measureCodes) expect(readValue("measure", measures[code])).toBe(code);
    for (const code of MISSING_REASONS) expect(readValue("missing_reason", missing[code])).toBe(code);
    for (const code of QUALIFIERS) expect(readValue("qualifier", record.qualifiers[code])).toBe(code);
    for (const code of ["figure", "missing", "unchanged"] as const) expect(readValue("answer", record.answers[code])).toBe(code);
    expect(readValue("country", home.all)).toBe("ALL");
  });
});

describe("a row as it is sent", () => {
  const columns = matchColumns(["id", "Country", "Number", "Why missing", "Source", "Link", "Что-то"]);

  test("with its source inside, blank cells left out, the rest as typed", () => {
    expect(sentOf(["kg-1", "Киргизия", "113\u00a0000", " ", "24.kg", "https://24.kg/", "мимо"], columns)).toEqual({
      id: "kg-1",
      country: "KG",
      value: "113\u00a0000",
      answer: "figure",
      source: { title: "24.kg", url: "https://24.kg/" },
    });
  });

  test("a reason and no number is an answer without a figure; neither is a figure that lacks its number", () => {
    expect(sentOf(["", "KG", "", "declined"], columns)).toMatchObject({ answer: "missing", missing_reason: "declined" });
    expect(sentOf(["", "KG", "5", "declined"], columns)).toMatchObject({ answer: "figure", value: "5" });
    expect(sentOf(["", "KG"], columns)).toEqual({ country: "KG", answer: "figure", source: {} });
  });

  test("formulas that failed are named by their fields, in a column that is used", () => {
    expect(failedCells(["", "KG", "#ССЫЛКА!", "", "########", "#N/A", "#REF!"], columns)).toEqual({
      value: "failed_formula",
      "source.title": "failed_formula",
      "source.url": "failed_formula",
    });
    expect(failedCells(["#1", "KG", "1", "", "#хэштег"], columns)).toEqual({});
  });
});
