import { build, startMuhlat } from "../../drill/one-muhlat";

const PORT = Number(process.env.MUHLAT_BENCH_PORT ?? 3397);
const TIMES = 7;

/** Views of explore that are timed as whole pages, by what they show. */
const PAGES = { "a page of eight countries, ten years": "", "  as known five years ago": "&known=2021-03-01" };

/** A day for each request: the same view again would be answered with the document that is kept. */
const dayOf = (time: number) => `2020-01-${String(time + 1).padStart(2, "0")}`;

/** How long whole pages take on this record, from a server of its own, and how much they weigh uncompressed. */
export async function tellPages(databaseUrl: string, countries: readonly string[], say: (line: string) => void): Promise<void> {
  build();
  const muhlat = await startMuhlat(PORT, { DATABASE_URL: databaseUrl, MUHLAT_STARTER_RECORD: "skip" });
  try {
    for (const [name, query] of Object.entries(PAGES)) {
      const times: number[] = [];
      let bytes = 0;
      for (let time = 0; time < TIMES; time += 1) {
        const began = performance.now();
        const address = `/en/explore?c=${countries.map((code) => code.toLowerCase()).join(",")}&at=${dayOf(time)}${query}`;
        const answer = await fetch(`${muhlat.origin}${address}`);
        bytes = (await answer.arrayBuffer()).byteLength;
        if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`);
        times.push(performance.now() - began);
      }
      const middle = times.sort((a, b) => a - b)[Math.floor(TIMES / 2)];
      say(`  ${name}: ${middle?.toFixed(0)} ms, ${Math.round(bytes / 1024)} KB`);
    }
  } finally {
    await muhlat.stop();
  }
}
