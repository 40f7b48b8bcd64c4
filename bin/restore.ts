import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { EmbeddedDatabaseError, startEmbedded } from "@/db/embedded";
import { OldServerError } from "@/db/migrate";
import { BackupError } from "@/lib/backup/form";
import { NotWhole, restoreBackup } from "@/lib/backup/restore";
import { signingKey } from "@/lib/ledger/signing-key";
import type { Verdict } from "@/lib/ledger/verify/check";
import { errorFor, usersOf } from "@/server/prepare-database";
import { readSettings, type Settings, SettingsError } from "@/settings";
import { sentence } from "./fault-sentences";

// npm run restore -- file [--key public-key …] [--despite-faults]
// Exit code 0: it is back and fits; 1: what is in it does not hold together; 2: it could not be restored.

const say = (line: string) => console.log(`· ${line}`);

function tellFaults({ faults }: Verdict, derived: readonly string[]): void {
  for (const fault of faults) console.error(sentence(fault));
  for (const what of derived) console.error(`DERIVED    ${what}: its derived rows do not match the record.`);
}

/** Whether the key at hand is the one that the ledger is signed by, as a sentence. */
function keyAtHand(settings: Settings, standing: string): string {
  const file = path.resolve(settings.MUHLAT_DATA_DIR, "ledger-key");
  const secret = settings.LEDGER_KEY ?? (existsSync(file) ? readFileSync(file, "utf8") : undefined);
  if (secret && signingKey(secret).name === standing) return "Its key is at hand: sealing goes on where it ended.";
  return `Its key, ${standing}, is not at hand: put it back as ${file} or LEDGER_KEY before the next start. Without it nothing is sealed; if it is lost, LEDGER_KEY_BEFORE=lost begins a new one.`;
}

async function main(): Promise<number> {
  let stop = async () => {};
  let address = "";
  try {
    const options = { key: { type: "string", multiple: true }, "despite-faults": { type: "boolean" } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [file, ...more] = positionals.map((place) => path.resolve(place));
    if (!file || more.length > 0) throw new BackupError("Name the backup: npm run restore -- file");
    const settings = readSettings();
    address = settings.DATABASE_URL_MIGRATE ?? settings.DATABASE_URL ?? "";
    const embedded = async () => {
      const server = await startEmbedded(settings.MUHLAT_DATA_DIR, say);
      stop = server.stop;
      return server.url;
    };
    const how = { users: usersOf(settings), trusted: values.key, despiteFaults: values["despite-faults"] ?? false, say };
    const { madeAt, verdict, derived, head, tokens } = await restoreBackup(address || embedded, file, how);
    tellFaults(verdict, derived);
    const holds = verdict.faults.length === 0 && derived.length === 0;
    const fits = verdict.entries > 0 ? " Derived rows and ledger fit." : " The derived rows fit; nothing was sealed yet.";
    console.log(`\nEverything is back as it stood at ${madeAt}.${holds ? fits : ""}`);
    if (verdict.waiting > 0) console.log(`${verdict.waiting} rows wait to be sealed, which the next start does.`);
    if (head) {
      console.log(`The ledger ends at entry ${head.n}, sealed ${head.sealed_at}: ${head.hash}.`);
      console.log(keyAtHand(settings, head.key));
      console.log(
        `What was recorded after that is gone. Whoever kept a later head will find the ledger cut off at entry ${head.n}: tell readers this head, the instant, and why.`,
      );
    }
    console.log(
      `People, rights and ${tokens} open tokens are as they were then: take away again what was taken away since. Everybody signs in anew.`,
    );
    return holds ? 0 : 1;
  } catch (error) {
    if (error instanceof NotWhole) {
      tellFaults(error.verdict, error.derived);
      console.error(`${error.message} Nothing was kept of it; --despite-faults keeps it all the same.`);
      return 1;
    }
    const told = [SettingsError, EmbeddedDatabaseError, BackupError, OldServerError].some((kind) => error instanceof kind);
    const isWrong = (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS");
    console.error(told || isWrong || !address ? (error as Error).message : errorFor(error, address).message);
    return 2;
  } finally {
    await stop();
  }
}

process.exitCode = await main();
