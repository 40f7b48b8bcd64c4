import { encode } from "uqr";

/** A QR code as the path of an SVG: a square of 1 for each dark module, in a picture of `size` by `size`. */
export type Drawn = { size: number; path: string };

/** Draws a text as a QR code, with the quiet border of two modules that phones ask for at least. */
export function drawnCode(text: string): Drawn {
  const { data, size } = encode(text, { ecc: "M", border: 2 });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: squares.join("") };
}
