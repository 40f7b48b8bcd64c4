import type { IncomingMessage, ServerResponse } from "node:http";
import type { Watch } from "@/db/changes";
import { isLanguage, type Language } from "@/lib/i18n/languages";
import { Doors, isSmall, type Kind } from "../doors";
import { fileHeaders } from "../policy";
import { isApi } from "../problem";
import { Busy } from "../room";
import { type Address, addressOf, firstAsked } from "./addresses";
import { Content, type Document, turnOf } from "./document";
import { type Finished, finish } from "./finish";
import { asOfThen, Trouble } from "./in-trouble";
import type { askInside } from "./inside";
import type { Keep } from "./keep";
import { isView, send, sendRight, sendShort, spokenIn } from "./sending";

/** How long an answer of the pages is waited for; milliseconds. */
const PATIENCE = 10_000;
/** The same for who tries whether they answer again. */
const PATIENCE_IN_TROUBLE = 2000;
/** The same for a reader for whom there is a kept document. */
const PATIENCE_WITH_KEPT = 3000;

type Flight = { generation: number; landed: Promise<Landed>; giveUp: AbortController };
type Landed = { document: Document } | { passed: Finished };

/** Who asks for finished pages. Whom Next knows by no name it sends a page's head in pieces. */
const NAME = "Muhlat front";

/** Staff, programs, files and stored copies are nobody's finished pages. */
const NO_PAGES = /^\/(?:staff|api(?!\/v1)|_next|js|sources|data)(?:[/?]|$)/;

/** Whether a request may be for a finished document: what the framework's own script asks for is none. */
export function asksForPage({ method, url = "/", headers }: Pick<IncomingMessage, "method" | "url" | "headers">): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  if (headers.rsc !== undefined || headers["next-action"] !== undefined || headers["next-router-prefetch"] !== undefined) return false;
  return !NO_PAGES.test(url) && !/[?&]_rsc(?:=|&|$)/.test(url);
}

/** The document that a request is for. A table may be wanted in another form than the one that is kept. */
function addressFor({ url = "/", headers }: IncomingMessage): Address | undefined {
  return url.startsWith("/api/") && /csv|\*;|;q=/i.test(headers.accept ?? "") ? undefined : addressOf(url);
}

/** The finished documents of this process: answers with those that are right, has the others made, once for all who ask. */
export class Front {
  readonly #keep: Keep;
  readonly #many: Keep;
  readonly #ask: ReturnType<typeof askInside>;
  readonly #host: string;
  readonly #doors: Doors;
  readonly #trouble = new Trouble();
  readonly #flights = new Map<string, Flight>();
  #generation = 0;
  #watch: Pick<Watch, "trusted"> = { trusted: () => false };
  /** How often the pages were asked for a document that may be kept. */
  made = 0;
  /** How many answers came from where: kept and right, asked of the pages, kept and old, and those that were none. */
  readonly answers = { kept: 0, asked: 0, old: 0, none: 0 };
  /** How many changes of the record were told. */
  changes = 0;

  /**
   * @param ask the pages
   * @param host that the pages are told they are asked under, whoever asks
   * @param many where documents are kept of which there is no end; they push out no others
   * @param doors that whatever is asked of the pages goes through
   */
  constructor(keep: Keep, ask: ReturnType<typeof askInside>, host: string, many = keep, doors = new Doors()) {
    this.#keep = keep;
    this.#many = many;
    this.#ask = ask;
    this.#host = host;
    this.#doors = doors;
    // Nobody can be asked before `open`.
    this.#trouble.begins(Number.POSITIVE_INFINITY);
  }

  /** Whether there is anything to answer with while nothing can be asked. */
  get hasDocuments(): boolean {
    return this.#keep.count > 0;
  }

  /** Documents that are kept, and the bytes that they take. */
  get kept(): { count: number; bytes: number } {
    const keeps = [...new Set([this.#keep, this.#many])];
    return { count: sum(keeps.map((keep) => keep.count)), bytes: sum(keeps.map((keep) => keep.bytes)) };
  }

  /** Whether changes of the record are heard right now. */
  get hears(): boolean {
    return this.#watch.trusted();
  }

  #keepOf({ many }: Address): Keep {
    return many ? this.#many : this.#keep;
  }

  #kept(address: Address | undefined): Document | undefined {
    return address && this.#keepOf(address).get(address.key);
  }

  /** What was kept may be old from now on. */
  readonly changed = (): void => {
    this.#generation += 1;
    this.changes += 1;
  };

  /** The pages can be asked from now on; changes may be told already. */
  open(): void {
    this.#trouble.over();
  }

  /** Changes are told from now on: what was kept before may be old, and what failed may work. */
  connected(watch: Pick<Watch, "trusted">): void {
    this.#generation += 1;
    this.#watch = watch;
    if (this.#trouble.known) this.#trouble.over();
    for (const key of firstAsked) {
      const address = addressOf(key);
      if (address) this.#fly(address, "").landed.catch(() => {});
    }
  }

  /** Changes are told no more. Whoever waits for a page is not left waiting. */
  readonly lost = (): void => {
    if (!this.#trouble.known) this.#trouble.begins(0);
    for (const { giveUp } of this.#flights.values()) giveUp.abort();
  };

  /** Answers at once what is kept and right; says whether it did. */
  answerNow(request: IncomingMessage, response: ServerResponse): boolean {
    const url = request.url ?? "/";
    if (url === "/api/time" && request.method === "GET") {
      response.writeHead(200, { ...fileHeaders(), "content-type": "text/plain", "cache-control": "no-store" }).end(String(Date.now()));
      return true;
    }
    if (!asksForPage(request)) return false;
    const document = (url.startsWith("/api/") ? undefined : this.#keep.get(url)) ?? this.#kept(addressFor(request));
    const now = Date.now();
    if (!document || !this.#isRight(document, now)) return false;
    document.rightAt = now;
    this.answers.kept += 1;
    sendRight(document, url, request, response);
    return true;
  }

  /**
   * Answers with what the pages say now, or, where they cannot be asked or too much is being asked, with what they said last.
   * @param client whose request it is
   */
  async answer(request: IncomingMessage, response: ServerResponse, client = ""): Promise<void> {
    const from = await this.#answered(request, response, client);
    this.answers[from] += 1;
  }

  async #answered(request: IncomingMessage, response: ServerResponse, client: string): Promise<"asked" | "old" | "none"> {
    const url = request.url ?? "/";
    const address = addressFor(request);
    const kept = this.#kept(address);
    let busy = false;
    try {
      if (!this.#mayAsk(address)) throw new Error("the pages cannot be asked right now");
      const landed = address && (await (kept ? inTime(this.#landed(address, client), PATIENCE_WITH_KEPT) : this.#landed(address, client)));
      // What there is not is said in the reader's own words where the address names no language.
      const unsaid =
        landed && "passed" in landed && landed.passed.status === 404 && !url.startsWith("/api/") && !isLanguage(url.split("/")[1] ?? "");
      if (!landed || unsaid) await this.#pass(url, request, response, client);
      else if ("document" in landed) sendRight(landed.document, url, request, response);
      else if (!kept || landed.passed.status < 500) await send(landed.passed, request, response);
      else throw new Error(`the pages answered ${landed.passed.status}`);
      return "asked";
    } catch (error) {
      busy = error instanceof Busy;
      // Who was to try whether they answer again did not come to it.
      if (busy && this.#trouble.known) this.#trouble.begins(0);
      if (!this.#trouble.known && !busy) console.error(`${url} could not be made:`, error);
    }
    if (address && kept) this.#sendOld(kept, address.language, request, response);
    else sendShort(busy ? "busy" : "unavailable", address?.language ?? spokenIn(url, request), request, response);
    return address && kept ? "old" : "none";
  }

  #isRight(document: Document, now: number): boolean {
    return document.generation === this.#generation && document.madeAt <= now && now < document.turnsAt && this.#watch.trusted();
  }

  /** Whoever finds others asking for the same waits with them. */
  #mayAsk(address: Address | undefined): boolean {
    if (!this.#trouble.known) return true;
    return this.#trouble.mayAsk() || (address !== undefined && !this.#kept(address) && this.#flights.has(address.key));
  }

  /** The answer whose making began after the last change that was told before this moment, and that is right by the clock. */
  async #landed(address: Address, client: string): Promise<Landed> {
    const arrived = this.#generation;
    for (let tries = 1; ; tries += 1) {
      const found = this.#flights.get(address.key);
      const flight = found && found.generation >= arrived ? found : this.#fly(address, client);
      const landed = await flight.landed;
      if (!("document" in landed) || landed.document.turnsAt > Date.now() || tries === 3) return landed;
    }
  }

  #fly(address: Address, client: string): Flight {
    const giveUp = new AbortController();
    const landed = this.#make(address, this.#generation, giveUp.signal, client);
    const flight: Flight = { generation: this.#generation, giveUp, landed };
    this.#flights.set(address.key, flight);
    const gone = () => {
      if (this.#flights.get(address.key) === flight) this.#flights.delete(address.key);
    };
    flight.landed.then(gone, gone);
    return flight;
  }

  async #make(address: Address, generation: number, giveUp: AbortSignal, client: string): Promise<Landed> {
    const { key, path } = address;
    const keep = this.#keepOf(address);
    const madeAt = Date.now();
    this.made += 1;
    const leave = await this.#doors.enter(this.#kindOf(address), client, giveUp);
    const said = { host: this.#host, "accept-language": address.language, "user-agent": NAME };
    const finished = await this.#asked(key, path, said, giveUp).finally(leave);
    if (!finished.keep) {
      if (finished.status < 500) keep.drop(key);
      return { passed: finished };
    }
    const content = new Content(finished.body, finished.headers);
    const turnsAt = turnOf(finished.html ? finished.body.toString() : "", madeAt);
    const kept = keep.get(key);
    if (kept?.content.hash === content.hash) {
      if (madeAt >= kept.madeAt || generation > kept.generation) Object.assign(kept, { generation, madeAt, turnsAt, rightAt: madeAt });
      return { document: kept };
    }
    await content.make("br");
    const document: Document = { key, content, generation, madeAt, turnsAt, rightAt: madeAt };
    // One that was begun later may have come first.
    if ((keep.get(key)?.generation ?? -1) <= generation) keep.put(document);
    return { document };
  }

  /** What was there before is there to be made anew; a name that nobody knows may be made up. */
  #kindOf(address: Address): Kind {
    return address.many ? "view" : address.named && !this.#kept(address) ? "other" : "page";
  }

  async #asked(url: string, path: string, headers: Record<string, string>, giveUp?: AbortSignal): Promise<Finished> {
    try {
      const patience = this.#trouble.known ? PATIENCE_IN_TROUBLE : PATIENCE;
      const named = { ...headers, "x-muhlat-method": "GET", "x-muhlat-path": path };
      const finished = finish(path, await this.#ask(url, named, patience, giveUp));
      if (finished.status !== 503) this.#trouble.over();
      else this.#failed();
      return finished;
    } catch (error) {
      if (!this.#trouble.known) console.error(`${url} could not be made:`, error);
      this.#failed();
      throw error;
    }
  }

  /** A page that cannot be made, or not in time, while the database is heard is in trouble alone. */
  #failed(): void {
    if (this.#trouble.known || !this.#watch.trusted()) this.#trouble.begins();
  }

  /** What may not be kept is asked for as it was asked. */
  async #pass(url: string, request: IncomingMessage, response: ServerResponse, client: string): Promise<void> {
    const { "accept-encoding": _, connection: _c, cookie: _k, authorization: _a, "content-length": _l, ...headers } = request.headers;
    const single = Object.entries(headers).filter((header): header is [string, string] => typeof header[1] === "string");
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const path = url.split("?")[0] ?? "/";
    const kind = isApi(url) ? "question" : isView(url) ? "view" : isSmall(path) ? "page" : "other";
    const leave = await this.#doors.enter(kind, client, gone.signal);
    await send(await this.#asked(url, path, Object.fromEntries(single)).finally(leave), request, response);
  }

  #sendOld(document: Document, language: Language, request: IncomingMessage, response: ServerResponse): void {
    const age = Math.max(0, Math.round((Date.now() - document.rightAt) / 1000));
    asOfThen(document, language).send(request, response, ["age", String(age)]);
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((whole, one) => whole + one, 0);

/** The same promise, for so many milliseconds; what it brings later is of use to others. */
function inTime<T>(promised: Promise<T>, patience: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("not in time")), patience);
    promised.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
