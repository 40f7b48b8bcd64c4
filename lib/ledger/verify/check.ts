import {
  type Entry,
  entryText,
  headText,
  isSigned,
  type KeyContent,
  type Kind,
  keyText,
  NOTHING_BEFORE,
  type SignedHead,
  sha256,
} from "../chain";

/** A row of the record or an act, by its names in the ledger. */
export type Of = { kind: Kind; id: string; revision: number };

/** What does not fit, in the order in which it is found. `n` is a place in the chain. */
export type Fault =
  /** The row says something else than when it was sealed; `part`: what everybody may read of it, or what only the desk may. */
  | ({ code: "changed"; n: number; part: "content" | "row" } & Of)
  | ({ code: "removed"; n: number } & Of)
  /** There is a row that nothing in the chain is of. */
  | ({ code: "not_sealed" } & Of)
  /** A table of a data package says something else than the ledger in it, or leaves the row out. */
  | ({ code: "other_in_table" | "not_in_table" } & Of)
  /** The entry here does not follow from the one before: one of the two was changed, put in or taken out. */
  | { code: "broken"; n: number }
  /** A key signs from here on that the one before did not announce. */
  | { code: "unknown_key"; n: number; key: string }
  /** The chain's own head of this place is not signed by the key of that time, or is of another entry. */
  | { code: "wrong_head"; n: number }
  /** Nothing signed ends the chain here. */
  | { code: "unsigned_end"; n: number }
  /** Heads that were published before: the chain ends earlier, has something else there, or their signature is none. */
  | { code: "cut_off"; n: number; end: number }
  | { code: "another_chain"; n: number }
  | { code: "forged_head"; n: number }
  /** A stored copy is not the document any more that its name says. */
  | { code: "changed_copy"; id: string };

/** What a check found: the chain's end, and what does not fit, the first ones of it. */
export type Verdict = { entries: number; rows: number; end: SignedHead | undefined; waiting: number; faults: Fault[] };

/** So many are told; with one of them nothing can be relied on any more. */
const MOST_FAULTS = 20;

function keyContentOf(text: string): Partial<KeyContent> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Walks a chain from its beginning, entry by entry, and holds it against its heads and those that were published. */
export class ChainCheck {
  readonly faults: Fault[] = [];
  #n = 0;
  #hash = NOTHING_BEFORE;
  #key: string | undefined;
  #end: SignedHead | undefined;

  /**
   * @param published heads known from elsewhere
   * @param trusted keys that one knows although none before them announced them
   */
  constructor(
    readonly published: readonly SignedHead[],
    readonly trusted: readonly string[],
  ) {}

  get n(): number {
    return this.#n;
  }
  get end(): SignedHead | undefined {
    return this.#end;
  }

  tell(fault: Fault): void {
    if (this.faults.length < MOST_FAULTS) this.faults.push(fault);
  }

  /**
   * The next entry.
   * @param content what is public of it, as it is now; null where nothing is, undefined where the row is gone
   * @returns whether that is what was sealed
   */
  entry(entry: Entry & { hash: string }, content: string | null | undefined): boolean {
    const { n, kind, id, revision } = entry;
    if (n !== this.#n + 1 || entry.hash !== sha256(entryText({ ...entry, previous: this.#hash }))) this.tell({ code: "broken", n });
    this.#n = n;
    this.#hash = entry.hash;
    const fits = content !== undefined && (content === null ? null : sha256(content)) === entry.content_hash;
    if (content === undefined) this.tell({ code: "removed", n, kind, id, revision });
    else if (!fits) this.tell({ code: "changed", part: "content", n, kind, id, revision });
    if (kind === "key") this.#takeKey(n, id, content ?? "");
    for (const head of this.published) if (head.n === n) this.#holdPublished(head);
    return fits;
  }

  #takeKey(n: number, key: string, content: string): void {
    const said = keyContentOf(content);
    const announced =
      this.#key === undefined
        ? n === 1
        : said.before === this.#key && said.signature !== undefined && isSigned(keyText(key, this.#key), said.signature, this.#key);
    if (said.key !== key || !(announced || this.trusted.includes(key))) this.tell({ code: "unknown_key", n, key });
    this.#key = key;
  }

  /** Whether a head of the entry that was walked last is signed by the key of that time. */
  #signs = (head: SignedHead) => head.key === this.#key && isSigned(headText(head), head.signature, head.key);

  #holdPublished(head: SignedHead): void {
    if (head.hash !== this.#hash) this.tell({ code: "another_chain", n: head.n });
    else if (head.key !== this.#key) this.tell({ code: "forged_head", n: head.n });
  }

  /** A head of the chain's own, of the entry that was walked last. */
  head(head: SignedHead): void {
    if (head.n !== this.#n || head.hash !== this.#hash || !this.#signs(head)) this.tell({ code: "wrong_head", n: head.n });
    this.#end = head;
  }

  /** That was all. */
  close(): void {
    if (this.#n > 0 && this.#end?.n !== this.#n) this.tell({ code: "unsigned_end", n: this.#n });
    for (const head of this.published) {
      if (!isSigned(headText(head), head.signature, head.key)) this.tell({ code: "forged_head", n: head.n });
      else if (head.n > this.#n) this.tell({ code: "cut_off", n: head.n, end: this.#n });
    }
  }
}
