import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { languages } from "@/lib/i18n/languages";
import { fieldsOf, optionalText, optionalUrl, requiredText, texts } from "@/lib/texts";

const code = (schema: z.ZodType, sent: unknown) => {
  const parsed = schema.safeParse(sent);
  return parsed.success ? undefined : parsed.error.issues[0]?.message;
};

describe("a text", () => {
  test.each([undefined, null, "", " ", "\n\t", "\u00a0\ufeff"])("that is %j was not given", (blank) => {
    expect(optionalText(5).parse(blank)).toBeUndefined();
    expect(code(requiredText(5), blank)).toBe("required");
  });

  test.each([0, false, [], {}, ["text"]])("that is %j is none", (sent) => {
    expect(code(optionalText(5), sent)).toBe("not_text");
    expect(code(requiredText(5), sent)).toBe("not_text");
  });

  test("is trimmed before it is measured", () => {
    for (const schema of [optionalText(5), requiredText(5)]) {
      expect(schema.parse("  Ўзбек \n")).toBe("Ўзбек");
      expect(code(schema, "Ўзбеки")).toBe("too_long");
    }
  });

  test("keeps tabs, line breaks and every script, and no character that cannot be read", () => {
    expect(requiredText(50).parse("Тоҷикӣ\tКыргызча\r\nOʻzbekcha 🙂")).toBe("Тоҷикӣ\tКыргызча\r\nOʻzbekcha 🙂");
    for (const bad of ["\0", "\u001b", "\u007f", "\u0085", "\ud83d", "\ude42"]) {
      expect(code(requiredText(50), `a${bad}b`)).toBe("unreadable_characters");
      expect(code(optionalText(50), `a${bad}b`)).toBe("unreadable_characters");
    }
  });

  test("that is let through is one that PostgreSQL takes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const parsed = optionalText(1000).safeParse(text);
        if (!parsed.success || parsed.data === undefined) return;
        expect(parsed.data).not.toContain("\0");
        expect(Buffer.from(parsed.data, "utf8").toString("utf8")).toBe(parsed.data);
      }),
    );
  });
});

describe("a web address", () => {
  test.each([
    "https://example.org",
    "https://example.org:8080/a/b?c=d&e=%20#f",
    "https://мвд.рф/rkl",
    "https://[2001:db8::1]/",
    `https://example.org/${"a".repeat(1980)}`,
  ])("%s", (address) => {
    expect(optionalUrl.parse(` ${address} `)).toBe(address);
  });

  test.each([
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "\u0001javascript:alert(1)",
    "data:text/html,<script>",
    "//example.org",
    "https:example.org",
    "https://",
    "https:// example.org",
    "https://exa mple.org",
    "https://example.org/a\tb",
    "https://example.org/\ud800",
    "mailto:a@example.org",
  ])("%j is none", (address) => {
    expect(code(optionalUrl, address)).toBe("not_a_web_address");
  });

  test("may be left out", () => {
    for (const blank of [undefined, null, "  "]) expect(optionalUrl.parse(blank)).toBeUndefined();
  });
});

describe("texts by language", () => {
  test("know every language of the product", () => {
    const all = Object.fromEntries(languages.map((language) => [language, `in ${language}`]));
    expect(texts(50, true).parse(all)).toEqual(all);
  });

  test("leave out what is blank or in another language", () => {
    expect(texts(50, true).parse({ en: "a", ru: "", ky: null, de: "b" })).toEqual({ en: "a" });
    expect(texts(50, false).parse({})).toEqual({});
    expect(texts(50, false).parse(undefined)).toEqual({});
  });

  test("are refused as a whole or by language", () => {
    const required = z.object({ what: texts(5, true) });
    const refused = (what: unknown) => fieldsOf(required.safeParse({ what }).error ?? new z.ZodError([]));
    expect(refused({})).toEqual({ what: "required" });
    expect(refused(undefined)).toEqual({ what: "required" });
    expect(refused("text")).toEqual({ what: "not_text" });
    expect(refused({ en: "a", ru: "длинно", tg: 5 })).toEqual({ "what.ru": "too_long", "what.tg": "not_text" });
  });
});

test("of several refusals of one field the first is told", () => {
  const schema = z.object({ a: z.object({ b: z.string().min(3, "first").regex(/x/, "second") }), c: z.array(z.number("third")) });
  const parsed = schema.safeParse({ a: { b: "" }, c: [1, "2"] });
  expect(parsed.error && fieldsOf(parsed.error)).toEqual({ "a.b": "first", "c.1": "third" });
});

describe("a text that nobody can see or that turns others round", () => {
  test.each(["\u200b", "\u200b \u00ad", "\ufe0f"])("%j counts as not given", (text) => {
    expect(requiredText(10).safeParse(text).error?.issues[0]?.message).toBe("required");
    expect(optionalText(10).parse(text)).toBeUndefined();
  });

  test.each(["back\u202ewards", "\u2066isolated", "\u202e"])("%j is refused", (text) => {
    expect(requiredText(100).safeParse(text).error?.issues[0]?.message).toBe("unreadable_characters");
  });
});
