import { randomUUID } from "node:crypto";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { WARNINGS } from "@/lib/snapshots/warnings";

/** Programs that send one statement after the other; each holds one connection to each of the processes. */
const WRITERS = 6;
/** Visitors, each of whom reads one page after the other. */
const READERS = 4;
/** What a program waits for an answer before it sends the same again; milliseconds. */
const PATIENCE = 20_000;
/** What a visitor waits at most before it counts as failed; milliseconds. */
const VISITORS_PATIENCE = 10_000;
/** How long before a program that was not answered as it should be sends the same again; milliseconds. */
const AGAIN = 250;
/** How long a visitor looks at a page; milliseconds. */
const LOOKS = 150;

/** Of which there are figures to record, and over so many days: what is there already is looked at before each. */
export const COUNTRIES = ["KG", "TJ", "UZ", "AZ", "AM", "MD", "BY", "KZ", "CN", "VN"];
const DAYS = 4000;

const oneOf = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
const agent = new http.Agent({ keepAlive: true });

type Answer = { status: number; headers: http.IncomingHttpHeaders; body: string };

function ask(method: string, url: string, patience: number, headers: Record<string, string> = {}, sent?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, agent, headers, signal: AbortSignal.timeout(patience) }, (answer) => {
      let body = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk) => (body += chunk));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
      answer.on("error", reject);
    });
    request.on("error", reject);
    request.end(sent);
  });
}

const count = (counts: Map<string, number>, what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);

/** Programs that record figures, each sent under its key again until it is answered, to one process or the other. */
export class Writers {
  /** The titles of the sources of what was acknowledged, and when; milliseconds of this process. */
  readonly acknowledged = new Map<string, number>();
  /** What else was answered, and how often: none of it is an acknowledgement. */
  readonly refusals = new Map<string, number>();
  sent = 0;
  /** Answered as recorded earlier: the retry settled it. */
  settled = 0;
  #going = true;
  #last = performance.now();
  #gap = 0;
  readonly #all: Promise<void>[];

  /**
   * @param token one that publishes for the countries above
   * @param writers how many programs
   * @param pause between an answer and the next statement of each; milliseconds
   */
  constructor(
    readonly origins: readonly string[],
    readonly token: string,
    writers = WRITERS,
    readonly pause = 0,
  ) {
    this.#all = Array.from({ length: writers }, (_, writer) => this.#write(writer));
  }

  /** The longest time in which nothing was acknowledged since it was asked last; milliseconds. */
  gap(): number {
    const longest = Math.max(this.#gap, performance.now() - this.#last);
    this.#gap = 0;
    this.#last = performance.now();
    return longest;
  }

  /** Ends it when everything that was sent is answered. */
  async stop(): Promise<void> {
    this.#going = false;
    await Promise.all(this.#all);
  }

  async #write(writer: number): Promise<void> {
    for (let turn = writer; this.#going; turn += 1) {
      const title = `drill ${randomUUID()}`;
      this.sent += 1;
      const statement = {
        country: oneOf(COUNTRIES),
        measure: "left",
        as_of: new Date(Date.UTC(2012, 0, 1 + Math.floor(Math.random() * DAYS))).toISOString().slice(0, 10),
        value: 1000 + Math.floor(Math.random() * 1000),
        qualifier: "about",
        source: { title, published_on: "2024-02-01" },
        confirm: Object.keys(WARNINGS),
      };
      const key = randomUUID();
      for (let tries = 0; !(await this.#sent(turn + tries, key, title, statement)); tries += 1) await sleep(AGAIN);
      if (this.pause > 0) await sleep(this.pause);
    }
  }

  async #sent(turn: number, key: string, title: string, statement: object): Promise<boolean> {
    const headers = {
      "content-type": "application/json",
      authorization: `Bearer ${this.token}`,
      "idempotency-key": key,
      // One address may ask so often in a minute; these are many.
      "x-forwarded-for": `10.0.${turn % 250}.${(turn >> 8) % 250}`,
    };
    const url = `${this.origins[turn % this.origins.length]}/api/v1/snapshots`;
    const answer = await ask("POST", url, PATIENCE, headers, JSON.stringify(statement)).catch((error: Error) => error);
    if (answer instanceof Error) {
      count(this.refusals, `no answer (${answer.name === "AbortError" ? "in time" : answer.message})`);
      return false;
    }
    if (answer.status !== 201 && answer.status !== 200) {
      const type = /"type":"[^"]*\/(\w+)"/.exec(answer.body)?.[1] ?? answer.body.slice(0, 200);
      count(this.refusals, `${answer.status} ${type}`);
      if (answer.status < 500 && answer.status !== 409) throw new Error(`a statement was refused: ${answer.body.slice(0, 500)}`);
      return false;
    }
    const now = performance.now();
    this.acknowledged.set(title, now);
    if (answer.status === 200) this.settled += 1;
    this.#gap = Math.max(this.#gap, now - this.#last);
    this.#last = now;
    return true;
  }
}

/** Visitors who read pages of one process or the other. */
export class Readers {
  requests = 0;
  /** Shown as they were kept, with a line that says so. */
  old = 0;
  slowest = 0;
  readonly failures = new Map<string, number>();
  #going = true;
  readonly #all: Promise<void>[];

  constructor(
    readonly origins: readonly string[],
    readonly addresses: readonly string[],
  ) {
    this.#all = Array.from({ length: READERS }, (_, reader) => this.#read(reader));
  }

  async stop(): Promise<void> {
    this.#going = false;
    await Promise.all(this.#all);
  }

  async #read(reader: number): Promise<void> {
    for (let turn = reader; this.#going; turn += READERS) {
      const began = performance.now();
      const failure = await this.#ask(turn).catch((error: Error) => error.message);
      if (failure) count(this.failures, failure);
      this.requests += 1;
      this.slowest = Math.max(this.slowest, performance.now() - began);
      await sleep(LOOKS);
    }
  }

  async #ask(turn: number): Promise<string | undefined> {
    const address = this.addresses[turn % this.addresses.length] ?? "/en";
    const url = `${this.origins[Math.floor(turn / READERS) % this.origins.length]}${address}`;
    const { status, headers, body } = await ask("GET", url, VISITORS_PATIENCE);
    if (status !== 200) return `${address}: status ${status}`;
    if (headers.age !== undefined) {
      this.old += 1;
      if (!body.includes('<main id="content"><p class="band"')) return `${address}: an old page that does not say so`;
    }
    return body.includes("</html>") ? undefined : `${address}: half a page`;
  }
}
