/** Nobody can be let in right now: so many are waiting that another would wait too long. */
export class Busy extends Error {
  override readonly name = "Busy";
}

/** Whether it is that, whichever copy of this module threw it: the web bundle may hold more than one, and the door is of one. */
export const isBusy = (error: unknown): boolean => error instanceof Error && error.name === "Busy";

/** So many of one network wait at most, so that nobody else is kept out by it. */
const OF_ONE = 4;

/**
 * A door that lets only so many in at once and keeps a short queue before it. Hashing a password takes 19 MiB and
 * some 50 ms of a processor on purpose; without a door, a few hundred wrong passwords at once would take the machine.
 */
export class Door {
  #inside = 0;
  readonly #waiting: { go: () => void; whose: string | undefined }[] = [];

  /** @param most inside at once; @param queue waiting at most */
  constructor(
    readonly most: number,
    readonly queue: number,
  ) {}

  /**
   * Does the work when its turn comes.
   * @param invited whoever holds a link or a session of ours may wait beyond the queue's end
   * @param whose network it is for
   * @throws Busy when the queue is full, or too much of it is that network's
   */
  async through<T>(work: () => Promise<T>, invited = false, whose?: string): Promise<T> {
    if (this.#inside >= this.most) {
      const many = whose !== undefined && this.#waiting.filter((one) => one.whose === whose).length >= OF_ONE;
      if (!invited && (many || this.#waiting.length >= this.queue)) throw new Busy("too many at the door");
      await new Promise<void>((go) => this.#waiting.push({ go, whose }));
    } else this.#inside += 1;
    try {
      return await work();
    } finally {
      // Whoever waits takes over the place, so that nobody slips in between.
      const next = this.#waiting.shift();
      if (next) next.go();
      else this.#inside -= 1;
    }
  }
}

const shared = globalThis as { muhlatHashingDoor?: Door };
// The web bundle may hold this module more than once: the process has one door.
shared.muhlatHashingDoor ??= new Door(2, 16);
/** The door before everything that hashes a password in this process. */
export const hashingDoor: Door = shared.muhlatHashingDoor;
