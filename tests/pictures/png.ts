import { inflateSync } from "node:zlib";

/** A picture as colours: four bytes a pixel, row by row. */
export type Pixels = { width: number; height: number; rgba: Uint8Array };

/** The closest of three neighbours, as PNG's fourth filter wants it. */
function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const a = Math.abs(guess - left);
  const b = Math.abs(guess - up);
  const c = Math.abs(guess - corner);
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** Decodes a PNG of eight-bit RGBA without interlacing; anything else is an error. */
export function decodePng(png: Uint8Array): Pixels {
  const bytes = Buffer.from(png);
  if (bytes.subarray(0, 8).toString("latin1") !== "\x89PNG\r\n\x1a\n") throw new Error("not a PNG");
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (bytes[24] !== 8 || bytes[25] !== 6 || bytes[28] !== 0) throw new Error("another kind of PNG");
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const row = width * 4;
  const rgba = new Uint8Array(row * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (row + 1)];
    for (let x = 0; x < row; x += 1) {
      const at = y * row + x;
      const left = x < 4 ? 0 : (rgba[at - 4] ?? 0);
      const up = y === 0 ? 0 : (rgba[at - row] ?? 0);
      const corner = x < 4 || y === 0 ? 0 : (rgba[at - row - 4] ?? 0);
      let guess = 0;
      if (filter === 1) guess = left;
      else if (filter === 2) guess = up;
      else if (filter === 3) guess = (left + up) >> 1;
      else if (filter === 4) guess = paeth(left, up, corner);
      rgba[at] = (raw[y * (row + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return { width, height, rgba };
}

/** The colours that occur in a part of a picture, as numbers: `0xrrggbb`. */
export function coloursIn({ width, rgba }: Pixels, from: [number, number], to: [number, number]): Set<number> {
  const found = new Set<number>();
  for (let y = from[1]; y < to[1]; y += 1)
    for (let x = from[0]; x < to[0]; x += 1) {
      const at = (y * width + x) * 4;
      found.add(((rgba[at] ?? 0) << 16) | ((rgba[at + 1] ?? 0) << 8) | (rgba[at + 2] ?? 0));
    }
  return found;
}
