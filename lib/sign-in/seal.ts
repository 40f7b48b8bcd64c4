import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** What is sealed for one purpose opens for no other. */
export type Purpose = "authenticator" | "enrolment" | "passkey" | "provider" | "id token";

const IV_BYTES = 12;
const TAG_BYTES = 16;

function keyFor(purpose: Purpose): Buffer {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error("AUTH_SECRET is not set: start Muhlat with npm start");
  return Buffer.from(hkdfSync("sha256", secret, "", `muhlat ${purpose}`, 32));
}

/** Seals a text (AES-256-GCM) with a key made from AUTH_SECRET: who reads the database alone cannot open it. */
export function seal(purpose: Purpose, text: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyFor(purpose), iv, { authTagLength: TAG_BYTES });
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** The text that was sealed; undefined where it was changed, sealed for something else, or under another secret. */
export function unseal(purpose: Purpose, sealed: Buffer): string | undefined {
  if (sealed.length < IV_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", keyFor(purpose), sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}

/** Something to be carried by a browser for so long, which can neither read nor change it. */
export function sealNote(purpose: Purpose, note: Record<string, string>, seconds: number, now = Date.now()): string {
  return seal(purpose, JSON.stringify({ ...note, until: now + seconds * 1000 })).toString("base64url");
}

/** What a browser carried; undefined where it is not ours or its time is over. */
export function unsealNote(purpose: Purpose, sealed: string | undefined, now = Date.now()): Record<string, string> | undefined {
  const text = unseal(purpose, Buffer.from(sealed ?? "", "base64url"));
  if (text === undefined) return undefined;
  const { until, ...note } = JSON.parse(text) as Record<string, string> & { until: unknown };
  return typeof until === "number" && until > now ? note : undefined;
}
