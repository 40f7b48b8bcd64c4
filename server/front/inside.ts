import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from "node:http";
import { Duplex } from "node:stream";

/** A whole answer of the pages, as they gave it. */
export type Answered = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** An address as long as strangers may send one (Node: 16 KB) is said twice inside, once in our own notes. */
const MOST_HEADER_BYTES = 64 * 1024;

/** One end of a line inside this process: what is written to it is read at the other. */
class End extends Duplex {
  other?: End;
  #go?: () => void;

  override _read(): void {
    const go = this.#go;
    // What goes on may have to wait again before it returns.
    this.#go = undefined;
    go?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (!this.other || this.other.push(chunk)) done();
    else this.other.#go = done;
  }

  override _final(done: () => void): void {
    this.other?.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.other?.destroy();
    done(error);
  }
}

function line(): [End, End] {
  const ends: [End, End] = [new End(), new End()];
  ends[0].other = ends[1];
  ends[1].other = ends[0];
  return ends;
}

type Question = { method?: string; headers: Record<string, string>; signal?: AbortSignal };

/**
 * A way to ask the pages from inside the process, without a socket: the answer comes uncompressed, as it is made, and is
 * made no faster than it is read. Who destroys it ends its making.
 * @param handle what answers requests from outside too
 * Rejects where no answer begins, or the question is given up before one does.
 */
export function openInside(handle: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const server = createServer({ maxHeaderSize: MOST_HEADER_BYTES }, (asked, response) => void handle(asked, response));
  return (path: string, question: Question): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const [ours, theirs] = line();
      server.emit("connection", theirs);
      const asking = request({ path, ...question, createConnection: () => ours }, resolve);
      asking.on("error", reject);
      asking.end();
    });
}

/**
 * The same for an answer that is wanted whole.
 * Rejects with what went wrong, when the answer does not come whole within `patience` milliseconds, or is given up.
 */
export function askInside(handle: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const open = openInside(handle);
  return async (path: string, headers: Record<string, string>, patience: number, giveUp?: AbortSignal): Promise<Answered> => {
    const late = AbortSignal.timeout(patience);
    const answer = await open(path, { headers, signal: giveUp ? AbortSignal.any([late, giveUp]) : late });
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk);
    return { status: answer.statusCode ?? 500, headers: answer.headers, body: Buffer.concat(chunks) };
  };
}
