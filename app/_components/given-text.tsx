import { LANGUAGES } from "@/lib/i18n/languages";
import { textIn, type Words } from "@/lib/i18n/words";

/** A text that staff gave, in the reader's language or, marked, in the one it exists in. */
export function GivenText({ texts, words }: { texts: Parameters<typeof textIn>[0]; words: Words }) {
  const found = textIn(texts, words.language);
  if (!found) return null;
  if (found.language === words.language) return <>{found.text}</>;
  return (
    <>
      <span lang={found.language}>{found.text}</span>{" "}
      <small className="aside">({words.t("site.otherLanguage", { language: LANGUAGES[found.language].name })})</small>
    </>
  );
}
