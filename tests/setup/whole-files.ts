import { request as ask, createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach } from "vitest";
import { fileOf, type Made } from "@/app/_server/open-files/answer";
import { bodyOf } from "@/app/_server/open-files/taken";
import { Files } from "@/server/front/files";
import { openInside } from "@/server/front/inside";
import { Rate } from "@/server/rate";

export const ROW = `${"Бишкек, 1 figure; ".repeat(50)}\r\n`;
export const ROWS = 2000;
export const TAG = 'W/"1-2026-03-05-x"';

/** How it stands in the test at hand: how many rows were made, whether the making has ended, whose requests come, and where to. */
export const now = { making: { rows: 0, ended: false }, client: "192.0.2.1", port: 0 };

async function* rows(many: number, fault?: number): AsyncGenerator<string> {
  const made = now.making;
  try {
    for (; made.rows < many; made.rows += 1) {
      if (made.rows === fault) throw new Error("the record went away");
      // As slow as a database.
      if (made.rows % 100 === 0) await sleep(1);
      yield ROW;
    }
  } finally {
    made.ended = true;
  }
}

const file = (type: string, body: Made["body"]): Made => ({ tag: TAG, type, name: "x", body });
const FILES: Record<string, Made> = {
  "/data/snapshots.csv": file("text/csv; charset=utf-8; header=present", () => bodyOf(rows(ROWS))),
  "/data/catalog.jsonld": file("application/ld+json", () => bodyOf(rows(3))),
  "/data/snapshots.xlsx": file("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", () => bodyOf(rows(3))),
  "/data/muhlat.zip": file("application/zip", () => bodyOf(rows(3))),
  "/data/endless.csv": file("text/csv", () => bodyOf(rows(Number.POSITIVE_INFINITY))),
  "/data/broken.csv": file("text/csv", () => bodyOf(rows(ROWS, 1500))),
};

/** The route of files as Next answers with it. */
async function pages(asked: IncomingMessage, response: ServerResponse): Promise<void> {
  const made = FILES[asked.url ?? ""];
  const headers = Object.entries(asked.headers).map(([name, value]) => [name, `${value}`] as [string, string]);
  const question = new Request("http://localhost/", { method: asked.method ?? "GET", headers });
  const answer = made
    ? fileOf(question, made)
    : new Response("There is no such file.\n", { status: 404, headers: { vary: "Accept-Language" } });
  response.setHeader("vary", ["rsc, next-router-state-tree", answer.headers.get("vary")].filter(Boolean).join(", "));
  for (const [name, value] of answer.headers) if (name !== "vary") response.setHeader(name, value);
  response.writeHead(answer.status);
  if (answer.body) await pipeline(Readable.fromWeb(answer.body as never), response).catch(() => {});
  else response.end();
}

/** Brings each test of a file a server that answers with whole files, four to one address in ten minutes. */
export const withFiles = (): void =>
  beforeEach(async () => {
    Object.assign(now, { making: { rows: 0, ended: false }, client: "192.0.2.1" });
    const files = new Files(openInside(pages), new Rate(4, 600_000, "files"));
    const server = createServer((asked, response) => void files.answer(asked, response, now.client));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    now.port = (server.address() as AddressInfo).port;
    return () => {
      server.close();
      server.closeAllConnections();
    };
  });

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };
/** Asks for a file and takes all of it. */
export function take(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = ask({ port: now.port, path, headers, method, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }));
    });
    asking.on("error", reject);
    asking.end();
  });
}
export const CSV = "/data/snapshots.csv";
