import { Secret, TOTP } from "otpauth";

/** Length of a step of RFC 6238 and how many before and after are taken too: phones' clocks go wrong by some seconds. */
const STEP_SECONDS = 30;
const STEPS_AROUND = 1;

const totpOf = (secret: string, email = ""): TOTP =>
  new TOTP({
    issuer: "Muhlat",
    label: email,
    // What every authenticator app knows; others would be shown by some and computed wrongly by others.
    algorithm: "SHA1",
    digits: 6,
    period: STEP_SECONDS,
    secret: Secret.fromBase32(secret),
  });

/** A new secret to share with an authenticator app: 160 random bits, base32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

/** What the QR code says to an app. */
export const addressOfSecret = (secret: string, email: string): string => totpOf(secret, email).toString();

/** The code of an instant; what the app shows then. @param at milliseconds since 1970 */
export const codeAt = (secret: string, at: number): string => totpOf(secret).generate({ timestamp: at });

/**
 * The number of the step whose code this is, among the present one and its neighbours; undefined for a wrong code.
 * Compared in constant time.
 * @param now milliseconds since 1970
 */
export function stepOfCode(secret: string, code: unknown, now: number): number | undefined {
  const digits = typeof code === "string" ? code.replaceAll(/\s/g, "") : "";
  if (!/^\d{6}$/.test(digits)) return undefined;
  const steps = totpOf(secret).validate({ token: digits, timestamp: now, window: STEPS_AROUND });
  return steps === null ? undefined : Math.floor(now / 1000 / STEP_SECONDS) + steps;
}
