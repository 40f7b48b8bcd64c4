import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Database } from "@/db/client";
import type { SignedHead } from "@/lib/ledger/chain";
import { newestHead } from "@/lib/ledger/read";
import { newestRecording } from "@/lib/ledger/recordings";
import { COLUMNS } from "@/lib/open-data/release";
import { today, type Vintage } from "@/lib/vintage";
import { originOf, readSettings } from "@/settings";

/** One state of the record that a whole file is made from, however long that takes, and how far the ledger went then. */
export type Pinned = Required<Vintage> & { head?: SignedHead | undefined };

/** What is known today, as now recorded, held to the instant of the newest recording. */
export async function pinnedNow(db: Database, now: Date): Promise<Pinned> {
  // The ledger first: what it has by then is recorded by then.
  const head = await newestHead(db);
  return { ...today(now), recordedAt: await newestRecording(db), head };
}

/** What this process makes files with: the sources of its build (bin/build.mjs), and what they say of where they come from. */
function maker(): string {
  const settings = readSettings();
  const sources = path.join(process.cwd(), process.env.MUHLAT_BUILD ?? ".next", "muhlat-sources");
  const build = existsSync(sources) ? readFileSync(sources, "utf8") : "";
  const said = JSON.stringify([build, originOf(settings), settings.CONTACT_EMAIL]);
  return createHash("sha256").update(said).digest("base64url").slice(0, 8);
}

/** The same for every copy of one file of one state by one version. Weak, since what is compressed on the way is another sequence of bytes. */
export const tagOf = ({ knownOn, recordedAt, head }: Pinned): string =>
  `W/"${maker()}-${COLUMNS}-${knownOn}-${recordedAt.getTime().toString(36)}-${(head?.n ?? 0).toString(36)}"`;
