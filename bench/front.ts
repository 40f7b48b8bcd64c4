import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { type Browser, chromium } from "@playwright/test";
import { openPool } from "@/db/client";
import { ROLE } from "@/db/roles";
import { act } from "@/lib/ledger/write";
import { recordSnapshot } from "@/lib/snapshots/write";
import { SYSTEM } from "@/lib/staff/rules";
import { build, startMuhlat } from "../drill/one-muhlat";
import { needs } from "../tests/setup/debian";
import { embeddedAddress, startPlainNext } from "../tests/setup/plain-next";
import { readableAfter } from "./front/slow";
import { asSent, type Speed, speedOf, startNginx } from "./front/speed";
import { weigh } from "./front/weight";

const PORT = Number(process.env.MUHLAT_BENCH_PORT ?? 3397);
const TABLE_OF = "af";
const ROWS = 300;
const WEIGHED = ["/en", "/ky/countries/kg", "/tg/countries/tj", "/ru/deadlines", "/uz/corrections", "/en/method"];
const DEBIAN = "/usr/bin/chromium";

type Say = (line: string) => void;
const kilobytes = (bytes: number) => (bytes / 1024).toFixed(1).padStart(8);

/** A country whose page is one long table. */
async function recordTable(databaseUrl: string): Promise<void> {
  const staff = openPool(databaseUrl, ROLE.staff, 1);
  for (let row = 0; row < ROWS; row += 1) {
    const as_of = new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);
    const source = { title: "A bench", published_on: "2025-01-15" };
    const confirm = { warnings: ["jump", "more_than_present", "future", "black_gray", "same"], word: "a bench" };
    const sent = {
      country: TABLE_OF.toUpperCase(),
      measure: "gray_list",
      as_of,
      answer: "figure",
      value: 100_000 + 7 * row,
      qualifier: "exact",
      source,
      confirm,
    };
    const made = await act(staff.db, (tx) => recordSnapshot(tx, SYSTEM, sent, new Date()));
    if (!made.ok) throw new Error(JSON.stringify(made.failure));
  }
  await staff.close();
}

async function tellWeights(browser: Browser, origin: string, say: Say): Promise<void> {
  say("\nA first visit, KB compressed: everything the document asks for\n");
  say(`${"page".padEnd(24)}${["all", "document", "styles", "script", "rest"].map((kind) => kind.padStart(9)).join("")}`);
  for (const address of WEIGHED) {
    const { all, document, styles, script, rest } = await weigh(browser, `${origin}${address}`);
    say(`${address.padEnd(24)}${[all, document, styles, script, rest].map((bytes) => ` ${kilobytes(bytes)}`).join("")}`);
  }
}

/** Fails where the framework alone does not answer with the page that is compared with it, its scripts included. */
function sameWords(ours: string, plain: string): void {
  const [light, whole] = [ours, plain].map((url) => execFileSync("curl", ["-s", url], { encoding: "utf8", maxBuffer: 2 ** 26 }));
  const rows = (html = "") => html.match(/<tr\b/g)?.length ?? 0;
  if (rows(light) !== rows(whole) || !whole?.includes("/_next/static/")) throw new Error(`${plain} is another page than ${ours}`);
}

async function tellSpeeds(muhlat: { origin: string; pid: number }, databaseUrl: string, folder: string, say: Say): Promise<void> {
  const pages = { home: "/en", country: "/ky/countries/kg", "table of 300": `/en/countries/${TABLE_OF}` };
  const documents = await Promise.all(Object.values(pages).map((address) => asSent(muhlat.origin, address)));
  const nginx = await startNginx(PORT + 1, folder, documents);
  const plain = await startPlainNext(PORT + 2, databaseUrl);
  try {
    say("\nRequests a second (32 connections, 5 s; next start 4 connections, 15 s), and ms of processor for each\n");
    say(
      `${"page".padEnd(16)}${"bytes".padStart(8)}${["Muhlat", "nginx", "next start"].map((who) => `${who.padStart(12)}${"ms".padStart(8)}`).join("")}   of nginx  × next`,
    );
    const told = ({ perSecond, cpu }: Speed) => `${String(perSecond).padStart(12)}${cpu.toFixed(3).padStart(8)}`;
    for (const [index, [name, address]] of Object.entries(pages).entries()) {
      const ours = speedOf(`${muhlat.origin}${address}`, muhlat.pid);
      const theirs = speedOf(`http://127.0.0.1:${PORT + 1}${address}`, nginx.pid);
      sameWords(`${muhlat.origin}${address}`, `${plain.origin}${address}`);
      const bare = speedOf(`${plain.origin}${address}`, plain.pid, true);
      const ratios = `${(ours.perSecond / theirs.perSecond).toFixed(2).padStart(11)}${(ours.perSecond / bare.perSecond).toFixed(0).padStart(8)}`;
      say(`${name.padEnd(16)}${String(documents[index]?.body.length).padStart(8)}${told(ours)}${told(theirs)}${told(bare)}${ratios}`);
    }
  } finally {
    await nginx.stop();
    await plain.stop();
  }
}

/** The words of the page alone, filled up to the bytes that the page has compressed. */
async function bareFile(origin: string, address: string): Promise<{ url: string; close: () => void }> {
  const html = await (await fetch(`${origin}${address}`)).text();
  const size = brotliCompressSync(html).length;
  const words = html
    .replaceAll(/<style>[\s\S]*?<\/style>|<link\b[^>]*>|<script\b[\s\S]*?<\/script>|<template\b[\s\S]*?<\/template>/g, "")
    .replaceAll(/ (?:class|style|data-\w+)="[^"]*"/g, "");
  const bare = brotliCompressSync(words);
  const filled = `${words}<!--${Buffer.from(crypto.getRandomValues(new Uint8Array(Math.max(0, size - bare.length))))
    .toString("latin1")
    .replaceAll("-", "+")}-->`;
  const body = brotliCompressSync(Buffer.from(filled, "latin1").length > 0 ? filled : words);
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-encoding": "br", "content-length": body.length });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(PORT + 3, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${PORT + 3}/`, close: () => server.close() };
}

async function tellSlow(browser: Browser, origin: string, say: Say): Promise<void> {
  const bare = await bareFile(origin, "/ky");
  const [ours, theirs] = [
    await readableAfter(browser, `${origin}/ky`, "article.deadline"),
    await readableAfter(browser, bare.url, "article"),
  ];
  bare.close();
  say("\nThe deadline of the home page on 400 kbit/s, 400 ms a round trip, a six times slowed processor: ms until it is drawn\n");
  say(`Muhlat ${Math.round(ours)}, a bare HTML file of the same size ${Math.round(theirs)}: ${(ours / theirs).toFixed(2)} times`);
}

/** The front: bytes, speed and a slow phone; with nginx and `next start` beside it in the same run. */
export async function benchFront(say: Say): Promise<void> {
  needs("nginx", "nginx-light");
  for (const program of ["wrk", "curl"]) needs(program, program);
  build();
  const folder = mkdtempSync(path.join(tmpdir(), "muhlat-bench-front-"));
  const muhlat = await startMuhlat(PORT, { MUHLAT_DATA_DIR: path.join(folder, "data") });
  const databaseUrl = embeddedAddress(path.join(folder, "data"));
  const browser = await chromium.launch({
    ...(existsSync(DEBIAN) && { executablePath: DEBIAN }),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    await recordTable(databaseUrl);
    say(`\n== the front (load of the machine before: ${loadavg()[0]?.toFixed(1)})`);
    await tellWeights(browser, muhlat.origin, say);
    await tellSpeeds(muhlat, databaseUrl, folder, say);
    await tellSlow(browser, muhlat.origin, say);
  } finally {
    await browser.close();
    await muhlat.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
