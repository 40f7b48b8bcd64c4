export type MediaType = "application/pdf" | "image/png" | "image/jpeg";

/** What is known of a stored copy; `copyId` is the SHA-256 of its bytes, hexadecimal, `size` their number. */
export type CopyFacts = { copyId: string; mediaType: MediaType; size: number; storedAt: Date };

/** The most bytes that a stored copy may have: 10 MB. */
export const MAX_COPY_BYTES = 10 * 1024 * 1024;

const ENDINGS: Record<MediaType, string> = { "application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg" };

/** The name under which a browser keeps the copy of a source; made from the source's id alone. */
export const copyName = (sourceId: string, mediaType: MediaType) => `muhlat-${sourceId}.${ENDINGS[mediaType]}`;
