import { createHash, randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

// OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The argon2id hash of a password, with its salt and cost inside. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize("NFKC"), COST);

/** Whether the password is the one that was hashed. */
export const isPassword = (passwordHash: string, password: string): Promise<boolean> => verify(passwordHash, password.normalize("NFKC"));

/** A new secret for a cookie or a link: 256 random bits. The database keeps only `hashToken` of it. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** SHA-256, hex: enough for a token that nobody can guess. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");
