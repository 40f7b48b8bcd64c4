import { closePools, staffDb } from "@/db/client";
import { type EmbeddedDatabase, EmbeddedDatabaseError, startEmbedded } from "@/db/embedded";
import { act } from "@/lib/ledger/write";
import { resetFactorAtTheMachine } from "@/lib/staff/write";
import { readSettings, SettingsError } from "@/settings";

// npm run factor:reset -- e-mail. For the admin who has lost every second factor and has no other admin to ask.
// Exit code 0: reset; 1: nobody of this e-mail has a second factor; 2: it could not be done.

async function main(email: string): Promise<number> {
  let embedded: EmbeddedDatabase | undefined;
  try {
    const settings = readSettings();
    if (!settings.DATABASE_URL) {
      embedded = await startEmbedded(settings.MUHLAT_DATA_DIR, (line) => console.log(`· ${line}`));
      process.env.DATABASE_URL = embedded.url;
    }
    const reset = await act(staffDb(), (tx) => resetFactorAtTheMachine(tx, email));
    console.log(
      reset.ok ? `${email} sets up another second factor when they sign in next.` : `Nobody of the e-mail ${email} has a second factor.`,
    );
    return reset.ok ? 0 : 1;
  } catch (error) {
    const expected = error instanceof SettingsError || error instanceof EmbeddedDatabaseError;
    console.error(expected ? error.message : `The second factor could not be reset: ${error instanceof Error ? error.message : error}`);
    return 2;
  } finally {
    await closePools();
    await embedded?.stop();
  }
}

process.exitCode = await main(process.argv[2] ?? "");
