import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { openPool } from "@/db/client";
import { type EmbeddedDatabase, EmbeddedDatabaseError, startEmbedded } from "@/db/embedded";
import type { SignedHead } from "@/lib/ledger/chain";
import type { Verdict } from "@/lib/ledger/verify/check";
import { verifyDatabase } from "@/lib/ledger/verify/database";
import { PackageError, verifyPackage } from "@/lib/ledger/verify/package";
import { readSettings, SettingsError } from "@/settings";
import { sentence } from "./fault-sentences";

// npm run ledger:verify -- [--package muhlat.zip] [--head file-or-address …] [--key public-key …]
// Exit code 0: all fits; 1: something was changed, removed or cut off; 2: it could not be checked.

/** What keeps from checking; the message is a sentence. */
class AskedWrongly extends Error {}

const isHead = (told: unknown): told is SignedHead => {
  const { n, hash, key, sealed_at, signature } = (told ?? {}) as Record<string, unknown>;
  return Number.isSafeInteger(n) && [hash, key, sealed_at, signature].every((part) => typeof part === "string");
};

/** A head as /api/v1/ledger/head answers it, or as it lies in a data package. */
async function headFrom(place: string): Promise<SignedHead> {
  const text = /^https?:\/\//.test(place)
    ? await fetch(place).then((answer) =>
        answer.ok ? answer.text() : Promise.reject(new AskedWrongly(`${place} answers ${answer.status}.`)),
      )
    : await readFile(place, "utf8").catch(() => Promise.reject(new AskedWrongly(`${place} cannot be read.`)));
  try {
    const told = JSON.parse(text);
    const head = told.data ?? told;
    if (isHead(head)) return head;
  } catch {}
  throw new AskedWrongly(`${place} holds no head of the ledger.`);
}

function report({ entries, rows, end, waiting, faults }: Verdict, published: number, seconds: number): number {
  console.log(
    `${entries} entries, ${rows} rows, ${published} published heads in ${seconds.toFixed(1)} s (${Math.round(rows / seconds)} rows a second).`,
  );
  if (waiting > 0) console.log(`${waiting} rows wait to be sealed.`);
  if (end) console.log(`The chain ends at entry ${end.n}, sealed ${end.sealed_at}: ${end.hash}, signed by ${end.key}.`);
  if (entries === 0) console.log("Nothing is sealed in it.");
  for (const fault of faults) console.log(sentence(fault));
  if (faults.length === 0 && entries > 0) console.log("Everything fits.");
  return faults.length === 0 && entries > 0 ? 0 : 1;
}

async function main(): Promise<number> {
  let embedded: EmbeddedDatabase | undefined;
  let close: (() => Promise<void>) | undefined;
  try {
    const options = {
      package: { type: "string" },
      head: { type: "string", multiple: true },
      key: { type: "string", multiple: true },
    } as const;
    const { values } = parseArgs({ options });
    const published = await Promise.all((values.head ?? []).map(headFrom));
    const began = performance.now();
    let verdict: Verdict;
    if (values.package) verdict = await verifyPackage(values.package, published, values.key);
    else {
      const settings = readSettings();
      let address = settings.DATABASE_URL_MIGRATE ?? settings.DATABASE_URL;
      if (!address) {
        embedded = await startEmbedded(settings.MUHLAT_DATA_DIR, (line) => console.log(`· ${line}`));
        address = embedded.url;
      }
      const pool = openPool(address, undefined, 1);
      close = pool.close;
      verdict = await verifyDatabase(pool.db, published, values.key);
    }
    return report(verdict, published.length, (performance.now() - began) / 1000);
  } catch (error) {
    const { code, message, cause } = error as Error & { code?: string; cause?: { message?: string } };
    const told = [SettingsError, EmbeddedDatabaseError, PackageError, AskedWrongly].some((kind) => error instanceof kind);
    console.error(told || code?.startsWith("ERR_PARSE_ARGS") ? message : `The ledger could not be checked: ${cause?.message ?? message}`);
    return 2;
  } finally {
    await close?.();
    await embedded?.stop();
  }
}

process.exitCode = await main();
