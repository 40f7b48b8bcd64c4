import { setTimeout as sleep } from "node:timers/promises";
import { staffDb } from "@/db/client";
import { type EmbeddedDatabase, EmbeddedDatabaseError, startEmbedded } from "@/db/embedded";
import { readSettings, type Settings } from "@/settings";
import { checkReader } from "./check-reader";
import { DatabaseError, prepareDatabase } from "./prepare-database";

/** How long after a failure the database is tried again; milliseconds. */
const AGAIN = 1000;

/** Whether the database may be there a moment later. */
export const mayPass = (error: unknown): boolean =>
  (error instanceof DatabaseError || error instanceof EmbeddedDatabaseError) && error.mayPass;

/**
 * The database of this process: the one given by its address, else the embedded one, which is started again when it ends.
 * A public process finds it set up by another, and only sees that it may do nothing there but read.
 */
export class ItsDatabase {
  #embedded: EmbeddedDatabase | undefined;
  #prepared = false;
  #stopped = false;

  constructor(
    readonly settings: Settings,
    readonly say: (line: string) => void,
  ) {}

  /**
   * Brings it up and prepares it.
   * @returns the token of a set-up link while there is no admin
   * @throws EmbeddedDatabaseError, DatabaseError, StarterRecordError
   */
  async bringUp(): Promise<string | undefined> {
    if (this.settings.MUHLAT_FACE === "public") {
      await checkReader(this.settings.DATABASE_URL_PUBLIC ?? "");
      return undefined;
    }
    if (!this.settings.DATABASE_URL && !this.#embedded) {
      this.say("Starting the embedded database");
      const embedded = await startEmbedded(this.settings.MUHLAT_DATA_DIR, this.say);
      this.#embedded = embedded;
      process.env.DATABASE_URL = embedded.url;
      void embedded.died.then((log) => this.#ended(log));
    }
    if (this.#prepared) return undefined;
    const link = await prepareDatabase(readSettings(), staffDb, this.say);
    this.#prepared = true;
    return link;
  }

  /** Brings it up however often that fails; what is in the way is told once. */
  async bringUpAtLast(told?: string): Promise<string | undefined> {
    for (let last = told; !this.#stopped; await sleep(AGAIN))
      try {
        return await this.bringUp();
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (message !== last) console.error(message);
        last = message;
      }
    return undefined;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#embedded?.stop();
  }

  #ended(log: string): void {
    if (this.#stopped) return;
    console.error(`The embedded database has ended. Nothing saved is lost; it is started again. Its log is ${log}.`);
    this.#embedded = undefined;
    void this.bringUpAtLast();
  }
}
