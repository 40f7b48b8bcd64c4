import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BrowserContext } from "@playwright/test";
import { type Database, openPool } from "@/db/client";
import { ROLE } from "@/db/roles";
import { beginSession } from "@/lib/sign-in/write";
import { chooseLanguage } from "@/lib/staff/write";
import { embeddedServer } from "../tests/setup/servers";
import { freePort } from "./free-port";

/**
 * A server of its own with a database of its own, so that what is seen there is known to the last row; `database` is its
 * owner's address, `said` what it wrote, `complaints` what of it about faults.
 */
export type Desk = {
  origin: string;
  pid: number;
  db: Database;
  database: string;
  said: () => string;
  complaints: () => string;
  close: () => Promise<void>;
};

/**
 * Starts a desk without any admin, with the starter record or with nothing at all.
 * @param host under which browsers come; passkeys are made for names alone
 * @param at where it listens, for those who must know before it is there
 * @param settings more of them
 */
export async function openDesk(
  starterRecord: "load" | "skip",
  host = "127.0.0.1",
  at?: number,
  settings: Record<string, string> = {},
): Promise<Desk> {
  const database = await embeddedServer();
  const folder = mkdtempSync(path.join(tmpdir(), "muhlat-desk-"));
  const port = at ?? (await freePort());
  const child = spawn(process.execPath, ["--import", "tsx", "server/start.ts"], {
    cwd: path.join(import.meta.dirname, ".."),
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: String(port),
      PUBLIC_URL: `http://${host}:${port}`,
      DATABASE_URL: database.url,
      MUHLAT_DATA_DIR: folder,
      MUHLAT_STARTER_RECORD: starterRecord,
      MUHLAT_ADMIN_EMAIL: "",
      MUHLAT_ADMIN_PASSWORD: "",
      ...settings,
    },
  });
  let said = "";
  let complained = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    complained += text;
    process.stderr.write(text);
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes("Muhlat is ready")) resolve();
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  await ready;
  const pool = openPool(database.url, ROLE.staff, 2);
  const close = async () => {
    await pool.close();
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    origin: `http://${host}:${port}`,
    pid: child.pid ?? 0,
    db: pool.db,
    database: database.url,
    said: () => said,
    complaints: () => complained,
    close,
  };
}

/** Lets a browser in as somebody, without the detour over the sign-in form, in a language; half, if only the password was given. */
export async function letIn(context: BrowserContext, desk: Desk, personId: string, language: string, half = false): Promise<void> {
  await chooseLanguage(desk.db, personId, language);
  const value = await beginSession(desk.db, personId, {
    method: "password",
    secondFactor: half ? undefined : "code",
    device: "Chrome, Linux",
  });
  await context.addCookies([{ name: "muhlat-session", value, url: desk.origin, httpOnly: true, sameSite: "Lax" }]);
}
