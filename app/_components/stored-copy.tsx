import type { CopyFacts } from "@/lib/copies/rules";
import type { Words } from "@/lib/i18n/words";

const KINDS = { "application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG" } as const;

/** A number of bytes as people say it. */
export function sizeInWords(bytes: number, { t, decimal }: Words): string {
  return bytes < 1024 * 1024
    ? t("copies.kilobytes", { size: decimal(Math.max(bytes / 1024, 0.1)) })
    : t("copies.megabytes", { size: decimal(bytes / 1024 / 1024) });
}

/** The kind and size of a stored copy: "PDF, 1.2 MB". */
export const kindAndSize = (copy: CopyFacts, words: Words) => `${KINDS[copy.mediaType]}, ${sizeInWords(copy.size, words)}`;

/** The way to the stored copy of a source, with what proves that it is the same document; nothing where there is none to show. */
export function StoredCopy({ copy, address, words }: { copy: CopyFacts | undefined; address: string; words: Words }) {
  if (!copy) return null;
  return (
    <p>
      <a href={address}>{words.t("copies.stored", { kind: kindAndSize(copy, words) })}</a>{" "}
      <small className="aside">
        {words.t("copies.keptSince", { instant: words.instant(copy.storedAt) })}, {words.t("copies.hash")} <code>{copy.copyId}</code>
      </small>
    </p>
  );
}
