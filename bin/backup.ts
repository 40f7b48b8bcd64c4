import { existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { openPool } from "@/db/client";
import { EmbeddedDatabaseError, hasEmbedded, reachEmbedded } from "@/db/embedded";
import { BackupError } from "@/lib/backup/form";
import { takeBackup } from "@/lib/backup/take";
import { readSettings, SettingsError } from "@/settings";
import { reasonOf, secretsBeside } from "./backup-words";

// npm run backup -- [file or folder]. Exit code 0: the backup is whole and on the disk; 2: there is none; 130: interrupted.

/** Milliseconds in which what is under way ends and takes its file away. */
const PATIENCE = 3000;

const say = (line: string) => console.log(`· ${line}`);

/** The file to write: the one named, else one named by the time in the folder named, else in `backups`. */
function placeFor(named: string | undefined, now: Date): string {
  const given = path.resolve(named ?? "backups");
  const isFolder = named === undefined || (existsSync(given) && statSync(given).isDirectory());
  if (named === undefined) mkdirSync(given, { recursive: true, mode: 0o700 });
  return isFolder ? path.join(given, `muhlat-${now.toISOString().slice(0, 19).replaceAll(":", "-")}Z.backup`) : given;
}

async function main(): Promise<number> {
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => {
      stopping.abort();
      // It may be waiting for a lock; then there is no file yet.
      setTimeout(() => process.exit(130), PATIENCE).unref();
    });
  let stop = async () => {};
  try {
    const { positionals } = parseArgs({ options: {}, allowPositionals: true });
    if (positionals.length > 1) throw new BackupError("Name one file or folder, or none: npm run backup -- file");
    const settings = readSettings();
    const file = placeFor(positionals[0], new Date());
    let address = settings.DATABASE_URL_MIGRATE ?? settings.DATABASE_URL;
    if (!address) {
      if (!hasEmbedded(settings.MUHLAT_DATA_DIR))
        throw new BackupError(
          `There is no database in ${path.resolve(settings.MUHLAT_DATA_DIR)}. Check MUHLAT_DATA_DIR, or set DATABASE_URL.`,
        );
      const embedded = await reachEmbedded(settings.MUHLAT_DATA_DIR, say);
      stop = embedded.stop;
      address = embedded.url;
    }
    const pool = openPool(address, undefined, 2);
    const stopServer = stop;
    stop = async () => {
      await pool.close(1);
      await stopServer();
    };
    const { madeAt, rows, tables, ledger } = await takeBackup(pool.db, file, say, stopping.signal);
    console.log(
      `\nEverything as it stood at ${madeAt} is in ${file}: ${rows.toLocaleString("en")} rows of ${tables} tables, ${(statSync(file).size / 1e6).toFixed(1)} MB.`,
    );
    if (ledger) console.log(`The ledger in it ends at entry ${ledger.n}, sealed ${ledger.sealed_at}: ${ledger.hash}.`);
    console.log("Take it to another machine; it holds what is not public too, so keep it where nobody else reads.");
    console.log(secretsBeside(settings));
    return 0;
  } catch (error) {
    if (stopping.signal.aborted) {
      console.error("Interrupted. Nothing is left of this backup.");
      return 130;
    }
    const told = [SettingsError, EmbeddedDatabaseError, BackupError].some((kind) => error instanceof kind);
    console.error(told ? (error as Error).message : `There is no backup: ${reasonOf(error)}`);
    return 2;
  } finally {
    await stop();
  }
}

process.exitCode = await main();
