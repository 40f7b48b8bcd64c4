import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** What is under way on a server's connections, so that it can be brought to an end: what was begun is finished, nothing else begins. */
export class Underway {
  readonly #server: Server;
  /** How many requests each connection has under way. */
  readonly #connections = new Map<Socket, number>();
  #ending = false;

  constructor(server: Server) {
    this.#server = server;
    server.on("connection", (socket: Socket) => {
      this.#connections.set(socket, 0);
      socket.once("close", () => this.#connections.delete(socket));
    });
    server.on("request", (request: IncomingMessage, response: ServerResponse) => this.#note(request.socket, response));
  }

  /** How many connections there are. */
  get connections(): number {
    return this.#connections.size;
  }

  #note(socket: Socket, response: ServerResponse): void {
    this.#connections.set(socket, (this.#connections.get(socket) ?? 0) + 1);
    if (this.#ending) response.shouldKeepAlive = false;
    response.once("close", () => {
      const left = (this.#connections.get(socket) ?? 1) - 1;
      if (!this.#connections.has(socket)) return;
      this.#connections.set(socket, left);
      if (this.#ending && left === 0) socket.destroySoon();
    });
  }

  /**
   * Takes nothing new from now on, and waits for what is under way. A connection on which nobody has asked for anything
   * yet is not waited for.
   * @param limit after which what is left is cut off; milliseconds
   * @returns how many were cut off
   */
  end(limit: number): Promise<number> {
    this.#ending = true;
    return new Promise((resolve) => {
      let cut = 0;
      const timer = setTimeout(() => {
        cut = this.#connections.size;
        this.#server.closeAllConnections();
      }, limit);
      this.#server.close(() => {
        clearTimeout(timer);
        resolve(cut);
      });
      for (const [socket, asked] of this.#connections) if (asked === 0) socket.destroySoon();
    });
  }
}
