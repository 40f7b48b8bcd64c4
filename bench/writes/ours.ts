import { randomUUID } from "node:crypto";
import path from "node:path";
import { openPool } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { ROLE } from "@/db/roles";
import { newPrivateKey } from "@/lib/ledger/signing-key";
import { act } from "@/lib/ledger/write";
import { makeToken } from "@/lib/tokens/write";
import { root, startMuhlat } from "../../drill/one-muhlat";
import { accepted, addPeople, CENTRAL } from "../../tests/setup/record";
import { type Contender, started } from "./contender";
import { CODES, type Statement } from "./load";

/** A token that publishes about every country that is sent. */
async function tokenFor(databaseUrl: string): Promise<string> {
  const staff = openPool(databaseUrl, ROLE.staff, 1);
  try {
    await addPeople(staff.db, CENTRAL);
    const sent = { name: "A bench", countries: CODES, days: "30", publishes: "✓" };
    return accepted(await act(staff.db, (tx) => makeToken(tx, CENTRAL, sent))).token;
  } finally {
    await staff.close();
  }
}

const table = "record.snapshots";

const doorOf = (origin: string, token: string) => ({
  url: `${origin}/api/v1/snapshots`,
  headers: { authorization: `Bearer ${token}` },
  worded: (statement: Statement) => statement,
});

/** Muhlat as `npm start` runs it, its sealer and its kept pages included. */
export async function startOurs(databaseUrl: string, port: number, folder: string): Promise<Contender> {
  const muhlat = await startMuhlat(port, {
    DATABASE_URL: databaseUrl,
    MUHLAT_STARTER_RECORD: "skip",
    MUHLAT_ADMIN_EMAIL: "",
    MUHLAT_ADMIN_PASSWORD: "",
    AUTH_SECRET: randomUUID(),
    LEDGER_KEY: newPrivateKey(),
    MUHLAT_DATA_DIR: path.join(folder, "ours"),
    TRUST_PROXY: "1",
  });
  const door = doorOf(muhlat.origin, await tokenFor(databaseUrl));
  return { name: "Muhlat", door, pid: muhlat.pid, table, stop: () => muhlat.stop() };
}

/** A server of a hundred lines, on tables, triggers and schema of ours. */
export async function startBare(databaseUrl: string, port: number): Promise<Contender> {
  await migrateDatabase(databaseUrl);
  const token = await tokenFor(databaseUrl);
  const origin = `http://127.0.0.1:${port}`;
  const env = { NODE_ENV: "production", DATABASE_URL: databaseUrl, PORT: String(port) };
  const command = [process.execPath, "--import", "tsx", "bench/writes/bare-server.ts"];
  const running = await started(command, root, env, origin);
  return { name: "node:http, SQL by hand", door: doorOf(origin, token), table, ...running };
}
