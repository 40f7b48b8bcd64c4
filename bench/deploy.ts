import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { build } from "../drill/one-muhlat";
import { needs } from "../tests/setup/debian";
import { openInstances } from "../tests/setup/instances";
import { certify, startShippedNginx } from "../tests/setup/nginx";
import { asSent, type Sent, type Speed, speedOf, startNginx } from "./front/speed";

const PORT = Number(process.env.MUHLAT_BENCH_PORT ?? 3410);
/** The least of nginx with files that the shipped nginx may answer. */
const LIMIT = 0.8;
/** How often each is asked, in turn; the best of each counts: whatever else the machine does only takes away. */
const TIMES = 3;
const INSTANCES = [PORT + 2, PORT + 3];
const ADDRESSES = ["/en", "/ky/countries/kg", "/ru/deadlines", "/en/method", "/feed/kg.atom"];

/** The process of an nginx that answers; its master does not. */
const workerOf = (pid: number) => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ")[0]);

/** One way of asking all three, with a certificate of their own where it is by TLS. */
async function tellAll(tls: boolean, folder: string, documents: readonly Sent[], say: (line: string) => void): Promise<string[]> {
  if (tls) certify(folder);
  const secured = `ssl http2; ssl_certificate ${folder}/fullchain.pem; ssl_certificate_key ${folder}/privkey.pem; ssl_protocols TLSv1.2 TLSv1.3`;
  const scheme = tls ? "https" : "http";
  const shipped = await startShippedNginx(PORT, PORT + 1, INSTANCES, tls);
  const files = await startNginx(PORT + 4, path.join(folder, "as-debian"), documents, tls ? secured : "", false);
  const held = await startNginx(PORT + 5, path.join(folder, "held-open"), documents, tls ? secured : "");
  const asked = [
    { origin: shipped.origin, pid: workerOf(shipped.pid) },
    { origin: `${scheme}://127.0.0.1:${PORT + 4}`, pid: files.pid },
    { origin: `${scheme}://127.0.0.1:${PORT + 5}`, pid: held.pid },
  ];
  const below: string[] = [];
  try {
    say(`\n${tls ? "By TLS, as shipped" : "By plain HTTP"}:\n`);
    say("| address | bytes | in front of Muhlat | ms | files | ms | times | files held open | ms | times |");
    say("|---|---|---|---|---|---|---|---|---|---|");
    for (const { address, body } of documents) {
      const tries = Array.from({ length: TIMES }, () => asked.map(({ origin, pid }) => speedOf(`${origin}${address}`, pid)));
      const [ours, theirs, tuned] = asked.map(
        (_, who) => tries.map((one) => one[who] as Speed).sort((a, b) => b.perSecond - a.perSecond)[0],
      );
      if (!ours || !theirs || !tuned) throw new Error("nothing was measured");
      const [times, timesTuned] = [theirs, tuned].map(({ perSecond }) => ours.perSecond / perSecond) as [number, number];
      if (times < LIMIT) below.push(address);
      const told = ({ perSecond, cpu }: Speed) => `${perSecond.toLocaleString("en")} | ${cpu.toFixed(4)}`;
      const both = `${told(theirs)} | ${times.toFixed(2)} | ${told(tuned)} | ${timesTuned.toFixed(2)}`;
      say(`| \`${address}\` | ${body.length.toLocaleString("en")} | ${told(ours)} | ${both} |`);
    }
  } finally {
    for (const one of [held, files, shipped]) await one.stop();
  }
  return below;
}

/**
 * The shipped nginx before two instances, beside an nginx that has the same bytes as files and says the same of them: with
 * the settings it has by itself and, the most that it can, with its files held open. Each has one process that answers: by
 * TLS, as it is shipped, and by plain HTTP, where what each does for a page weighs more.
 */
export async function benchDeploy(say: (line: string) => void): Promise<void> {
  needs("nginx", "nginx-light");
  for (const program of ["wrk", "curl"]) needs(program, program);
  build();
  const folder = mkdtempSync(path.join(tmpdir(), "muhlat-bench-deploy-"));
  const instances = await openInstances(INSTANCES, `https://127.0.0.1:${PORT}`, { TRUST_PROXY: "1", MUHLAT_STARTER_RECORD: "load" });
  try {
    const plain = await startShippedNginx(PORT, PORT + 1, INSTANCES, false);
    const documents = await Promise.all(ADDRESSES.map((address) => asSent(plain.origin, address))).finally(plain.stop);
    say(`deploy: ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load before ${loadavg()[0]?.toFixed(1)}\n`);
    say("Requests a second (wrk, one thread, 32 connections, 5 s), and ms of nginx's processor for each");
    for (const tls of [true, false]) {
      const below = await tellAll(tls, folder, documents, say);
      say(`\nBelow ${LIMIT} of nginx by itself: ${below.length === 0 ? "none" : below.join(", ")}`);
    }
  } finally {
    await instances.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
