import { build, startMuhlat } from "../../drill/one-muhlat";

const PORT = Number(process.env.MUHLAT_BENCH_PORT ?? 3397);
const TIMES = 9;

/** Addresses that are timed as whole pages, by what they show. */
const PAGES: Record<string, (countries: readonly string[]) => string> = {};

/** How long whole pages take on this record, by a server of its own: what a reader waits for. */
export async function tellPages(databaseUrl: string, countries: readonly string[], say: (line: string) => void): Promise<void> {
  if (Object.keys(PAGES).length === 0) return;
  build();
  const muhlat = await startMuhlat(PORT, { DATABASE_URL: databaseUrl, MUHLAT_STARTER_RECORD: "skip" });
  try {
    for (const [name, addressOf] of Object.entries(PAGES)) {
      const times: number[] = [];
      for (let time = 0; time < TIMES; time += 1) {
        const began = performance.now();
        const answer = await fetch(`${muhlat.origin}${addressOf(countries)}`);
        await answer.arrayBuffer();
        if (answer.status !== 200) throw new Error(`${addressOf(countries)} answered ${answer.status}`);
        times.push(performance.now() - began);
      }
      say(`  ${name}: ${times.sort((a, b) => a - b)[Math.floor(TIMES / 2)]?.toFixed(0)} ms`);
    }
  } finally {
    await muhlat.stop();
  }
}
