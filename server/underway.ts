import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** What is under way on a server's connections, so that it can be brought to an end: what was begun is finished, nothing else begins. */
export class Underway {
  readonly #server: Server;
  /** The answers that are not over yet, by connection. */
  readonly #connections = new Map<Socket, Set<ServerResponse>>();
  #ending = false;

  constructor(server: Server) {
    this.#server = server;
    server.on("connection", (socket: Socket) => {
      // One that was let in while the door was being closed.
      if (this.#ending) return void socket.destroy();
      this.#connections.set(socket, new Set());
      socket.once("close", () => this.#connections.delete(socket));
    });
    server.on("request", (request: IncomingMessage, response: ServerResponse) => this.#note(request.socket, response));
  }

  /** How many connections there are. */
  get connections(): number {
    return this.#connections.size;
  }

  #note(socket: Socket, response: ServerResponse): void {
    const answers = this.#connections.get(socket);
    if (!answers) return;
    answers.add(response);
    if (this.#ending) response.shouldKeepAlive = false;
    response.once("close", () => {
      answers.delete(response);
      if (this.#ending && answers.size === 0) socket.destroySoon();
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
      for (const [socket, answers] of this.#connections) {
        if (answers.size === 0) socket.destroySoon();
        // Who keeps the connection would ask again on it.
        for (const response of answers) response.shouldKeepAlive = false;
      }
    });
  }
}
