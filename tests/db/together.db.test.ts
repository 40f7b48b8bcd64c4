import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test, vi } from "vitest";
import type { Database } from "@/db/client";
import { giveUpAll } from "@/db/commit";
import { sendOf } from "@/lib/ledger/once";
import { act } from "@/lib/ledger/write";
import { done } from "@/lib/outcome";
import { readSnapshot } from "@/lib/snapshots/input";
import { Together } from "@/lib/snapshots/write/together";
import { tokensNow } from "@/lib/tokens/read";
import { endToken } from "@/lib/tokens/write";
import { entered, madeToken, refusedAs, send, statement } from "../api/sending";
import { CENTRAL, differences, rowCounts } from "../setup/record";
import { database, withMakers } from "../setup/tokens";

withMakers();

let token: string;
const COUNTRIES = ["AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "TJ", "TM", "UZ", "CN", "IN", "VN", "TR", "EG", "NG"];

beforeAll(async () => {
  ({ token } = await madeToken(database.staff, CENTRAL, { countries: COUNTRIES, publishes: "✓" }));
});

let nth = 0;
/** A statement with a source of its own. */
function about(country: string, more: Record<string, unknown> = {}) {
  nth += 1;
  return statement({ country, value: 5000 + nth, source: { title: `Count ${nth}`, published_on: "2025-10-01" }, ...more });
}

/** How many transactions these statements were written in. */
async function transactionsOf(ids: readonly string[]): Promise<number> {
  const [row] =
    await database.owner`select count(distinct xmin::text)::int as many from record.snapshots where statement_id = any(${[...ids]})`;
  return row?.many ?? 0;
}

/** Holds the turn of all acts while something is sent. */
async function whileHeld<T>(work: () => Promise<T>[]): Promise<T[]> {
  let sending: Promise<T>[] = [];
  await act(database.staff, async () => {
    sending = work();
    await new Promise((resolve) => setTimeout(resolve, 500));
    return done(null);
  });
  return Promise.all(sending);
}

/** Hands statements on as the API does, with a token of their own. */
async function entering<T>(together: Together<T>, answerTo: (country: string) => T) {
  const { tokenId } = await madeToken(database.staff, CENTRAL, { countries: COUNTRIES, publishes: "✓" });
  const held = (await tokensNow(database.staff, [tokenId])).get(tokenId);
  if (!held) throw new Error("the token is gone");
  const enter = (country: string) => {
    const said = about(country, { as_of: "2025-08-07" });
    const read = readSnapshot({ ...said, answer: "figure" }, new Date());
    const send = sendOf(held.actor, randomUUID(), said);
    if (!read.success || !send) throw new Error("it is no statement");
    const confirm = { warnings: ["already_there"], word: "It is" };
    return together.enter({ token: held, send, input: read.data, confirm, answerTo: () => answerTo(country) });
  };
  return { enter, held };
}

describe("entries that come at once", () => {
  test("are written in a few acts, each with its own rows, source and answer", async () => {
    const sent = COUNTRIES.map((country) => about(country));
    const answers = await whileHeld(() => sent.map((body) => send(body, { token })));
    const said = await Promise.all(answers.map((answer) => entered(answer)));
    expect(said.map(({ country, value, source }) => [country, value, source.title])).toEqual(
      sent.map(({ country, value, source }) => [country, value, source.title]),
    );
    expect(new Set(said.map(({ statement_id }) => statement_id)).size).toBe(COUNTRIES.length);
    expect(await transactionsOf(said.map(({ statement_id }) => statement_id))).toBeLessThan(COUNTRIES.length / 2);
    const rows = await database.owner`
      select s.country, s.value::int as value, f.title from record.snapshots s join record.sources f on f.statement_id = s.source_id
      where s.statement_id = any(${said.map(({ statement_id }) => statement_id)})`;
    for (const body of sent) expect(rows).toContainEqual({ country: body.country, value: body.value, title: body.source.title });
  });

  test("and name one source, have one", async () => {
    const source = { title: "One briefing", published_on: "2025-10-01" };
    const answers = await whileHeld(() => COUNTRIES.map((country) => send(about(country, { as_of: "2025-09-01", source }), { token })));
    for (const answer of answers) await entered(answer);
    const [row] = await database.owner`select count(*)::int as many from record.sources where title = ${source.title}`;
    expect(row?.many).toBe(1);
  });

  test("about one country are each measured by those before them", async () => {
    const same = about("KG", { as_of: "2025-08-01" });
    const answers = await whileHeld(() => [1, 2, 3].map(() => send(same, { token, key: randomUUID() })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
    for (const answer of answers.filter(({ status }) => status === 422)) {
      const { warnings = [] } = await refusedAs(answer, 422, "warned");
      expect(warnings.map(({ code }) => code)).toContain("already_there");
    }
  });

  test("under one key are one, whichever of them is first", async () => {
    const key = randomUUID();
    const [body, other] = [about("TJ", { as_of: "2025-08-02" }), about("UZ", { as_of: "2025-08-02" })];
    const answers = await whileHeld(() => [...Array(10).fill(body), other].map((one) => send(one, { token, key })));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201, 422]);
    const texts = await Promise.all(answers.filter(({ status }) => status < 300).map((answer) => answer.text()));
    expect(new Set(texts).size).toBe(1);
    await refusedAs(answers.at(-1) as Response, 422, "key_reused");
  });

  test("that are refused leave the others as they are", async () => {
    const before = await rowCounts(database.staff);
    const answers = await whileHeld(() => [
      send(about("AM", { as_of: "2025-08-03" }), { token }),
      send(about("AZ", { as_of: "2025-08-03", restates: "nowhere" }), { token }),
      send(about("BY", { as_of: "2025-08-03", measure: "expelled", period_start: null, children_share: 1 }), { token }),
      send(about("GE", { as_of: "2025-08-03" }), { token }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 422, 422, 201]);
    const after = await rowCounts(database.staff);
    expect((after["record.snapshots"] ?? 0) - (before["record.snapshots"] ?? 0)).toBe(2);
    expect((after["staff.sends"] ?? 0) - (before["staff.sends"] ?? 0)).toBe(2);
  });

  test("of which the database refuses one are done by themselves, and that one alone is a fault", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    await database.owner`alter table record.snapshots add constraint planted check (value <> 66666)`;
    const answers = await whileHeld(() =>
      ["AM", "AZ", "BY", "GE"].map((country) =>
        send(about(country, { as_of: "2025-08-04", ...(country === "BY" ? { value: 66666 } : {}), confirm: ["jump", "out_of_range"] }), {
          token,
        }),
      ),
    );
    await database.owner`alter table record.snapshots drop constraint planted`;
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 500, 201]);
    // What it was is noted, and not that what came behind it failed for its sake.
    expect(said.mock.calls.map((parts) => (parts[1] as { constraint_name?: string }).constraint_name)).toEqual(["planted"]);
    said.mockRestore();
  });

  test("of which our own program fails at one are done by themselves too", async () => {
    const { enter, held } = await entering(new Together<string>(() => database.staff), (country) => {
      if (country === "BY") throw new Error("planted");
      return country;
    });
    const said = await whileHeld(() => ["AM", "BY", "GE"].map((country) => enter(country).catch((error: Error) => error.message)));
    expect(said).toEqual([{ token: held, first: true, outcome: done("AM") }, "planted", { token: held, first: true, outcome: done("GE") }]);
  });

  test("by a token that is ended while they wait are refused, and others are not", async () => {
    const ended = await madeToken(database.staff, CENTRAL, { countries: COUNTRIES, publishes: "✓" });
    let sending: Promise<Response>[] = [];
    await act(database.staff, async (tx) => {
      sending = [send(about("KZ", { as_of: "2025-08-05" }), { token: ended.token }), send(about("MD", { as_of: "2025-08-05" }), { token })];
      await new Promise((resolve) => setTimeout(resolve, 500));
      return endToken(tx, CENTRAL, ended.tokenId);
    });
    const [one, other] = await Promise.all(sending);
    await refusedAs(one as Response, 401, "token_ended");
    await entered(other as Response);
  });

  test("are all told where none comes to its turn, and done when sent again", async () => {
    const bodies = ["CN", "IN", "VN"].map((country) => ({ body: about(country, { as_of: "2025-08-06" }), key: randomUUID() }));
    const sendAll = () => bodies.map(({ body, key }) => send(body, { token, key }));
    await database.owner`revoke execute on function pg_advisory_xact_lock(bigint) from public`;
    const answers = await Promise.all(sendAll());
    await database.owner`grant execute on function pg_advisory_xact_lock(bigint) to public`;
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 500]);
    for (const status of [201, 200])
      expect((await Promise.all(sendAll())).map((answer) => answer.status)).toEqual([status, status, status]);
  });

  test("are told at once where none comes to its turn, not one after the other", async () => {
    let acts = 0;
    const counted = () => {
      acts += 1;
      return database.staff;
    };
    const { enter } = await entering(new Together<string>(counted), (country) => country);
    await database.owner`revoke execute on function pg_advisory_xact_lock(bigint) from public`;
    const settled = await Promise.allSettled(["CN", "IN", "VN"].map(enter));
    await database.owner`grant execute on function pg_advisory_xact_lock(bigint) to public`;
    expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    // Each turn that does not come may be waited for half a minute.
    expect(acts).toBe(1);
  });

  test("are not taken by an act that was given up before they came", async () => {
    const { enter, held } = await entering(new Together<string>(() => database.staff), (country) => country);
    const turn = await database.owner.reserve();
    await turn`select pg_advisory_lock(hashtext('muhlat act'))`;
    const waits = async () => {
      const [row] = await database.owner`
        select count(*)::int as many from pg_locks join pg_database on pg_database.oid = database
        where datname = current_database() and locktype = 'advisory' and not granted`;
      return row?.many;
    };
    const given = enter("AM").catch((error: { code: string }) => error.code);
    await expect.poll(waits).toBe(1);
    giveUpAll();
    expect(await given).toBe("OUTCOME_UNKNOWN");
    const next = enter("GE");
    await expect.poll(waits).toBe(2);
    await turn`select pg_advisory_unlock(hashtext('muhlat act'))`;
    turn.release();
    expect(await next).toEqual({ token: held, first: true, outcome: done("GE") });
  });

  test("do not wait for ever behind an act whose turn does not come", async () => {
    const silent = { transaction: () => new Promise(() => {}) } as unknown as Database;
    const dbs = [silent];
    const { enter, held } = await entering(new Together<string>(() => dbs.pop() ?? database.staff), (country) => country);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const entry = enter("KZ");
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    expect(await entry).toEqual({ token: held, first: true, outcome: done("KZ") });
  });
});

test("the derived rows stayed in step through all this", async () => {
  expect(await differences(database.owner)).toEqual([]);
});
