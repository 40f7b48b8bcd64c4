import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { build } from "../drill/one-muhlat";
import { needs } from "../tests/setup/debian";
import { openInstances } from "../tests/setup/instances";
import { certify, startShippedNginx } from "../tests/setup/nginx";
import { asSent, type Sent, speedOf, startNginx } from "./front/speed";

const PORT = Number(process.env.MUHLAT_BENCH_PORT ?? 3410);
/** The least of nginx with files that the shipped nginx may answer. */
const LIMIT = 0.8;
/** How often each is asked, in turn; the best of each counts: whatever else the machine does only takes away. */
const TIMES = 3;
const INSTANCES = [PORT + 2, PORT + 3];
const ADDRESSES = ["/en", "/ky/countries/kg", "/ru/deadlines", "/en/method", "/feed/kg.atom"];

/** The process of an nginx that answers; its master does not. */
const workerOf = (pid: number) => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ")[0]);

/** One way of asking both, with a certificate of their own where it is by TLS. */
async function tellBoth(tls: boolean, folder: string, documents: readonly Sent[], say: (line: string) => void): Promise<string[]> {
  const shipped = await startShippedNginx(PORT, PORT + 1, INSTANCES, tls);
  if (tls) certify(folder);
  const secured = `ssl http2; ssl_certificate ${folder}/fullchain.pem; ssl_certificate_key ${folder}/privkey.pem; ssl_protocols TLSv1.2 TLSv1.3`;
  const files = await startNginx(PORT + 4, folder, documents, tls ? secured : "");
  const below: string[] = [];
  try {
    say(`\n${tls ? "By TLS, as shipped" : "By plain HTTP"}:\n`);
    say("| address | bytes | in front of Muhlat | ms | the same bytes as files | ms | times |\n|---|---|---|---|---|---|---|");
    for (const { address, body } of documents) {
      const tries = Array.from({ length: TIMES }, () => ({
        ours: speedOf(`${shipped.origin}${address}`, workerOf(shipped.pid)),
        theirs: speedOf(`${tls ? "https" : "http"}://127.0.0.1:${PORT + 4}${address}`, files.pid),
      }));
      const best = (who: "ours" | "theirs") => tries.map((one) => one[who]).sort((a, b) => b.perSecond - a.perSecond)[0];
      const [ours, theirs] = [best("ours"), best("theirs")];
      if (!ours || !theirs) throw new Error("nothing was measured");
      const times = ours.perSecond / theirs.perSecond;
      if (times < LIMIT) below.push(address);
      const told = ({ perSecond, cpu }: typeof ours) => `${perSecond.toLocaleString("en")} | ${cpu.toFixed(4)}`;
      say(`| \`${address}\` | ${body.length.toLocaleString("en")} | ${told(ours)} | ${told(theirs)} | ${times.toFixed(2)} |`);
    }
  } finally {
    await files.stop();
    await shipped.stop();
  }
  return below;
}

/**
 * The shipped nginx before two instances, beside an nginx that has the same bytes as files and says the same of them, both
 * with one process that answers: by TLS, as it is shipped, and by plain HTTP, where what each does for a page weighs more.
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
      const below = await tellBoth(tls, folder, documents, say);
      say(`\nBelow ${LIMIT}: ${below.length === 0 ? "none" : below.join(", ")}`);
    }
  } finally {
    await instances.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
