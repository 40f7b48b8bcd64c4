import { existsSync } from "node:fs";
import path from "node:path";
import type { Settings } from "@/settings";

/** What a backup never holds, by setting and file in the data folder. */
const SECRETS = { AUTH_SECRET: "auth-secret", LEDGER_KEY: "ledger-key", LEDGER_KEY_BEFORE: "ledger-key-before" } as const;

/** Which secrets lie beside the database, where, and why they are wanted when it is restored. */
export function secretsBeside(settings: Settings): string {
  const places = (Object.entries(SECRETS) as [keyof typeof SECRETS, string][]).flatMap(([name, file]) => {
    const place = path.resolve(settings.MUHLAT_DATA_DIR, file);
    if (settings[name]) return [`the setting ${name}`];
    return existsSync(place) ? [place] : [];
  });
  const beside = "Not in it are the secrets beside the database";
  const why =
    "Keep them apart from the backups and as safe: without AUTH_SECRET (auth-secret) nobody's authenticator app counts, without LEDGER_KEY (ledger-key) the ledger goes on only under a new key.";
  return places.length > 0 ? `${beside}: ${places.join(", ")}.\n${why}` : `${beside}, which are not on this machine.\n${why}`;
}

/** What went wrong, in the words of whoever noticed it. */
export function reasonOf(error: unknown): string {
  const { message, code, cause } = error as { message?: string; code?: string; cause?: { message?: string } };
  return cause?.message ?? (message || code || String(error));
}
