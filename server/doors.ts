import type { IncomingMessage } from "node:http";
import { isStaff } from "./policy";
import { Room, type Size } from "./room";

/**
 * What work is for. `page`: a page of which there are only so many. `view`: a view of the figures, a past day, its
 * pictures and files. `question`: a program's. `other`: what may not exist at all. `file`: the whole record.
 * `copy`: a stored document. `stranger`: a page of staff, asked for without a session.
 */
export type Kind = "page" | "view" | "question" | "other" | "file" | "copy" | "stranger";

const SECONDS = 1000;

/** Pages are never refused for want of a place: there are only so many, and each is made once for all who wait. */
const SIZES: Record<Kind, Size> = {
  page: { atOnce: 3, waiting: Number.POSITIVE_INFINITY, patience: 20 * SECONDS },
  view: { atOnce: 2, waiting: 16, patience: 5 * SECONDS },
  // Sixteen of the longest series at once are all answered.
  question: { atOnce: 2, waiting: 32, patience: 15 * SECONDS },
  other: { atOnce: 2, waiting: 16, patience: 5 * SECONDS },
  file: { atOnce: 12, each: 4, waiting: 24, patience: 5 * SECONDS },
  copy: { atOnce: 12, each: 4, waiting: 24, patience: 5 * SECONDS },
  stranger: { atOnce: 2, waiting: 16, patience: 5 * SECONDS },
};

/** All of these run on the one thread that answers everybody: so many of them at once, of whatever kind. */
const ON_THE_THREAD: ReadonlySet<Kind> = new Set(["view", "question", "other", "stranger"]);
const MOST_ON_THE_THREAD = 2;

/** While staff or a program's entry is under way, or pages wait, the next dear work begins no sooner after the last; milliseconds. */
const BREATH = 500;
/** After so long it is no more than others: who sends slowly holds up nobody. */
const FIRST_FOR = 3 * SECONDS;

/**
 * The doors before all work that is not answered from what is kept, a room for each kind, so that what is dear is refused
 * before it keeps others waiting. Staff and what programs enter go through none, and have the way before everything dear.
 */
export class Doors {
  readonly rooms: Readonly<Record<Kind, Room>>;
  #first = 0;
  #onTheThread = 0;
  #begunAt = Number.NEGATIVE_INFINITY;
  readonly #order: Kind[];
  #timer: NodeJS.Timeout | undefined;

  constructor(sizes: Readonly<Record<Kind, Size>> = SIZES) {
    this.#order = Object.keys(sizes) as Kind[];
    const room = (kind: Kind) => new Room(sizes[kind], kind === "page" ? undefined : () => this.#mayBegin(kind));
    this.rooms = Object.fromEntries(this.#order.map((kind) => [kind, room(kind)])) as Record<Kind, Room>;
  }

  /** Waits until work may begin; the answer says that it is over. @throws Busy */
  async enter(kind: Kind, client: string, signal?: AbortSignal): Promise<() => void> {
    const leave = await this.rooms[kind].enter(client, signal, () => this.#begins(kind));
    if (!ON_THE_THREAD.has(kind)) return leave;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#onTheThread -= 1;
      leave();
      this.#look();
    };
  }

  /** Notes that staff or a program's entry is under way, before which dear work steps back; the answer says that it is over. */
  goesFirst(): () => void {
    this.#first += 1;
    let over = false;
    const end = () => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      this.#first -= 1;
      if (this.#first === 0) this.#look();
    };
    const timer = setTimeout(end, FIRST_FOR).unref();
    return end;
  }

  #mayBegin(kind: Kind): boolean {
    if (ON_THE_THREAD.has(kind) && this.#onTheThread >= MOST_ON_THE_THREAD) return false;
    const steppedBack = this.#first > 0 || this.rooms.page.waiting > 0;
    if (!steppedBack || performance.now() - this.#begunAt >= BREATH) return true;
    this.#timer ??= setTimeout(() => this.#look(), BREATH).unref();
    return false;
  }

  #begins(kind: Kind): void {
    if (ON_THE_THREAD.has(kind)) this.#onTheThread += 1;
    if (kind !== "page") this.#begunAt = performance.now();
  }

  #look(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // Each kind is the first to choose in its turn.
    this.#order.push(...this.#order.splice(0, 1));
    for (const kind of this.#order) this.rooms[kind].look();
  }
}

const COPY = /^\/(?:staff\/)?sources\//;
/** What a browser that has signed in shows; whether the session holds is asked by the page. */
export const showsSession = ({ headers }: Pick<IncomingMessage, "headers">): boolean =>
  /(?:^|[; ])(?:__Host-)?muhlat-session=/.test(headers.cookie ?? "");

/** The room of a request that the front does not answer; "first" for staff and for what programs enter, undefined for what costs next to nothing. */
export function kindOf(request: Pick<IncomingMessage, "url" | "method" | "headers">): Kind | "first" | undefined {
  const path = request.url?.split("?")[0] ?? "/";
  if (isStaff(path)) return showsSession(request) ? "first" : "stranger";
  if (COPY.test(path)) return "copy";
  if (path.startsWith("/api/v1")) return request.method === "POST" ? "first" : "question";
  return isSmall(path) ? undefined : "other";
}

/** Whether an address is one of the few small files that every page brings along. */
export const isSmall = (path: string): boolean =>
  /^\/(?:(?:_next|js|icons|api\/health|\.well-known)\/|icon\.svg$|favicon\.ico$|sw\.js$|robots\.txt$|sitemap\.xml$|$)/.test(path);
