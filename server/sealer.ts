import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sealerDb } from "@/db/client";
import { type Keys, ROWS, sealOnce } from "@/lib/ledger/seal";
import { newPrivateKey, signingKey } from "@/lib/ledger/signing-key";
import type { Settings } from "@/settings";

/** How often one looks for what is to be sealed; milliseconds. */
const LOOK = 500;

/**
 * The keys that the ledger is signed with: as set, else kept in the data folder. A key that is moved to
 * `ledger-key-before` is followed by a new one, which it announces.
 */
export function ledgerKeys({ LEDGER_KEY, LEDGER_KEY_BEFORE, MUHLAT_DATA_DIR }: Settings): Keys {
  const [file, fileBefore] = ["ledger-key", "ledger-key-before"].map((name) => path.resolve(MUHLAT_DATA_DIR, name)) as [string, string];
  if (!LEDGER_KEY && !existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, newPrivateKey(), { mode: 0o600, flag: "wx" });
  }
  const before = LEDGER_KEY_BEFORE ?? (existsSync(fileBefore) ? readFileSync(fileBefore, "utf8") : undefined);
  return {
    current: signingKey(LEDGER_KEY ?? readFileSync(file, "utf8")),
    before: before === undefined || before === "lost" ? before : signingKey(before),
  };
}

/**
 * Seals what is written to the record, for as long as the process lives. Every process does; one at a time gets to it.
 * What keeps it from sealing is told once.
 * @returns ends it, after what is under way
 */
export function sealAlways(keys: Keys): () => Promise<void> {
  const stopping = new AbortController();
  const ended = (async () => {
    let told: string | undefined;
    while (!stopping.signal.aborted) {
      const added = await sealOnce(sealerDb(), keys).catch((error: Error) => {
        const cause = error.cause instanceof Error ? error.cause : error;
        if (cause.message !== told) console.error(`The ledger is not sealed: ${cause.message}`);
        told = cause.message;
        return -1;
      });
      if (added >= 0) told = undefined;
      // While programs write there is always something: taken up twice a second it costs a fraction of what it does one by one.
      if (added < ROWS) await sleep(LOOK, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return () => {
    stopping.abort();
    return ended;
  };
}
