import { createTranslator } from "use-intl/core";
import type { Language } from "./languages";
import en from "./messages/en.json" with { type: "json" };
import ky from "./messages/ky.json" with { type: "json" };
import ru from "./messages/ru.json" with { type: "json" };
import tg from "./messages/tg.json" with { type: "json" };
import uz from "./messages/uz.json" with { type: "json" };

/** Every text of the product; the English file decides which keys exist. */
export type Messages = typeof en;

export const MESSAGES: Record<Language, Messages> = { en, ru, ky, uz, tg };

/**
 * The translator of a language: `t("home.title")`, `t("age.days", { count: 3 })`.
 * A key or placeholder that does not exist is a type error, and at run time an exception.
 */
export function translator(language: Language) {
  return createTranslator<Messages>({
    locale: language,
    messages: MESSAGES[language],
    timeZone: "Europe/Moscow",
    onError: (error) => {
      throw error;
    },
  });
}

export type Translator = ReturnType<typeof translator>;
/** The name of a text. */
export type MessageKey = Parameters<Translator>[0];
