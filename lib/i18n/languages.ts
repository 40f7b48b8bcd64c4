/** The five languages, in the order the switch shows them, each by its own name. */
export const LANGUAGES = {
  ky: { name: "Кыргызча" },
  tg: { name: "Тоҷикӣ" },
  uz: { name: "Oʻzbekcha" },
  ru: { name: "Русский" },
  en: { name: "English" },
} as const;

export type Language = keyof typeof LANGUAGES;

export const languages = Object.keys(LANGUAGES) as [Language, ...Language[]];

export function isLanguage(code: string): code is Language {
  return Object.hasOwn(LANGUAGES, code);
}

/**
 * The language that suits an Accept-Language header best, by its weights; English when none does.
 * The header is a stranger's: at most its first 20 entries are looked at.
 */
export function languageFor(acceptLanguage: string | null | undefined): Language {
  const wanted = (acceptLanguage ?? "")
    .split(",", 20)
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const q = parameters.find((p) => p.trim().startsWith("q="));
      return { language: tag.trim().toLowerCase().split("-")[0] ?? "", weight: q ? Number(q.trim().slice(2)) || 0 : 1 };
    })
    .filter((w) => w.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of wanted) if (isLanguage(language)) return language;
  return "en";
}
