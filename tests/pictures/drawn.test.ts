import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Picture, pictureOf } from "@/app/_components/picture-in-words";
import { drawPicture } from "@/app/_server/share-picture";
import { countryCodes } from "@/lib/countries/rules";
import { chainsFor } from "@/lib/deadlines/rules";
import { type Language, languages } from "@/lib/i18n/languages";
import { MESSAGES } from "@/lib/i18n/translator";
import { wordsFor } from "@/lib/i18n/words";
import { newestFigure } from "@/lib/snapshots/rules";
import { april, deadline, september } from "../deadlines/deadlines";
import { figureOf } from "../snapshots/statements";
import { coloursIn, decodePng } from "./png";

// The drawing program asks a host elsewhere for letters it lacks; nothing of ours may ever be asked there.
const asked: string[] = [];
beforeAll(() => {
  const real = globalThis.fetch;
  vi.stubGlobal("fetch", (address: string | URL) => {
    // It carries a part of itself along as such an address.
    if (String(address).startsWith("data:")) return real(address);
    asked.push(String(address));
    return Promise.reject(new Error("no network here"));
  });
});
afterAll(() => vi.unstubAllGlobals());

const PAPER = 0xfbfaf7;
const cancelled = deadline("gone", "2025-09-10", { replaces: "april", cancelled: true, knownFrom: september.knownFrom });
const CASES = {
  ahead: { deadlines: [april], at: "2025-03-01T12:00:00Z" },
  "last days": { deadlines: [april], at: "2025-04-28T12:00:00Z" },
  today: { deadlines: [april], at: "2025-04-30T12:00:00Z" },
  extended: { deadlines: [april, september], at: "2025-08-01T12:00:00Z" },
  passed: { deadlines: [april, september], at: "2026-11-25T12:00:00Z" },
  cancelled: { deadlines: [april, cancelled], at: "2025-08-01T12:00:00Z" },
  none: { deadlines: [], at: "2025-08-01T12:00:00Z" },
};

const figures = [figureOf("2025-07-01/2025-08-05", { qualifier: "between", low: 1_113_000, high: 1_139_999 })];

/** The country whose name is the longest. */
const longest = (language: Language) =>
  countryCodes.reduce((a, b) => (wordsFor(language).country(a).length >= wordsFor(language).country(b).length ? a : b));

describe.each(languages)("in %s", (language) => {
  test.each(Object.entries(CASES))("%s: 1200 by 630, with writing, and nothing cut at its sides", async (_state, { deadlines, at }) => {
    const now = new Date(at);
    const words = wordsFor(language);
    const picture = {
      ...pictureOf("KG", chainsFor(deadlines, "KG", now)[0], newestFigure(figures)?.figure, now, words),
      country: words.country(longest(language)),
    };
    const drawn = decodePng(await drawPicture(picture));
    expect(drawn).toMatchObject({ width: 1200, height: 630 });
    expect(coloursIn(drawn, [86, 40], [1136, 590]).size).toBeGreaterThan(50);
    for (const [from, to] of [
      [
        [1137, 0],
        [1200, 630],
      ],
      [
        [22, 0],
        [1200, 40],
      ],
      [
        [22, 600],
        [1200, 630],
      ],
      [
        [22, 0],
        [78, 630],
      ],
    ] as [[number, number], [number, number]][])
      expect([...coloursIn(drawn, from, to)]).toEqual([PAPER]);
    expect(asked).toEqual([]);
  });
});

/** Every letter that a picture in some language can have, other than those of plain English. */
function lettersUsed(): string[] {
  const used = new Set<string>();
  const add = (text: string) => {
    for (const letter of text) if (/[^\s -~\u00a0{}#]/u.test(letter)) used.add(letter);
  };
  for (const language of languages) {
    const { country, day } = wordsFor(language);
    for (const code of countryCodes) add(country(code));
    for (let month = 1; month <= 12; month += 1) add(day(`2025-${String(month).padStart(2, "0")}-10`));
    const { picture, deadline: said, figure, measures, site } = MESSAGES[language];
    for (const text of [picture, said, figure, { name: site.name, gray: measures.gray_list }].flatMap((part) => Object.values(part)))
      if (typeof text === "string") add(text);
  }
  return [...used].sort();
}

const alone = (letter: string): Picture => ({ name: "", country: letter, state: "none", heading: "", date: letter, lines: [letter] });
const bytesOf = async (letter: string) => Buffer.from(await drawPicture(alone(letter))).toString("base64");

test("every letter of the five languages is drawn as itself, and none as the box of a missing one", async () => {
  const letters = [...new Set([...lettersUsed(), ..."ӨҮҢҲҶӮҒҚөүңҳҷӯғқʻʼ"])];
  const boxes = new Set([await bytesOf("\ue000"), await bytesOf("\ue001")]);
  expect(boxes.size).toBe(1);
  asked.length = 0;
  const drawn = new Map<string, string>();
  for (const letter of letters) {
    const bytes = await bytesOf(letter);
    expect(boxes.has(bytes), letter).toBe(false);
    drawn.set(letter, bytes);
  }
  expect(asked).toEqual([]);
  // Letters of one shape in two alphabets may look alike; a letter and its neighbours with a tail or a bar may not.
  for (const [one, other] of ["ӨО", "ҮУ", "ҢН", "ҲХ", "ҶЧ", "ӮУ", "ҒГ", "ҚК", "ʻʼ"].map((pair) => [...pair]))
    expect(await bytesOf(one ?? "")).not.toBe(await bytesOf(other ?? ""));
}, 120_000);
