import { LANGUAGES, type Language } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { pageHeaders, styleHash } from "../policy";
import { Content, type Document } from "./document";

/** After a failure nobody asks the pages again for so long; milliseconds. */
const BACK_OFF = 1000;

/** Whether the pages may be asked: not right after they failed, and after that by one at a time until they answer. */
export class Trouble {
  #until: number | undefined;
  #tried = false;

  /** Whether they failed when they were asked last. */
  get known(): boolean {
    return this.#until !== undefined;
  }

  /** Whether somebody may ask now. Who does, says how it went: `over` or `begins`. */
  mayAsk(): boolean {
    if (this.#until === undefined) return true;
    if (this.#tried || performance.now() < this.#until) return false;
    this.#tried = true;
    return true;
  }

  begins(backOff = BACK_OFF): void {
    this.#until = performance.now() + backOff;
    this.#tried = false;
  }

  over(): void {
    this.#until = undefined;
    this.#tried = false;
  }
}

const MARKER = '<main id="content">';
const old = new WeakMap<Document, { rightAt: number; content: Content }>();

/** The document as it goes out when it cannot be asked for anew: a page says of when it is. */
export function asOfThen(document: Document, language: Language): Content {
  const { content, rightAt } = document;
  const html = content.body.toString();
  if (!html.includes(MARKER)) return content;
  const made = old.get(document);
  // Within the minute that is named it is the same.
  if (made && Math.floor(made.rightAt / 60_000) === Math.floor(rightAt / 60_000)) return made.content;
  const { t, instant } = wordsFor(language);
  const line = `<p class="band" role="status">${t("front.old", { instant: instant(new Date(rightAt)) })}</p>`;
  const marked = new Content(Buffer.from(html.replace(MARKER, MARKER + line)), content.headers);
  old.set(document, { rightAt, content: marked });
  return marked;
}

const LOOK = "body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}";

/** A short page for what was never kept: while nothing can be asked (`unavailable`), or too much is being asked (`busy`). */
export function insteadOf(why: "unavailable" | "busy", language: Language): { headers: Record<string, string>; body: string } {
  const { t } = wordsFor(language);
  const body = `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${t(`${why}.title`)} · ${t("site.name")}</title><style>${LOOK}</style></head><body><main id="content"><h1>${t(`${why}.title`)}</h1><p>${t(`${why}.text`)}</p><p><a href="/${language}" lang="${language}">${t("site.home")}</a> (${LANGUAGES[language].name})</p></main></body></html>`;
  return {
    headers: {
      ...pageHeaders("/", [styleHash(LOOK)]),
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "retry-after": why === "busy" ? "2" : "5",
    },
    body,
  };
}
