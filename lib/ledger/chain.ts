import { createHmac, createPublicKey, hash, verify } from "node:crypto";

/** SHA-256 in hexadecimal. */
export const sha256 = (text: string): string => hash("sha256", text, "hex");

/** What stands before the first entry. */
export const NOTHING_BEFORE = "0".repeat(64);

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** The one text of a value (RFC 8785): names in order, nothing between the parts. Numbers of ours are whole or short fractions. */
export function canonical(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const parts = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${parts.map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`).join(",")}}`;
}

/** What an entry is about; a later kind may be added, none is taken away. */
export const KINDS = ["key", "countries", "sources", "snapshots", "deadlines", "events", "contacts", "acts"] as const;
export type Kind = (typeof KINDS)[number];

/** An entry as it is hashed. Hashes are hexadecimal; `previous` is that of the entry before. */
export type Entry = {
  n: number;
  kind: Kind;
  id: string;
  revision: number;
  content_hash: string | null;
  row_hash: string | null;
  previous: string;
};

/** With its hash, and the text that its content_hash is of; null where nothing of it is public. */
export type SealedEntry = Entry & { hash: string; content: string | null };

/** The text whose SHA-256 is an entry's hash. */
export const entryText = ({ n, kind, id, revision, content_hash, row_hash, previous }: Entry): string =>
  canonical({ n, kind, id, revision, content_hash, row_hash, previous });

/**
 * The hash of a whole row, which is published although the row is not: without the salt nobody can try out what it says.
 * The salt of one row may be shown to prove it, and tells nothing of another's.
 * @param row as lib/ledger/sealed.ts writes it
 */
export function rowHash(secret: Buffer, kind: Kind, id: string, revision: number, row: string): string {
  const salt = createHmac("sha256", secret)
    .update(canonical([kind, id, revision]))
    .digest("hex");
  return sha256(salt + row);
}

/** The end of the chain at an instant (ISO 8601, UTC, milliseconds): `hash` is that of entry `n`. */
export type Head = { n: number; hash: string; key: string; sealed_at: string };
/** With the signature of its key, in base64. */
export type SignedHead = Head & { signature: string };

/** The text that is signed. */
export const headText = ({ n, hash, key, sealed_at }: Head): string => canonical({ n, hash, key, sealed_at });

/** What announces a key: the one before and its signature, where there are such. */
export type KeyContent = { key: string; before?: string; signature?: string };

/** The text that the key before signs. */
export const keyText = (key: string, before: string): string => canonical({ key, before });

const publicKey = (key: string) => createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: key }, format: "jwk" });

/** A public key as OpenSSL reads it. */
export const pemOf = (key: string): string => publicKey(key).export({ type: "spki", format: "pem" }).toString();

/** Whether a key (base64url) signed a text; false too where either is none. */
export function isSigned(text: string, signature: string, key: string): boolean {
  try {
    return verify(null, Buffer.from(text), publicKey(key), Buffer.from(signature, "base64"));
  } catch {
    return false;
  }
}
