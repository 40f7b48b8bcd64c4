import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";

/** A private Ed25519 key; `name` is its public half, 32 bytes in base64url. */
export type SigningKey = { name: string; sign: (text: string) => string };

/** Makes a private key: PKCS #8 (DER) in base64. */
export const newPrivateKey = (): string =>
  generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");

/** @param secret a private key as `newPrivateKey` writes it */
export function signingKey(secret: string): SigningKey {
  const key = createPrivateKey({ key: Buffer.from(secret, "base64"), format: "der", type: "pkcs8" });
  return {
    name: String(key.export({ format: "jwk" }).x),
    sign: (text) => sign(null, Buffer.from(text), key).toString("base64"),
  };
}
