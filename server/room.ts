import { networkOf } from "@/lib/networks";

/** No place became free in time, or too many wait for one already; what was asked for can be had a moment later. */
export class Busy extends Error {
  /** After how many seconds one may come again. */
  readonly seconds = 2;
}

/** `atOnce`: places in all. `each`: how many of them one network may hold. `waiting`: who may wait for one. `patience`: for how long; milliseconds. */
export type Size = { atOnce: number; each?: number; waiting: number; patience: number };

type Waiter = { begin: () => void; refuse: () => void };

/**
 * Places for work of one kind. Whoever finds none waits; networks take turns, so that one that asks for much keeps only
 * itself waiting, and when all is full it is the one that is refused.
 */
export class Room {
  readonly #size: Size;
  readonly #mayBegin: () => boolean;
  readonly #held = new Map<string, number>();
  /** Who waits, by network; the network whose turn is next comes first. */
  readonly #queues = new Map<string, Waiter[]>();
  #inside = 0;
  #waiting = 0;
  /** How many were refused so far. */
  refused = 0;

  /** @param mayBegin whether something may begin right now, places or not; `look` when that has changed */
  constructor(size: Size, mayBegin = () => true) {
    this.#size = size;
    this.#mayBegin = mayBegin;
  }

  /** How many hold a place. */
  get inside(): number {
    return this.#inside;
  }

  /** How many wait for one. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Waits for a place.
   * @param client whose request it is
   * @param signal gives up waiting
   * @param begins is called in the moment the place is given
   * @returns gives the place back; more than once does no harm
   * @throws Busy
   */
  enter(client: string, signal?: AbortSignal, begins = () => {}): Promise<() => void> {
    const network = networkOf(client);
    return new Promise((resolve, reject) => {
      const refuse = () => {
        this.refused += 1;
        over();
        reject(new Busy("no place"));
      };
      const giveUp = () => {
        this.#drop(network, waiter);
        over();
        reject(new Error("given up"));
      };
      const begin = () => {
        over();
        begins();
        resolve(this.#take(network));
      };
      const waiter = { begin, refuse };
      const timer = setTimeout(() => {
        this.#drop(network, waiter);
        refuse();
      }, this.#size.patience);
      const over = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", giveUp);
      };
      if (signal?.aborted) return giveUp();
      if (!this.#makeRoom(network)) return refuse();
      signal?.addEventListener("abort", giveUp);
      const queue = this.#queues.get(network);
      if (queue) queue.push(waiter);
      else this.#queues.set(network, [waiter]);
      this.#waiting += 1;
      this.look();
    });
  }

  /** Lets in whoever may come in now. */
  look(): void {
    while (this.#waiting > 0 && this.#inside < this.#size.atOnce && this.#mayBegin()) {
      const next = this.#next();
      if (next === undefined) return;
      const queue = this.#queues.get(next) ?? [];
      const waiter = queue.shift();
      this.#waiting -= 1;
      // Its next turn comes after everybody else's.
      this.#queues.delete(next);
      if (queue.length > 0) this.#queues.set(next, queue);
      waiter?.begin();
    }
  }

  #next(): string | undefined {
    const { each = Number.POSITIVE_INFINITY } = this.#size;
    for (const network of this.#queues.keys()) if ((this.#held.get(network) ?? 0) < each) return network;
    return undefined;
  }

  #take(network: string): () => void {
    this.#inside += 1;
    this.#held.set(network, (this.#held.get(network) ?? 0) + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#inside -= 1;
      const held = (this.#held.get(network) ?? 1) - 1;
      if (held > 0) this.#held.set(network, held);
      else this.#held.delete(network);
      this.look();
    };
  }

  /** Whether one more of this network may wait; where all is full, somebody goes of the network that has the most. */
  #makeRoom(network: string): boolean {
    if (this.#waiting < this.#size.waiting || (this.#waiting === 0 && this.#inside < this.#size.atOnce)) return true;
    let most: Waiter[] = [];
    let whose = network;
    for (const [name, queue] of this.#queues) if (queue.length > most.length) [whose, most] = [name, queue];
    if (most.length <= (this.#queues.get(network)?.length ?? 0) + 1) return false;
    const last = most.at(-1);
    if (last) this.#drop(whose, last);
    last?.refuse();
    return true;
  }

  #drop(network: string, waiter: Waiter): void {
    const queue = this.#queues.get(network) ?? [];
    const at = queue.indexOf(waiter);
    if (at < 0) return;
    queue.splice(at, 1);
    this.#waiting -= 1;
    if (queue.length === 0) this.#queues.delete(network);
  }
}
