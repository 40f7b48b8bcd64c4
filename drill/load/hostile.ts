import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const HALF_OPEN = 100;
const NOT_TAKING = 10;
/** A byte of a request that never ends, so often; milliseconds. */
const DRIP = 2000;
/** A request with more headers than anybody needs, so often; milliseconds. */
const HUGE_EVERY = 1000;
const HUGE = `GET /en HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Huge: ${"a".repeat(200_000)}\r\n\r\n`;

/** Clients that never finish what they ask, never take what they get, or send headers without end, for as long as it lasts. */
export class Hostile {
  /** What headers without end were answered with, and how often: a status, or nothing at all. */
  readonly answered = new Map<string, number>();
  /** Connections that were ended by the server. */
  ended = 0;
  readonly #port: number;
  readonly #all: Promise<void>[];
  readonly #sockets = new Set<Socket>();
  #going = true;

  constructor(origin: string) {
    this.#port = Number(new URL(origin).port);
    this.#all = [
      ...Array.from({ length: HALF_OPEN }, () => this.#drip()),
      ...Array.from({ length: NOT_TAKING }, () => this.#takeNothing()),
      this.#sendHuge(),
    ];
  }

  async stop(): Promise<void> {
    this.#going = false;
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#all);
  }

  #open(text: string): { socket: Socket; closed: Promise<void> } {
    const socket = connect(this.#port, "127.0.0.1", () => socket.write(text));
    this.#sockets.add(socket);
    const closed = new Promise<void>((resolve) => {
      socket
        .on("error", () => {})
        .on("close", () => {
          this.#sockets.delete(socket);
          this.ended += 1;
          resolve();
        });
    });
    return { socket, closed };
  }

  async #drip(): Promise<void> {
    while (this.#going) {
      const { socket, closed } = this.#open("GET /en HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
      socket.resume();
      const dripping = setInterval(() => socket.write("a"), DRIP);
      await closed;
      clearInterval(dripping);
    }
  }

  async #takeNothing(): Promise<void> {
    while (this.#going) {
      const { socket, closed } = this.#open("GET /data/snapshots.csv HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
      // It reads not a byte; after a minute it goes away.
      const gone = setTimeout(() => socket.destroy(), 60_000);
      await closed;
      clearTimeout(gone);
      await sleep(200);
    }
  }

  async #sendHuge(): Promise<void> {
    while (this.#going) {
      const { socket, closed } = this.#open(HUGE);
      let said = "";
      socket.setEncoding("latin1").on("data", (text) => (said += text));
      await closed;
      const status = /^HTTP\/1\.1 (\d+)/.exec(said)?.[1] ?? "cut off";
      if (this.#going) this.answered.set(status, (this.answered.get(status) ?? 0) + 1);
      await sleep(HUGE_EVERY);
    }
  }
}
