import { describe, expect, test } from "vitest";
import { withDatesWritten } from "@/app/_server/dates-typed";
import { languages } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { readMoment } from "@/lib/moments/spelling";

describe.each(languages)("dates in the fields of a form, in %s", (language) => {
  const words = wordsFor(language);

  test.each(["2025-10-01", "2025-09", "2025", "2025-07-01/2025-07-05", "2025-12-30/2026-01-02", "2025-07-24T12:00:00+03:00"])(
    "%s is read back as the very same",
    (iso) => {
      const { as_of = "" } = withDatesWritten({ as_of: iso }, words);
      expect(readMoment(as_of)).toEqual({ ok: true, iso });
    },
  );

  test("a day stands as the language writes it", () => {
    const typed = { falls_on: "2025-10-01", "source.published_on": "2025-09", note: "2025-10-01", confirmed_on: "" };
    expect(withDatesWritten(typed, words)).toEqual({
      falls_on: words.day("2025-10-01"),
      "source.published_on": words.moment({ text: "2025-09" }),
      note: "2025-10-01",
      confirmed_on: "",
    });
  });
});
