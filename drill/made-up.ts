import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { countryCodes } from "@/lib/countries/rules";
import { languages } from "@/lib/i18n/languages";
import { bytesIn, memoryOf } from "./load/measured";
import { build, startMuhlat } from "./one-muhlat";

type Result = { what: string; seconds: number; trouble?: string };
type Answer = { status: number; headers: http.IncomingHttpHeaders; body: Buffer };

const PORT = Number(process.env.MUHLAT_DRILL_PORT ?? 3396);
const REQUESTS = 50_000;
const AT_ONCE = 16;
/** What the heap of a running Node may differ by without anything being kept; MB. */
const FLAT_MB = 60;
/** So little room that what is kept must show: without a limit Node cleans up when it likes. */
const HEAP = { NODE_OPTIONS: "--max-old-space-size=320 --max-semi-space-size=16" };

const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
const oneOf = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
/** No language and no country begins like this. */
const word = () =>
  `q0${Math.random()
    .toString(36)
    .slice(2, 2 + Math.ceil(Math.random() * 12))}`;

function ask(method: string, address: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ port: PORT, host: "127.0.0.1", agent, method, path: address, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }));
    });
    request.on("error", reject);
    request.end();
  });
}

/** An address of a page that there is, with what it must say of itself. */
function known() {
  const language = oneOf(languages);
  const country = oneOf(countryCodes.slice(0, 40)).toLowerCase();
  const address = oneOf([`/${language}`, `/${language}/countries/${country}`]);
  return { address, language, canonical: address };
}

const MADE_UP = [
  () => `/${oneOf(languages)}/${word()}/${word()}`,
  () => `/${oneOf(languages)}/snapshots/${word()}-${word()}`,
  () => `/${oneOf(languages)}/countries/${word()}`,
  () => `/${word()}`,
  () => `/${oneOf(languages)}/countries/kg/${word()}`,
  () => `/feed/${word()}.atom?lang=${word()}`,
  () => `/${oneOf(languages)}/embed/countdown?country=${word()}`,
  () => `/${oneOf(languages)}/%2e%2e/${word()}`,
];

function headersMadeUp(): Record<string, string> {
  const headers: Record<string, string> = {
    "accept-encoding": oneOf(["br", "gzip", "br, gzip", "identity", "br;q=0", word(), ""]),
    "accept-language": oneOf([...languages, word(), "de,fr;q=0.5"]),
  };
  if (Math.random() < 0.3) headers[`x-${word()}`] = word();
  if (Math.random() < 0.2) headers.cookie = `${word()}=${word()}`;
  if (Math.random() < 0.2) headers.host = `${word()}.example`;
  if (Math.random() < 0.2) headers["x-forwarded-host"] = `${word()}.example`;
  if (Math.random() < 0.2) headers.range = "bytes=0-10";
  if (Math.random() < 0.2) headers["if-none-match"] = `"${word()}"`;
  return headers;
}

const opened = ({ headers, body }: Answer): string =>
  (headers["content-encoding"] === "br"
    ? brotliDecompressSync(body)
    : headers["content-encoding"] === "gzip"
      ? gunzipSync(body)
      : body
  ).toString();

/** What is wrong with the answer for a page that there is; undefined where nothing is. */
async function mixedUp(): Promise<string | undefined> {
  const { address, language, canonical } = known();
  const headers = headersMadeUp();
  const asked = Math.random() < 0.5 ? address : `${address}?${word()}=${word()}&lang=${oneOf(languages)}`;
  const method = oneOf(["GET", "GET", "GET", "HEAD"]);
  const answer = await ask(method, asked, headers);
  const told = `${method} ${asked} ${JSON.stringify(headers)}`;
  if (answer.status !== 200) return `${told}: ${answer.status}`;
  const encoding = answer.headers["content-encoding"] ?? "identity";
  const takes = headers["accept-encoding"] ?? "";
  const named = takes.split(", ");
  const wanted = named.includes("br") ? "br" : named.includes("gzip") ? "gzip" : "identity";
  if (encoding !== wanted) return `${told}: encoded as ${encoding}`;
  if (method === "HEAD") {
    const whole = await ask("GET", canonical, { "accept-encoding": takes });
    if (answer.body.length > 0 || answer.headers.etag !== whole.headers.etag) return `${told}: HEAD says something else`;
    return Number(answer.headers["content-length"]) === whole.body.length ? undefined : `${told}: HEAD says another length`;
  }
  const html = opened(answer);
  if (!html.includes(`<html lang="${language}"`)) return `${told}: another language`;
  const path = canonical.slice(3);
  if (!html.includes(`<a href="/ru${path}" hrefLang="ru"`)) return `${told}: another page`;
  if (html.includes(".example")) return `${told}: it speaks of a made-up host`;
  const again = await ask("GET", canonical, { "accept-encoding": takes, "if-none-match": answer.headers.etag ?? "" });
  return again.status === 304 && again.body.length === 0 ? undefined : `${told}: not known again (${again.status})`;
}

/** The most memory of a few looks, after the process had time to clean up. */
async function settled(pid: number): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 3000));
  return memoryOf(pid);
}

/** Fifty thousand made-up addresses, headers and queries: nothing grows, and no document is mixed up with another. */
export async function madeUp(): Promise<Result[]> {
  build();
  const data = mkdtempSync(path.join(tmpdir(), "muhlat-made-up-"));
  const muhlat = await startMuhlat(PORT, { MUHLAT_DATA_DIR: data, ...HEAP });
  const began = performance.now();
  try {
    for (const language of languages)
      for (const code of countryCodes.slice(0, 40))
        await ask("GET", `/${language}/countries/${code.toLowerCase()}`, { "accept-encoding": "br" });
    const troubles = new Map<string, number>();
    let left = 0;
    const round = async (requests: number) => {
      left = requests;
      const work = async () => {
        while (left > 0) {
          left -= 1;
          const trouble = left % 3 === 0 ? await mixedUp() : await answeredBadly();
          if (trouble) troubles.set(trouble, (troubles.get(trouble) ?? 0) + 1);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    };
    // What a first few thousand requests bring along (compiled code, connections) is not kept per address.
    await round(REQUESTS / 5);
    const documents = path.join(data, "documents");
    const before = { memory: await settled(muhlat.pid), disk: bytesIn(documents) };
    await round(REQUESTS);
    const after = { memory: await settled(muhlat.pid), disk: bytesIn(documents) };
    const grown = after.memory - before.memory;
    if (grown > FLAT_MB) troubles.set(`memory grew by ${Math.round(grown)} MB`, 1);
    if (after.disk > before.disk * 1.05) troubles.set(`the disk grew from ${before.disk} to ${after.disk} bytes`, 1);
    const trouble = [...troubles.keys()].slice(0, 5).join("; ");
    const what = `${REQUESTS} made-up addresses, headers and queries: memory ${Math.round(before.memory)} → ${Math.round(after.memory)} MB, documents on disk ${before.disk} → ${after.disk} bytes`;
    return [{ what, seconds: (performance.now() - began) / 1000, ...(trouble && { trouble }) }];
  } finally {
    agent.destroy();
    await muhlat.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function answeredBadly(): Promise<string | undefined> {
  const address = oneOf(MADE_UP)();
  const { status, headers } = await ask(oneOf(["GET", "HEAD"]), address, headersMadeUp());
  // A country may be hit by chance.
  if (status === 404 || (status === 200 && /countries\/[a-z]{2}$|country=[a-z]{2}$/.test(address))) return undefined;
  return `${address}: ${status} ${headers.location ?? ""}`;
}
