import type { Database } from "@/db/client";
import { act } from "@/lib/ledger/write";
import type { Outcome } from "@/lib/outcome";
import { recordSnapshot } from "@/lib/snapshots/write";
import type { Actor } from "@/lib/staff/rules";
import { tokensNow } from "@/lib/tokens/read";
import { endToken, makeToken, noteRefusal, noteUse } from "@/lib/tokens/write";
import { accepted, figure, source } from "../tests/setup/record";

/** Tokens of programs, one that publishes and one that was ended, with what came in by them and what was refused. */
export async function machines(db: Database, maker: Actor, now: Date) {
  const run = async <T>(work: (tx: Database) => Promise<Outcome<T>>) => accepted(await act(db, work));
  const made = async (name: string, more: Record<string, unknown>, day: string) => {
    const token = await run((tx) => makeToken(tx, maker, { name, countries: ["KG"], days: "90", ...more }));
    const acting = (await tokensNow(db, [token.tokenId])).get(token.tokenId);
    if (!acting) throw new Error("the token is gone");
    const from = source(`${name}, ${day}`, { published_on: day });
    await run((tx) => recordSnapshot(tx, acting.actor, figure({ as_of: day, value: 103_000, source: from }), now));
    return token;
  };
  const system = "Учётная система Генерального консульства в Екатеринбурге";
  const machine = await made(system, { countries: ["KG", "ALL"], publishes: "✓" }, "2025-12-01");
  const ended = await made("Старая выгрузка", {}, "2025-12-03");
  await run((tx) => endToken(tx, maker, ended.tokenId));
  await noteUse(db, { tokenId: machine.tokenId, lastUsedAt: null });
  await noteRefusal(db, machine.tokenId, "country", "UZ");
  await noteRefusal(db, ended.tokenId, "ended");
  return { machine, ended };
}
