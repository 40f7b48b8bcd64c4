import { crc32 } from "node:zlib";
import { MAX_COPY_BYTES, type MediaType } from "./rules";

/** A file as a row of bytes that is read like a text of single characters. */
const latin = (bytes: Uint8Array, from = 0, to = bytes.length) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1", Math.max(from, 0), to);

/** A PDF begins with its header and ends, as readers ask, with %%EOF within the last 1,024 bytes. */
function isPdf(bytes: Uint8Array): boolean {
  if (!/^%PDF-[12]\.\d[\r\n %]/.test(latin(bytes, 0, 16))) return false;
  const end = /startxref\s+(\d+)\s+%%EOF/.exec(latin(bytes, bytes.length - 1024 - 64));
  return end !== null && Number(end[1]) < bytes.length;
}

const PNG = "\x89PNG\r\n\x1a\n";

/** A PNG is its signature and chunks, each with its sum: IHDR first, IDAT among them, IEND last with nothing behind. */
function isPng(bytes: Uint8Array): boolean {
  if (latin(bytes, 0, 8) !== PNG) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let drawn = false;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = latin(bytes, at + 4, at + 8);
    const end = at + 12 + length;
    if (end > bytes.length || crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) return false;
    if (at === 8 && (type !== "IHDR" || length !== 13 || view.getUint32(16) === 0 || view.getUint32(20) === 0)) return false;
    if (type === "IDAT") drawn = true;
    if (type === "IEND") return drawn && end === bytes.length;
    at = end;
  }
  return false;
}

/** Markers of JPEG that say how large the picture is. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** A JPEG is its start, segments among which one gives the size, a scan, and its end; telephones add notes of their own behind that. */
function isJpeg(bytes: Uint8Array): boolean {
  if (latin(bytes, 0, 3) !== "\xff\xd8\xff") return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let sized = false;
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = view.getUint8(at + 1);
    const length = view.getUint16(at + 2);
    if (view.getUint8(at) !== 0xff || marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd9) || length < 2) return false;
    if (isFrame(marker)) {
      if (at + 9 > bytes.length || view.getUint16(at + 5) === 0 || view.getUint16(at + 7) === 0) return false;
      sized = true;
    }
    at += 2 + length;
    // Within a scan FF D9 is written otherwise, so where it stands the picture is whole.
    if (marker === 0xda) return sized && latin(bytes, at).includes("\xff\xd9");
  }
  return false;
}

/**
 * What a file is by its content, from its first byte to its end; never by its name or what was said of it.
 * @returns undefined for anything but a whole PDF, PNG or JPEG
 */
export function recognised(bytes: Uint8Array): MediaType | undefined {
  if (isPdf(bytes)) return "application/pdf";
  if (isPng(bytes)) return "image/png";
  return isJpeg(bytes) ? "image/jpeg" : undefined;
}

/** Names of a PDF that is locked, runs a program or starts one. */
const NOT_PLAIN = /\/(?:Encrypt|JavaScript|Launch)(?![A-Za-z])/;

/** Why a file cannot be a stored copy, by its code; undefined when it can. */
export function copyRefusal(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return "empty_file";
  if (bytes.length > MAX_COPY_BYTES) return "file_too_large";
  const mediaType = recognised(bytes);
  if (!mediaType) return "unknown_kind_of_file";
  return mediaType === "application/pdf" && NOT_PLAIN.test(latin(bytes)) ? "document_not_plain" : undefined;
}
