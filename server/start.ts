import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { closePools, staffDb } from "@/db/client";
import { type EmbeddedDatabase, EmbeddedDatabaseError, startEmbedded } from "@/db/embedded";
import { StarterRecordError } from "@/lib/imports/starter-record";
import { newToken } from "@/lib/staff/passwords";
import { originOf, readSettings, type Settings, SettingsError } from "@/settings";
import { listen, PortError } from "./listen";
import { DatabaseError, prepareDatabase } from "./prepare-database";

const say = (line: string) => console.log(`· ${line}`);

/** The secret behind the sign-in form's tokens: as set, else made once and kept in the data folder. */
function authSecret(settings: Settings): string {
  if (settings.AUTH_SECRET) return settings.AUTH_SECRET;
  const file = path.resolve(settings.MUHLAT_DATA_DIR, "auth-secret");
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, newToken(), { mode: 0o600 });
  }
  return readFileSync(file, "utf8").trim();
}

async function start(): Promise<void> {
  const began = Date.now();
  const settings = readSettings();
  let embedded: EmbeddedDatabase | undefined;
  let closeServer: (() => Promise<void>) | undefined;
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    await closeServer?.();
    await closePools();
    await embedded?.stop();
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));

  try {
    const server = await listen(settings);
    closeServer = server.close;
    if (!settings.DATABASE_URL) {
      say("Starting the embedded database");
      embedded = await startEmbedded(settings.MUHLAT_DATA_DIR, say);
      process.env.DATABASE_URL = embedded.url;
      // Without its database nothing works: end in one sentence, so that whatever watches over us starts us again.
      void embedded.died.then((log) => {
        if (stopping) return;
        console.error(`The embedded database has ended. Nothing saved is lost; start again. Its log is ${log}.`);
        void stop(1);
      });
    }
    process.env.AUTH_SECRET = authSecret(settings);
    process.env.NEXTAUTH_URL = originOf(settings);
    const setUpLink = await prepareDatabase(readSettings(), staffDb, say);
    await server.serve();
    console.log(`\nMuhlat is ready after ${((Date.now() - began) / 1000).toFixed(1)} s: ${originOf(settings)}`);
    if (setUpLink)
      console.log(
        `There is no admin yet. Make the first one here (once, within a day):\n${originOf(settings)}/staff/set-up?link=${setUpLink}`,
      );
    console.log("Stop with Ctrl-C.");
  } catch (error) {
    const expected = [SettingsError, EmbeddedDatabaseError, DatabaseError, PortError, StarterRecordError].some(
      (kind) => error instanceof kind,
    );
    console.error(expected ? (error as Error).message : error);
    await stop(1);
  }
}

// A connection lost at the wrong moment must not take the pages down with it.
process.on("unhandledRejection", (error) => console.error("not handled:", error));

start().catch((error) => {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(1);
});
