import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Watch, watchChanges } from "@/db/changes";
import { closePools, isLostWrite, renewReader } from "@/db/client";
import { EmbeddedDatabaseError } from "@/db/embedded";
import { readOnlyUpTo } from "@/db/follower";
import { StarterRecordError } from "@/lib/imports/starter-record";
import { newToken } from "@/lib/staff/passwords";
import { originOf, readSettings, type Settings, SettingsError } from "@/settings";
import { ItsDatabase, mayPass } from "./database";
import type { Front } from "./front/front";
import { listen } from "./listen";
import { PortError } from "./port-error";
import { DatabaseError } from "./prepare-database";
import { ledgerKeys, sealAlways } from "./sealer";
import { keepLog } from "./seeing/log";
import { Metrics } from "./seeing/metrics";

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

/** The address that pages are read over; undefined until an embedded server has one. */
const addressToRead = (): string | undefined => readSettings().DATABASE_URL_PUBLIC ?? readSettings().DATABASE_URL;

/** Tells the front what changes in the record, from now on. */
function watchFor(front: Front): Watch {
  const watch: Watch = watchChanges(addressToRead() ?? "", {
    changed: front.changed,
    connected: () => {
      renewReader();
      front.connected(watch);
    },
    lost: front.lost,
  });
  readOnlyUpTo(watch.toldUpTo);
  return watch;
}

async function start(): Promise<void> {
  const began = Date.now();
  const settings = readSettings();
  const log = process.env.NODE_ENV === "development" ? () => {} : keepLog(settings.LOG);
  const metrics = settings.METRICS && new Metrics();
  const database = new ItsDatabase(settings, say);
  let watch: Watch | undefined;
  let stopSealing: (() => Promise<void>) | undefined;
  let closeServer: (() => Promise<void>) | undefined;
  let stopMeasuring: (() => void) | undefined;
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    await closeServer?.();
    stopMeasuring?.();
    await watch?.stop();
    await Promise.all([stopSealing?.(), closePools()]);
    await database.stop();
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));

  try {
    const server = await listen(settings, (answered) => {
      metrics?.count(answered);
      const { id, broken, refusal, seconds, ...rest } = answered;
      log("request", { request: id, ...rest, seconds: Number(seconds.toFixed(4)), ...(broken && { broken }), ...(refusal && { refusal }) });
    });
    closeServer = server.close;
    if (server.front) metrics?.watchFront(server.front);
    if (settings.METRICS) stopMeasuring = await metrics?.serve(settings.METRICS, settings.MUHLAT_FACE === "public");
    let told: string | undefined;
    let setUpLink = await database.bringUp().catch((error) => {
      if (!server.front?.hasDocuments || !mayPass(error)) throw error;
      told = (error as Error).message;
      console.error(`${told}\nUntil then pages are shown as they were kept.`);
      return undefined;
    });
    if (settings.MUHLAT_FACE !== "public") process.env.AUTH_SECRET = authSecret(settings);
    await server.serve();
    const { front } = server;
    const listenFor = () => {
      if (front && !stopping) watch ??= watchFor(front);
    };
    // Where the address is known, changes are heard as soon as the database is there, whatever else has to be done with it first.
    if (addressToRead()) listenFor();
    console.log(`\nMuhlat is ready after ${((Date.now() - began) / 1000).toFixed(1)} s: ${originOf(settings)}`);
    if (told) setUpLink = await database.bringUpAtLast(told);
    if (told && !stopping) say("The database answers; pages are fresh again");
    listenFor();
    if (!stopping && settings.MUHLAT_FACE !== "public") stopSealing = sealAlways(ledgerKeys(settings));
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
process.on("uncaughtException", (error) => {
  console.error("not handled:", error);
  if (!isLostWrite(error)) process.exit(1);
});

start().catch((error) => {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(1);
});
