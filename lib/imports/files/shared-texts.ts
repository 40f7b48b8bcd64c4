import { MOST_CHARACTERS, MOST_SHARED_TEXT, MOST_SHARED_TEXTS } from "./limits";
import { FileRefusal } from "./refusal";
import { readXml } from "./xml";

/** The text with the given number; undefined when there is none. */
export type SharedTexts = (index: number) => string | undefined;

/** Characters that the longest text can take in the file, where each may be written as `_x000D_`. */
const MOST_WRITTEN = 7 * MOST_CHARACTERS;

/** Gathers a text that may be in runs of different fonts; how it is pronounced is no part of it. */
export function textGatherer() {
  let text = "";
  let inText = false;
  let aside = 0;
  return {
    open: (name: string) => {
      if (name === "rPh") aside += 1;
      inText = name === "t" && aside === 0;
    },
    close: (name: string) => {
      if (name === "rPh") aside -= 1;
      inText = false;
    },
    text: (piece: string) => {
      if (inText && text.length <= MOST_WRITTEN) text += piece;
    },
    take: () => {
      const taken = unescaped(text);
      text = "";
      return taken;
    },
  };
}

/** Excel writes what XML cannot hold as `_x000D_`. */
export const unescaped = (text: string) =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/**
 * Reads the texts that cells refer to by number. They are kept as bytes in one piece, which takes
 * the least memory and none of the parser's.
 * @throws FileRefusal `too_much_inside`
 */
export async function readSharedTexts(pieces: AsyncIterable<Uint8Array>): Promise<SharedTexts> {
  let kept = Buffer.alloc(64 * 1024);
  let length = 0;
  let ends = new Uint32Array(1024);
  let count = 0;
  const gatherer = textGatherer();

  const add = (text: string) => {
    const needed = length + text.length * 3;
    if (count >= MOST_SHARED_TEXTS || needed > MOST_SHARED_TEXT) throw new FileRefusal("too_much_inside");
    if (needed > kept.length) kept = Buffer.concat([kept.subarray(0, length)], Math.max(kept.length * 2, needed));
    if (count >= ends.length) {
      const more = new Uint32Array(ends.length * 2);
      more.set(ends);
      ends = more;
    }
    length += kept.write(text, length);
    ends[count++] = length;
  };

  const reading = readXml(pieces, {
    open: gatherer.open,
    text: gatherer.text,
    close: (name) => {
      gatherer.close(name);
      // One character more than may be there is enough to refuse the cell that uses it.
      if (name === "si") add(gatherer.take().slice(0, MOST_CHARACTERS + 1));
    },
  });
  for await (const _ of reading);
  return (index) => (index in ends && index < count ? kept.toString("utf8", index === 0 ? 0 : ends[index - 1], ends[index]) : undefined);
}
