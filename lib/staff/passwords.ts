import { createHash, randomBytes } from "node:crypto";
import { hash, hashRaw, verify } from "@node-rs/argon2";
import { hashingDoor } from "../sign-in/hashing";

// OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The argon2id hash of a password, with its salt and cost inside; for those only who hold a link or a session. */
export const hashPassword = (password: string): Promise<string> => hashingDoor.through(() => hash(password.normalize("NFKC"), COST), true);

/** Whether the password is the one that was hashed; asked behind the door (lib/sign-in/hashing.ts). */
export const isPassword = (passwordHash: string, password: string): Promise<boolean> => verify(passwordHash, password.normalize("NFKC"));

/**
 * The argon2id hash of a recovery code, hex, with a salt that all codes of one making share: one hash finds the right one.
 * @param invited whether its person is making codes, and not trying one
 * @throws Busy
 */
export const hashCode = async (code: string, salt: string, invited = false): Promise<string> => {
  const raw = await hashingDoor.through(() => hashRaw(code, { ...COST, salt: Buffer.from(salt, "hex") }), invited);
  return raw.toString("hex");
};

/** A new secret for a cookie or a link: 256 random bits. The database keeps only `hashToken` of it. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** SHA-256, hex: enough for a token that nobody can guess. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");
