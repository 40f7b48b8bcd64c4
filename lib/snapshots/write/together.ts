import type { Database } from "@/db/client";
import { isAway, isOutcomeUnknown } from "@/db/commit";
import { answeredBefore, keepAnswers, type Send } from "../../ledger/once";
import { act, allOf, alone, newStatementId } from "../../ledger/write";
import { momentOf } from "../../moments/rules";
import { done, type Outcome, refused } from "../../outcome";
import { type Found, findSources } from "../../sources/write";
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
/** An act whose turn has not come by then is not waited for any more; milliseconds, and more than any turn is waited for. */
const PATIENCE = 40_000;

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

/** What becomes of one that was let in. */
const becomes = ({ statement: { statementId }, submits }: Judged): Recorded =>
  submits ? { statementId, state: "waiting" } : { statementId, state: "published", revision: 1 };

/** Makes those that were let in part of the record, or submissions. */
async function write(tx: Database, judged: readonly Judged[], found: Found): Promise<void> {
  const published = judged.filter(({ submits }) => !submits).map(({ statement, actor }) => ({ ...statement, by: alone(actor) }));
  const writing = [publishNew(tx, published, found)];
  for (const { statement, actor, submits } of judged) {
    const { statementId, input, confirmed } = statement;
    const of = { statementId, replacesRevision: 0 };
    if (submits) writing.push(submit(tx, actor, "record", of, [input.country], { ...input, confirmed }).then(() => {}));
  }
  await allOf(writing);
}

/** Enters what programs sent, inside one act: no two about one country, nor under one key. One that is refused leaves the others as they are. */
async function enterAll<T>(tx: Database, histories: Histories, entries: readonly Entry<T>[], now: Date): Promise<Entered<T>[]> {
  const sent = entries.map(({ send }) => send);
  const asked = entries.map(({ input }) => ({ country: input.country, asOf: momentOf(input.as_of) }));
  const named = entries.map(({ input }) => input.source);
  // Asked together, in one way to the database and back.
  const [tokens, before, found, around] = await Promise.all([
    tokensNow(tx, [...new Set(entries.map(({ token }) => token.tokenId))]),
    answeredBefore<T>(tx, sent),
    findSources(tx, named),
    histories.around(tx, asked, now),
  ]);
  const letIn: Judged[] = [];
  const answers: (Send & { answer: unknown })[] = [];
  const entered: Entered<T>[] = [];
  for (const [place, entry] of entries.entries()) {
    const token = tokens.get(entry.token.tokenId) ?? entry.token;
    const earlier = before[place];
    const one = { token, first: earlier === undefined };
    if (token.state !== "holds") entered.push({ ...one, outcome: refused({ code: "forbidden" }) });
    else if (earlier) entered.push({ ...one, outcome: earlier });
    else {
      const judged = await judge(tx, token.actor, entry, around[place] ?? { statements: [], events: [] }, now);
      if (!judged.ok) entered.push({ ...one, outcome: judged });
      else {
        const answer = entry.answerTo(becomes(judged.value));
        letIn.push(judged.value);
        answers.push({ ...entry.send, answer });
        entered.push({ ...one, outcome: done(answer) });
      }
    }
  }
  await allOf([write(tx, letIn, found), keepAnswers(tx, answers)]);
  return entered;
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
    const takeOnly = (those: Waiting<T>[]) => {
      clearTimeout(timer);
      taken = those;
      this.#called = false;
      this.#call();
      return those;
    };
    // On a connection that fell silent nothing comes for a quarter of an hour: that keeps nobody else.
    const timer = setTimeout(() => takeOnly([]), PATIENCE).unref();
    const take = () => taken ?? takeOnly(this.#take());
    try {
      const entered = await this.#act(take);
      for (const [place, { resolve }] of take().entries()) resolve(entered[place] as Entered<T>);
    } catch (error) {
      if (!taken) {
        // Nobody's turn came: whoever waits is told why. By themselves they would wait for a turn as long again, one after the other.
        for (const { reject } of this.#waiting.splice(0)) reject(error);
        // An act that was given up may come to its turn yet: who comes from now on is not its to take.
        takeOnly([]);
        return;
      }
      await this.#byThemselves(taken, error);
    }
  }

  /** After an act of several has failed: one of them may be at fault, so each is done by itself, as long as anything can be done. */
  async #byThemselves(taken: readonly Waiting<T>[], failed: unknown): Promise<void> {
    let why = failed;
    for (const one of taken) {
      if (taken.length === 1 || isOutcomeUnknown(why) || isAway(why)) one.reject(why);
      else
        await this.#act(() => [one]).then(
          ([entered]) => one.resolve(entered as Entered<T>),
          (error) => {
            why = error;
            one.reject(error);
          },
        );
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
