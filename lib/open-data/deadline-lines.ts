import { lastMoments, whomInWords } from "../deadlines/in-words";
import { type Deadline, lastDay, stateOf, type Texts } from "../deadlines/rules";
import { LANGUAGES } from "../i18n/languages";
import { textIn, type Words } from "../i18n/words";

/** One line of an entry; `language` where it is another than the file's. */
export type Line = { text: string; language?: string };

function given(name: string, texts: Texts, words: Words): Line[] {
  const found = textIn(texts, words.language);
  if (!found) return [];
  if (found.language === words.language) return [{ text: `${name}: ${found.text}` }];
  const told = words.t("site.otherLanguage", { language: LANGUAGES[found.language].name });
  return [{ text: `${name} (${told}):` }, { text: found.text, language: found.language }];
}

/** What has become of a deadline because of others of its chain, or of its own word. */
function fate(deadline: Deadline, next: Deadline | undefined, { t, day }: Words): Line[] {
  if (deadline.cancelled || next?.cancelled) return [{ text: t("deadline.cancelled") }];
  return next ? [{ text: t("deadline.extended", { day: day(lastDay(next)) }) }] : [];
}

/**
 * All that a deadline says, the same at any time: no days are counted.
 * @param others of its chain: those it replaced, and the one that replaces it
 * @param zone where the reader's capital is
 */
export function deadlineLines(
  deadline: Deadline,
  { replaced, next }: { replaced: readonly Deadline[]; next?: Deadline | undefined },
  zone: string | undefined,
  words: Words,
): Line[] {
  const { t, day } = words;
  const measure = t(`measures.${deadline.measure}`).toLocaleLowerCase(words.language);
  const chain = [deadline, ...replaced];
  const moved = replaced.filter((d) => stateOf(d, chain, d.endsAt).state === "extended");
  const reported = deadline.scopeAsReported ? ` (${t("deadline.asReported")})` : "";
  return [
    ...fate(deadline, next, words),
    ...lastMoments(deadline, zone, words).map((text) => ({ text: `${t("calendar.lastMoment")}: ${text}` })),
    { text: deadline.dayCounts ? t("deadline.dayCounts") : t("deadline.dayDoesNotCount", { day: day(deadline.fallsOn) }) },
    { text: `${t("deadline.binds")}: ${whomInWords(deadline, words)} · ${t("deadline.list", { measure })}${reported}` },
    ...given(t("deadline.consequence"), deadline.consequence, words),
    ...given(t("deadline.afterwards"), deadline.afterwards, words),
    ...given(t("deadline.basis"), deadline.basis, words),
    ...(deadline.basisUrl ? [{ text: deadline.basisUrl }] : []),
    ...moved.map((d) => ({ text: `${t("deadline.before")}: ${t("deadline.replaced", { day: day(lastDay(d)) })}` })),
  ];
}
