import path from "node:path";
import { renderAsync } from "@resvg/resvg-js";

const fontFile = (weight: string) =>
  path.join(process.cwd(), "node_modules", "@expo-google-fonts", "noto-sans", weight, `NotoSans_${weight}.ttf`);

/** The fonts that are brought along alone: what a picture says does not hang on the machine it is made on. */
const FONT = {
  loadSystemFonts: false,
  fontFiles: [fontFile("400Regular"), fontFile("600SemiBold")],
  defaultFontFamily: "Noto Sans",
};

/** So many pictures are made at a time; each takes a core, and tens of megabytes for many countries. */
const MOST_AT_ONCE = 2;
/** So many wait at most; more are told to come again. */
const MOST_WAITING = 12;
let atWork = 0;
const waiting: (() => void)[] = [];

/** So many pictures are asked for that another would have to wait too long. */
export class TooManyPictures extends Error {}

/** A drawing as PNG, at the size it says of itself. Made beside the thread that answers; when many are asked for, in turn. @throws TooManyPictures */
export async function pngOf(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  if (waiting.length >= MOST_WAITING) throw new TooManyPictures();
  if (atWork >= MOST_AT_ONCE) await new Promise<void>((begin) => waiting.push(begin));
  else atWork += 1;
  try {
    return new Uint8Array((await renderAsync(svg, { font: FONT })).asPng());
  } finally {
    const next = waiting.shift();
    if (next) next();
    else atWork -= 1;
  }
}
