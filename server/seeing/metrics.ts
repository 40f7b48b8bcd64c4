import { createServer } from "node:http";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Front } from "../front/front";
import { PortError } from "../port-error";
import { databaseMetrics } from "./database-metrics";
import type { Answered } from "./requests";

/** Seconds; public pages are asked for within ten of them, files and imports take what they take. */
const BUCKETS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What this process measures of itself. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Counter<"kind" | "status">;
  readonly #broken: Counter<"kind">;
  readonly #seconds: Histogram<"kind">;
  readonly #refusals: Counter<"why">;

  constructor() {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Counter({
      name: "muhlat_requests_total",
      help: "Requests by kind and status, but for pages that were answered from what is kept.",
      labelNames: ["kind", "status"],
      registers,
    });
    this.#broken = new Counter({
      name: "muhlat_requests_broken_total",
      help: "Those of them that ended before the whole answer was sent.",
      labelNames: ["kind"],
      registers,
    });
    this.#seconds = new Histogram({
      name: "muhlat_request_seconds",
      help: "From the arrival of such a request to its last byte.",
      labelNames: ["kind"],
      buckets: BUCKETS,
      registers,
    });
    this.#refusals = new Counter({
      name: "muhlat_sign_in_refusals_total",
      help: "Sign-ins that were refused, by reason.",
      labelNames: ["why"],
      registers,
    });
  }

  /** Counts a request that is over. */
  count({ kind, status, seconds, broken, refusal }: Answered): void {
    this.#requests.inc({ kind, status: String(status) });
    this.#seconds.observe({ kind }, seconds);
    if (broken) this.#broken.inc({ kind });
    if (refusal) this.#refusals.inc({ why: refusal });
  }

  /** Measures what the front counts anyhow. */
  watchFront(front: Front): void {
    const registers = [this.#registry];
    const counter = (name: string, help: string, read: () => Record<string, number>, label: string) =>
      new Counter({
        name,
        help,
        labelNames: [label],
        registers,
        collect() {
          this.reset();
          for (const [value, count] of Object.entries(read())) this.inc({ [label]: value }, count);
        },
      });
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    counter(
      "muhlat_front_answers_total",
      "Answers of the front: kept (right, from memory), asked (of the pages), old (the last good one, in trouble), none (there was none).",
      () => front.answers,
      "from",
    );
    gauge("muhlat_front_documents", "Documents that are kept.", () => front.kept.count);
    gauge("muhlat_front_bytes", "Bytes of memory that they take.", () => front.kept.bytes);
    gauge("muhlat_front_hears_changes", "Whether this process hears of changes of the record.", () => (front.hears ? 1 : 0));
    new Counter({
      name: "muhlat_publications_total",
      help: "Changes of the public record that this process has heard of, by whichever process they were made.",
      registers,
      collect() {
        this.reset();
        this.inc(front.changes);
      },
    });
  }

  /**
   * Answers `GET /metrics` at an address of its own, which is nobody's but the operator's.
   * @param at host and port
   * @param isPublic a process that reads the record alone
   * @returns ends it
   * @throws PortError
   */
  async serve(at: { host: string; port: number }, isPublic: boolean): Promise<() => void> {
    databaseMetrics(this.#registry, isPublic);
    const server = createServer({ requestTimeout: 10_000 }, async (request, response) => {
      if (request.url?.split("?")[0] !== "/metrics") return void response.writeHead(404).end("There is /metrics here.\n");
      try {
        const body = await this.#registry.metrics();
        response.writeHead(200, { "content-type": this.#registry.contentType, "cache-control": "no-store" }).end(body);
      } catch (error) {
        console.error("metrics could not be read:", error);
        response.writeHead(500).end();
      }
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", ({ message }) =>
        reject(new PortError(`METRICS names ${at.host}:${at.port}, on which Muhlat cannot listen (${message}). Name another.`)),
      );
      server.listen(at.port, at.host, resolve);
    });
    server.unref();
    return () => void server.close();
  }
}
