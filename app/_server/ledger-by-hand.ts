import { entryText, headText, pemOf, type SealedEntry, type SignedHead } from "@/lib/ledger/chain";

/** Names that are the same in every language. */
export const NAMES = { system: "Linux", kind: "Ed25519", content: "content_hash", row: "row_hash", previous: "previous" } as const;

/** How everything is checked, with a head that was kept. */
export const commandForAll = (origin: string): string =>
  [
    `curl -O ${origin}/data/muhlat.zip`,
    `npm run ledger:verify -- --package muhlat.zip --head head.json --head ${origin}/api/v1/ledger/head`,
  ].join("\n");

/** A text as a shell takes it to the letter. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** The commands that check a figure's content, its entry, and the signature of a head: each with what it must answer. */
export const commandsOf = ({ content, ...entry }: SealedEntry, head: SignedHead) => ({
  content: { asked: `printf %s ${quoted(content ?? "")} | sha256sum`, answer: `${entry.content_hash}  -` },
  entry: { asked: `printf %s ${quoted(entryText(entry))} | sha256sum`, answer: `${entry.hash}  -` },
  signature: {
    asked: [
      `printf %s ${quoted(headText(head))} > head.txt`,
      `printf %s ${quoted(head.signature)} | base64 -d > head.signature`,
      `printf %s ${quoted(pemOf(head.key))} > head.key`,
      "openssl pkeyutl -verify -pubin -inkey head.key -rawin -in head.txt -sigfile head.signature",
    ].join("\n"),
    answer: "Signature Verified Successfully",
  },
});
