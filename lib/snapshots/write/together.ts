import type { Database } from "@/db/client";
import { isOutcomeUnknown, saidNo } from "@/db/commit";
import { answeredBefore, keepAnswers, type Send } from "../../ledger/once";
import { act, alone, newStatementId } from "../../ledger/write";
import { momentOf } from "../../moments/rules";
import { done, type Outcome, refused } from "../../outcome";
import { type Actor, may } from "../../staff/rules";
import { type SentToken, tokensNow } from "../../tokens/read";
import { Histories } from "../histories";
import type { Answering, SnapshotInput } from "../input";
import { checkNamed } from "./checks";
import { answered, warningsBy } from "./confirmed";
import { type Confirmed, type NewSnapshot, publishNew } from "./publish";
import type { Recorded } from "./record";
import { submit } from "./submit";

/** A statement that a program sent: with which token and under which key, as it was understood, and the warnings it answers. */
export type Entry<T> = {
  token: SentToken;
  send: Send;
  input: SnapshotInput;
  confirm: Answering;
  /** What is answered, now and whenever it is sent again: something that JSON can carry. */
  answerTo: (became: Recorded) => T;
};

/** What became of an entry. `token`: as it stood in the act. `first`: it was not sent before. */
export type Entered<T> = { token: SentToken; first: boolean; outcome: Outcome<T> };

/** So many are taken into one act at most: whoever comes next waits no longer than that takes. */
const MOST = 64;

type Judged = { statement: Omit<NewSnapshot, "by">; actor: Actor; submits: boolean };

/** Whether an entry can stand in the record, whose history was read; and whether it is for a second person. */
async function judge(
  tx: Database,
  actor: Actor,
  { input, confirm }: Entry<unknown>,
  history: Parameters<typeof warningsBy>[1],
  now: Date,
): Promise<Outcome<Judged>> {
  const extent = may(actor, "record", [input.country]);
  if (extent === "no") return refused({ code: "forbidden" });
  const statementId = newStatementId();
  const named = await checkNamed(tx, input, statementId);
  if (!named.ok) return named;
  const confirmed: Outcome<Confirmed> = answered(warningsBy(input, history, now), confirm);
  if (!confirmed.ok) return confirmed;
  return done({ statement: { statementId, input, confirmed: confirmed.value }, actor, submits: extent === "submits" });
}

/** Makes one thing of those that were let in: part of the record, or submissions. */
async function write(tx: Database, judged: readonly Judged[]): Promise<Map<Judged, Recorded>> {
  const toPublish = judged.filter(({ submits }) => !submits);
  const published = await publishNew(
    tx,
    toPublish.map(({ statement, actor }) => ({ ...statement, by: alone(actor) })),
  );
  const became = new Map<Judged, Recorded>(toPublish.map((one, place) => [one, published[place] as Recorded]));
  for (const one of judged) {
    if (!one.submits) continue;
    const { statementId, input, confirmed } = one.statement;
    const of = { statementId, replacesRevision: 0 };
    const waiting = await submit(tx, one.actor, "record", of, [input.country], { ...input, confirmed });
    if (waiting.ok) became.set(one, waiting.value);
  }
  return became;
}

/** Enters what programs sent, inside one act: no two about one country, nor under one key. One that is refused leaves the others as they are. */
async function enterAll<T>(tx: Database, histories: Histories, entries: readonly Entry<T>[], now: Date): Promise<Entered<T>[]> {
  const asked = entries.map(({ input }) => ({ country: input.country, asOf: momentOf(input.as_of) }));
  const [tokens, before, around] = await Promise.all([
    tokensNow(tx, [...new Set(entries.map(({ token }) => token.tokenId))]),
    answeredBefore<T>(
      tx,
      entries.map(({ send }) => send),
    ),
    histories.around(tx, asked, now),
  ]);
  const entered: (Omit<Entered<T>, "outcome"> & { outcome: Outcome<T> | Outcome<Judged> })[] = [];
  for (const [place, entry] of entries.entries()) {
    const token = tokens.get(entry.token.tokenId) ?? entry.token;
    const earlier = before[place];
    if (token.state !== "holds") entered.push({ token, first: true, outcome: refused({ code: "forbidden" }) });
    else if (earlier) entered.push({ token, first: false, outcome: earlier });
    else {
      const outcome = await judge(tx, token.actor, entry, around[place] ?? { statements: [], events: [] }, now);
      entered.push({ token, first: true, outcome });
    }
  }
  const isNew = (one: (typeof entered)[number]): one is typeof one & { outcome: { ok: true; value: Judged } } =>
    one.first && one.outcome.ok;
  const became = await write(
    tx,
    entered.filter(isNew).map(({ outcome }) => outcome.value),
  );
  const answers: (Send & { answer: unknown })[] = [];
  const told = entered.map((one, place): Entered<T> => {
    const { send, answerTo } = entries[place] as Entry<T>;
    if (!isNew(one)) return one as Entered<T>;
    const answer = answerTo(became.get(one.outcome.value) as Recorded);
    answers.push({ ...send, answer });
    return { ...one, outcome: done(answer) };
  });
  await keepAnswers(tx, answers);
  return told;
}

type Waiting<T> = { entry: Entry<T>; resolve: (entered: Entered<T>) => void; reject: (error: unknown) => void };

/**
 * Enters what programs send, all that wait in one act: the turn, the questions before it, the commit and who hears of it
 * are shared by however many came meanwhile. While one act is told of, the next is written.
 */
export class Together<T> {
  readonly #histories = new Histories();
  #waiting: Waiting<T>[] = [];
  #called = false;

  /** @param db asked for before each act */
  constructor(readonly db: () => Database) {}

  /** Enters one, or answers what it was answered before. @throws as `act` does */
  enter(entry: Entry<T>): Promise<Entered<T>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject });
      this.#call();
    });
  }

  /** Those who came first, one about each country and one under each key. */
  #take(): Waiting<T>[] {
    const [taken, left]: [Waiting<T>[], Waiting<T>[]] = [[], []];
    const seen = new Set<string>();
    for (const one of this.#waiting) {
      const names = [`country ${one.entry.input.country}`, `key ${one.entry.send.key}`];
      const free = taken.length < MOST && !names.some((name) => seen.has(name));
      (free ? taken : left).push(one);
      // What is left goes before what came after it and is about the same.
      for (const name of names) seen.add(name);
    }
    this.#waiting = left;
    return taken;
  }

  #call(): void {
    if (this.#called || this.#waiting.length === 0) return;
    this.#called = true;
    void this.#actTogether();
  }

  async #actTogether(): Promise<void> {
    let taken: Waiting<T>[] | undefined;
    const take = () => {
      if (taken) return taken;
      taken = this.#take();
      this.#called = false;
      this.#call();
      return taken;
    };
    try {
      const entered = await this.#act(take);
      for (const [place, { resolve }] of take().entries()) resolve(entered[place] as Entered<T>);
    } catch (error) {
      if (!taken) {
        // Nobody's turn came: whoever waits is told why.
        taken = this.#waiting.splice(0);
        this.#called = false;
      }
      const some = taken;
      // One of them may be at fault for what the server refused: each is done by itself then.
      if (some.length > 1 && saidNo(error) && !isOutcomeUnknown(error))
        for (const one of some) await this.#act(() => [one]).then(([entered]) => one.resolve(entered as Entered<T>), one.reject);
      else for (const { reject } of some) reject(error);
    }
  }

  async #act(take: () => Waiting<T>[]): Promise<Entered<T>[]> {
    const outcome = await act(this.db(), async (tx) => {
      const entries = take().map(({ entry }) => entry);
      return done(await enterAll(tx, this.#histories, entries, new Date()));
    });
    if (outcome.ok) return outcome.value;
    // Somebody else wrote the same meanwhile.
    return take().map(({ entry }) => ({ token: entry.token, first: true, outcome }));
  }
}
