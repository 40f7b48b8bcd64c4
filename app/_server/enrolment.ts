import { addressOfSecret, newSecret } from "@/lib/sign-in/codes";
import type { Session } from "@/lib/sign-in/read";
import { SESSION } from "@/lib/sign-in/rules";
import { sealNote, unsealNote } from "@/lib/sign-in/seal";
import type { FormState } from "./form";
import { type Drawn, drawnCode } from "./qr";

/** A key for an authenticator app as it is offered: to be scanned, to be typed, and sealed to come back with the code. */
export type Offer = { sealed: string; key: string; picture: Drawn };

/** What a form shows that sets a factor up: the key once more where the code was wrong, the recovery codes where it was right. */
export type EnrolState = FormState & { offer?: Offer; enrolled?: { codes: string[] } };

const shown = (secret: string, email: string, sealed: string): Offer => ({
  sealed,
  key: secret.replaceAll(/(.{4})(?=.)/g, "$1 "),
  picture: drawnCode(addressOfSecret(secret, email)),
});

/** A new key for somebody, which holds as long as they may take over it. Nothing is written until a code comes back. */
export function newOffer({ person }: Session): Offer {
  const secret = newSecret();
  return shown(secret, person.email, sealNote("enrolment", { secret, person: person.personId }, SESSION.halfMinutes * 60));
}

/** The key that a form brought back, if it was offered to this person and its time is not over. */
export function offered({ person }: Session, sealed: string | undefined): { secret: string; offer: Offer } | undefined {
  const note = unsealNote("enrolment", sealed);
  if (!note?.secret || note.person !== person.personId) return undefined;
  return { secret: note.secret, offer: shown(note.secret, person.email, sealed ?? "") };
}

/**
 * Whether this session may change how its person signs in: it is whole and begun lately, or has nothing else to do.
 * Never one that still owes a second factor: it knows no more than a password, and would set up a factor of its own.
 */
export const mayChangeFactors = ({ stage, fresh }: Session): boolean => fresh && stage !== "second_factor";
