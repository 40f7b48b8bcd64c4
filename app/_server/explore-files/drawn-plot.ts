import { type Element, escaped, type Piece, tag } from "./markup";

/** What a drawing needs of the attributes that a page has; by which of them places are measured across. */
const KEPT = new Set(["class", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d", "dy", "text-anchor"]);
const ACROSS = new Set(["x", "x1", "x2", "cx"]);
/** What only a page in use needs. */
const UNSEEN = new Set(["hit"]);

/** How wide the numbers at the side and the names beside the last figures stand; how far from the plot. */
const BESIDE = { scale: 58, names: 112, gap: 10 };

/** Pixels of a place that a page gives in percent of its width. */
const placed = (value: string, width: number) => (value.endsWith("%") ? String(Math.round(Number.parseFloat(value) * width) / 100) : value);

/** Pieces of a page's drawing, measured in pixels: drawing programs and browsers disagree on percents within drawings. */
function measured(pieces: readonly Piece[], width: number, origin: string): string {
  return pieces
    .map((piece) => {
      if (typeof piece === "string") return escaped(piece);
      const { name, attributes } = piece;
      if (UNSEEN.has(attributes.class ?? "")) return "";
      const inside = measured(piece.pieces, width, origin);
      if (name === "a") return tag("a", { href: new URL(attributes.href ?? "", origin).href }, inside);
      if (name === "svg") return tag("g", { transform: `translate(${placed(attributes.x ?? "0", width)} ${attributes.y ?? "0"})` }, inside);
      const kept = Object.entries(attributes).filter(([key]) => KEPT.has(key));
      return tag(name, Object.fromEntries(kept.map(([key, value]) => [key, ACROSS.has(key) ? placed(value, width) : value])), inside);
    })
    .join("");
}

/** A sign of a chart's key. */
export const drawnSign = (sign: Element, x: number, y: number): string =>
  tag("g", { transform: `translate(${x} ${y})` }, measured(sign.pieces, 0, ""));

/**
 * A plot of a page (`div.plot`): numbers at its side, the plot, names beside it.
 * @param width of the whole, in pixels
 * @param origin what stands before its links
 */
export function drawnPlot(plot: Element, left: number, top: number, width: number, origin: string): { drawn: string; height: number } {
  const drawings = plot.pieces.filter((piece): piece is Element => typeof piece !== "string" && piece.name === "svg");
  const above = drawings.find(({ attributes }) => attributes.class === "above");
  const parts = drawings.filter((part) => part !== above);
  const room = Number(above?.attributes.height ?? 0);
  const wide = (part: Element) => {
    const name = part.attributes.class;
    return name === "scale" || name === "names" ? BESIDE[name] : undefined;
  };
  const rest = width - parts.reduce((sum, part) => sum + (wide(part) ?? 0), 0) - BESIDE.gap * (parts.length - 1);
  let x = left;
  const drawn = parts.map((part) => {
    const own = wide(part) ?? rest;
    const at = { class: part.attributes.class, transform: `translate(${x} ${top + room})` };
    x += own + BESIDE.gap;
    return tag("g", at, measured(part.pieces, own, origin));
  });
  const height = Math.max(...parts.map((part) => Number(part.attributes.height ?? 0)));
  return { drawn: tag("g", { "font-size": 12 }, drawn.join("")), height: room + height };
}
