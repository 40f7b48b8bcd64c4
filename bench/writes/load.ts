import { randomUUID } from "node:crypto";
import http from "node:http";
import { countryCodes } from "@/lib/countries/rules";
import { WARNINGS } from "@/lib/snapshots/warnings";

/** How many write at once, each over a connection of its own and one statement after the other. */
export const CONNECTIONS = 16;
/** What is written about: so many countries in turn, a day further after each round. */
export const CODES = countryCodes.filter((code) => code !== "ALL").slice(0, 200);
const FIRST_DAY = Date.UTC(2000, 0, 1);
const DAY = 86_400_000;

/** What is sent as the n-th: no two are of one count and one day, and each names a source of its own. */
export function nthStatement(n: number) {
  const as_of = new Date(FIRST_DAY + Math.floor(n / CODES.length) * DAY).toISOString().slice(0, 10);
  return {
    country: CODES[n % CODES.length] ?? "",
    measure: "gray_list",
    as_of,
    value: 100_000 + (n % 1000),
    qualifier: "exact",
    source: { title: `Count ${n}`, published_on: as_of },
    confirm: Object.keys(WARNINGS),
  };
}

export type Statement = ReturnType<typeof nthStatement>;

/** Where statements go, with what and in which words. */
export type Door = { url: string; headers: Record<string, string>; worded: (statement: Statement) => unknown };

/** Sends statements for as long as it is let: each contender counts its own, from the first. */
export class Writers {
  sent = 0;
  acknowledged = 0;

  constructor(readonly door: Door) {}

  /** @returns how many were acknowledged in so many milliseconds; those under way then are waited for and counted by `acknowledged` alone */
  async write(milliseconds: number): Promise<number> {
    const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    const until = performance.now() + milliseconds;
    let inTime = 0;
    const one = async () => {
      while (performance.now() < until) {
        await this.#sendNext(agent);
        this.acknowledged += 1;
        if (performance.now() < until) inTime += 1;
      }
    };
    try {
      await Promise.all(Array.from({ length: CONNECTIONS }, one));
    } finally {
      agent.destroy();
    }
    return inTime;
  }

  /** @throws with what was said, where it was not taken */
  #sendNext(agent: http.Agent): Promise<void> {
    const n = this.sent;
    this.sent += 1;
    const body = JSON.stringify(this.door.worded(nthStatement(n)));
    const headers = {
      ...this.door.headers,
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body)),
      "idempotency-key": randomUUID(),
      // One address may ask so often in a minute; these are many.
      "x-forwarded-for": `10.${(n >> 16) % 250}.${(n >> 8) % 250}.${n % 250}`,
    };
    return new Promise((resolve, reject) => {
      const request = http.request(this.door.url, { method: "POST", agent, headers }, (answer) => {
        let said = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk) => (said += chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          const { statusCode = 0 } = answer;
          if (statusCode >= 200 && statusCode < 300) resolve();
          else reject(new Error(`${this.door.url} answered ${statusCode}: ${said.slice(0, 500)}`));
        });
      });
      request.on("error", reject);
      request.end(body);
    });
  }
}
