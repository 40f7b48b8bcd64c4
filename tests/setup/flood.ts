import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

type Answer = { status: number; headers: IncomingHttpHeaders };

/** What came of a flood: how often each status (0 where the connection broke), and the milliseconds that those took that were answered with 200. */
export type Flooded = { statuses: Map<number, number>; took: number[]; withoutRetry: number };

/** One of many addresses, as a proxy of ours would name it. */
const somebody = () => `198.51.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`;

/** Many who ask at once, each from a network of its own and again as soon as they are answered; behind a server that trusts one proxy. */
export class Flood {
  readonly flooded: Flooded = { statuses: new Map(), took: [], withoutRetry: 0 };
  readonly #agent: Agent;
  #going = true;
  readonly #all: Promise<void>[];

  /**
   * @param address what is asked for next
   * @param pause milliseconds between an answer and the next question
   */
  constructor(
    readonly origin: string,
    atOnce: number,
    address: () => string,
    pause = 5,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: atOnce });
    this.#all = Array.from({ length: atOnce }, () => this.#ask(address, pause));
  }

  async stop(): Promise<Flooded> {
    this.#going = false;
    await Promise.all(this.#all);
    this.#agent.destroy();
    return this.flooded;
  }

  async #ask(address: () => string, pause: number): Promise<void> {
    const { statuses, took } = this.flooded;
    while (this.#going) {
      const began = performance.now();
      const { status, headers } = await this.#once(address());
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 200) took.push(performance.now() - began);
      if (status === 503 && headers["retry-after"] === undefined) this.flooded.withoutRetry += 1;
      await sleep(pause);
    }
  }

  #once(path: string): Promise<Answer> {
    const headers = { "x-forwarded-for": somebody(), "accept-encoding": "br" };
    return new Promise((resolve) => {
      const asking = request(this.origin + path, { agent: this.#agent, headers }, (answer) => {
        const over = (status: number) => resolve({ status, headers: answer.headers });
        answer
          .on("end", () => over(answer.statusCode ?? 0))
          .on("error", () => over(0))
          .resume();
      });
      // A connection that was quiet may be ended just as it is used again: whoever reads asks once more, as browsers do.
      const again = ({ code }: NodeJS.ErrnoException) => asking.reusedSocket && code === "ECONNRESET";
      asking.on("error", (error) => resolve(again(error) ? this.#once(path) : { status: 0, headers: {} }));
      asking.end();
    });
  }
}

/** The middle one, and the one that a hundredth is slower than. */
export function ofTimes(took: readonly number[]): { middle: number; slow: number } {
  const sorted = [...took].sort((one, other) => one - other);
  return { middle: sorted[Math.floor(sorted.length / 2)] ?? 0, slow: sorted[Math.floor(sorted.length * 0.99)] ?? 0 };
}

const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
const COUNTRIES = ["kg", "tj", "uz", "am", "md", "by", "kz", "az", "ge", "ua"];
const LANGUAGES = ["ky", "tg", "uz", "ru", "en"];

/** Pages of which there are only so many. */
export const PAGES = LANGUAGES.flatMap((language) =>
  ["", "/deadlines", ...COUNTRIES.map((code) => `/countries/${code}`)].map((page) => `/${language}${page}`),
);
export const aPage = () => any(PAGES);
/** What is dear, and another each time. */
export const DEAR: readonly (() => string)[] = [
  () =>
    `/${any(LANGUAGES)}/explore?c=${any(COUNTRIES)},${any(COUNTRIES)}&known=2025-${10 + Math.floor(Math.random() * 3)}-${10 + Math.floor(Math.random() * 18)}`,
  () =>
    `/${any(LANGUAGES)}/as-known/2025-0${1 + Math.floor(Math.random() * 9)}-${10 + Math.floor(Math.random() * 18)}/countries/${any(COUNTRIES)}`,
  () =>
    `/${any(LANGUAGES)}/explore/chart.png?c=${any(COUNTRIES)}&known=2025-1${Math.floor(Math.random() * 3)}-0${1 + Math.floor(Math.random() * 9)}`,
  () => `/api/v1/snapshots?limit=${1 + Math.floor(Math.random() * 900)}`,
  () => `/${any(LANGUAGES)}/snapshots/q${Math.random().toString(36).slice(2)}`,
  () => `/${any(LANGUAGES)}/${Math.random().toString(36).slice(2)}`,
  () => "/staff/sign-in",
  () => "/data/snapshots.csv",
];
export const somethingDear = () => any(DEAR)();
