import { drawnPlot, drawnSign } from "./drawn-plot";
import { type Element, escaped, type Piece, tag, textOf } from "./markup";
import type { pictureStyles } from "./picture-styles";

/** How wide a picture is drawn, and how wide it is shown: what is 12 high on a page is 18 here. */
const WIDTH = 800;
export const SHOWN_WIDTH = 1200;
const MARGIN = 24;
const INNER = WIDTH - 2 * MARGIN;

/** How letters look; they are as wide as this part of their height, in the widest font that may stand in for ours (DejaVu Sans). */
type Look = { size: number; colour: string; weight?: 400 | 600 };
const LETTER = { 400: 0.61, 600: 0.67 };
const FONTS = "Noto Sans, system-ui, sans-serif";

const fits = ({ size, weight = 400 }: Look, width: number) => Math.floor(width / (size * LETTER[weight]));

/** A text in lines of at most so many letters, broken at spaces; what is longer by itself, such as an address, is cut. */
function inLines(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/[ \n\t]+/).filter((part) => part !== ""))
    for (const part of word.match(new RegExp(`.{1,${letters}}`, "gu")) ?? []) {
      const line = lines.at(-1);
      if (line !== undefined && line.length + 1 + part.length <= letters) lines[lines.length - 1] = `${line} ${part}`;
      else lines.push(part);
    }
  return lines;
}

export type Picture = {
  title: string;
  /** What the page shows, as it is sent. */
  body: readonly Piece[];
  /** What stands at the foot: who said it, what was known when, and the address of the same for ever. */
  foot: readonly string[];
  address: string;
  origin: string;
};

/** A page's charts with their words as one picture that needs nothing beside it, beneath each other on a fixed width. */
export function laidOut({ title, body, foot, address, origin }: Picture, { sheet, colour }: ReturnType<typeof pictureStyles>): string {
  const drawn: string[] = [];
  let y = MARGIN;
  const quiet: Look = { size: 13, colour: colour("quiet") };
  const write = (text: string, look: Look, left = 0) => {
    const { size, weight = 400 } = look;
    for (const line of inLines(text, fits(look, INNER - left))) {
      y += Math.round(size * 1.4);
      const at = { x: MARGIN + left, y: y - Math.round(size * 0.35), "font-size": size, "font-weight": weight, fill: look.colour };
      drawn.push(tag("text", at, escaped(line)));
    }
  };
  /** The signs of a key, as many in a line as there is room for. */
  const key = (signs: readonly Element[]) => {
    let x = INNER;
    y += 4;
    for (const sign of signs) {
      const text = textOf(sign).trim();
      const width = 20 + text.length * quiet.size * LETTER[400] + 16;
      if (x + width > INNER) {
        x = 0;
        y += 20;
      }
      const picture = childrenOf(sign, "svg")[0];
      if (picture) drawn.push(drawnSign(picture, MARGIN + x, y - 16));
      drawn.push(tag("text", { x: MARGIN + x + 20, y: y - 5, "font-size": quiet.size, fill: quiet.colour }, escaped(text)));
      x += width;
    }
  };
  const lay = (pieces: readonly Piece[]): void => {
    for (const piece of pieces) {
      if (typeof piece === "string" || "hidden" in piece.attributes) continue;
      const { name, attributes } = piece;
      const classes = (attributes.class ?? "").split(" ");
      if (name === "div" && classes.includes("plot")) {
        const { drawn: plot, height } = drawnPlot(piece, MARGIN, y + 8, INNER, origin);
        drawn.push(tag("g", { class: "trend" }, plot));
        y += 8 + height;
      } else if (name === "ul" && classes.includes("key")) key(childrenOf(piece, "li"));
      else if (name === "ol") childrenOf(piece, "li").forEach((item, index) => void write(`${index + 1}. ${textOf(item)}`, quiet));
      else if (name === "h3") {
        y += 16;
        write(textOf(piece), { size: 17, colour: colour("ink"), weight: 600 });
      } else if (name === "li") write(textOf(piece), { size: 14, colour: colour("ink"), weight: 600 });
      else if (name === "p") write(textOf(piece), classes.includes("nothing") ? { size: 14, colour: colour("ink") } : quiet);
      else lay(piece.pieces);
    }
  };
  write(title, { size: 20, colour: colour("ink"), weight: 600 });
  y += 4;
  lay(body);
  y += 14;
  drawn.push(tag("line", { x1: MARGIN, x2: WIDTH - MARGIN, y1: y, y2: y, stroke: colour("line") }, ""));
  y += 4;
  for (const line of foot) write(line, quiet);
  const before = drawn.length;
  write(address, quiet);
  drawn.push(tag("a", { href: address }, drawn.splice(before).join("")));
  y += MARGIN;
  const height = Math.round((y * SHOWN_WIDTH) / WIDTH);
  const inside = `<title>${escaped(title)}</title><style>${sheet}</style>${tag("rect", { width: WIDTH, height: y, fill: colour("paper") }, "")}${drawn.join("\n")}`;
  const whole = {
    xmlns: "http://www.w3.org/2000/svg",
    width: SHOWN_WIDTH,
    height,
    viewBox: `0 0 ${WIDTH} ${y}`,
    "font-family": FONTS,
    role: "img",
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag("svg", whole, inside)}\n`;
}

const childrenOf = (element: Element, name: string) =>
  element.pieces.filter((piece): piece is Element => typeof piece !== "string" && piece.name === name);
