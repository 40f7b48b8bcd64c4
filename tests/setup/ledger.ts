import type { Database } from "@/db/client";
import { openPool } from "@/db/client";
import type { SignedHead } from "@/lib/ledger/chain";
import { newestHead } from "@/lib/ledger/read";
import { newPrivateKey, signingKey } from "@/lib/ledger/signing-key";
import type { Verdict } from "@/lib/ledger/verify/check";
import { verifyDatabase } from "@/lib/ledger/verify/database";
import type { FreshDatabase } from "./fresh-database";

/** The key of a test's ledger, and its secret half as a setting has it. */
export const SECRET = newPrivateKey();
export const KEY = signingKey(SECRET);

/** Holds a database against its ledger, as the command does. */
export async function verified(database: FreshDatabase, published: SignedHead[] = [], trusted: string[] = []): Promise<Verdict> {
  const pool = openPool(database.url, undefined, 1);
  try {
    return await verifyDatabase(pool.db, published, trusted);
  } finally {
    await pool.close();
  }
}

/** What somebody does who owns the server: past every trigger, and with every right. */
export async function tamper(database: FreshDatabase, ...statements: string[]): Promise<void> {
  await database.owner.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    for (const statement of statements) await sql.unsafe(statement);
  });
}

/** The newest head, which there must be. */
export async function headNow(db: Database): Promise<SignedHead> {
  const head = await newestHead(db);
  if (!head) throw new Error("nothing is sealed");
  return head;
}
