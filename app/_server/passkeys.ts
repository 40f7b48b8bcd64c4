import { isIP } from "node:net";
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { staffDb } from "@/db/client";
import type { Words } from "@/lib/i18n/words";
import { ownFactors, type Session } from "@/lib/sign-in/read";
import { SESSION } from "@/lib/sign-in/rules";
import { sealNote, unsealNote } from "@/lib/sign-in/seal";
import type { Answered, Site } from "@/lib/sign-in/write";
import { originOf, readSettings } from "@/settings";

/** A challenge as a page carries it: for the browser, and sealed to come back with the answer. */
export type Challenge<Options> = { options: Options; sealed: string };

/** Whom passkeys are made for here; undefined where browsers know none: under a bare IP address, and without TLS but on this very machine. */
export function passkeySite(): Site | undefined {
  const { origin, hostname, protocol } = new URL(originOf(readSettings()));
  if (isIP(hostname) !== 0 || hostname.startsWith("[")) return undefined;
  return protocol === "https:" || hostname === "localhost" ? { origin, id: hostname } : undefined;
}

const sealed = (challenge: string, kind: "make" | "use", personId = "") =>
  sealNote("passkey", { challenge, kind, person: personId }, SESSION.halfMinutes * 60);

/** What a browser is asked to make a passkey of; nothing is written until it comes back. */
export async function toMake({ person }: Session): Promise<Challenge<PublicKeyCredentialCreationOptionsJSON> | undefined> {
  const site = passkeySite();
  if (!site) return undefined;
  const { passkeys } = await ownFactors(staffDb(), person.personId);
  const options = await generateRegistrationOptions({
    rpName: "Muhlat",
    rpID: site.id,
    userID: new TextEncoder().encode(person.personId),
    userName: person.email,
    userDisplayName: person.name,
    attestationType: "none",
    excludeCredentials: passkeys.map(({ credentialId }) => ({ id: credentialId })),
    // Found by the browser without a name, and never without asking whose hand it is in.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  return { options, sealed: sealed(options.challenge, "make", person.personId) };
}

/** What a browser is asked to answer with a passkey: with one of these where somebody gave their password, else with any. */
export async function toUse(session?: Session): Promise<Challenge<PublicKeyCredentialRequestOptionsJSON> | undefined> {
  const site = passkeySite();
  if (!site) return undefined;
  const own = session ? (await ownFactors(staffDb(), session.person.personId)).passkeys : [];
  if (session && own.length === 0) return undefined;
  const options = await generateAuthenticationOptions({
    rpID: site.id,
    userVerification: "required",
    allowCredentials: own.map(({ credentialId }) => ({ id: credentialId })),
  });
  return { options, sealed: sealed(options.challenge, "use", session?.person.personId) };
}

/** An answer with the challenge that was sealed for it; undefined where that is not ours, too old, or for something or somebody else. */
export function answered(kind: "make" | "use", sent: Record<string, string>, personId = ""): Answered | undefined {
  const site = passkeySite();
  const note = unsealNote("passkey", sent.sealed);
  if (!site || !note?.challenge || note.kind !== kind || note.person !== personId) return undefined;
  return { answer: sent.answer, challenge: note.challenge, site };
}

/** The texts of a button that asks for a passkey. */
export const passkeyTexts = ({ t }: Words, submit: string) => ({
  submit,
  noScript: t("signIn.passkeyNoScript"),
  failed: t("signIn.passkeyFailed"),
});
