import { openInstances, publishAndSee } from "../tests/setup/instances";
import { build } from "./one-muhlat";

type Result = { what: string; seconds: number; trouble?: string };

const PORT = Number(process.env.MUHLAT_DRILL_PORT ?? 3390);
const PUBLISHED = Number(process.env.MUHLAT_DRILL_PUBLISHED ?? 200);
const WITHIN = 1000;

/** Three instances, so many publications at random; one is killed and comes back, and now and then one's ear is cut off. */
export async function instances(): Promise<Result[]> {
  build();
  const three = await openInstances([PORT, PORT + 1, PORT + 2]);
  const began = performance.now();
  try {
    let cut = 0;
    const seen = await publishAndSee(three, PUBLISHED, async (n) => {
      if (n === Math.floor(PUBLISHED / 3)) {
        await three.all[1]?.stop("SIGKILL");
        three.all[1] = undefined;
      }
      if (n === Math.floor((2 * PUBLISHED) / 3)) await three.start(1);
      // The next is published at once: whoever is cut off does not know it yet.
      if (n % 10 === 5)
        cut += (
          await three.owner`select pg_terminate_backend(pid) from pg_stat_activity
            where application_name ~ '^muhlat front [0-9]+ ' order by random() limit 1`
        ).length;
    });
    const troubles = seen.stale.slice(0, 5);
    if (seen.slowest > WITHIN) troubles.push(`the slowest was seen everywhere after ${Math.round(seen.slowest)} ms`);
    const what = `${seen.published} publications through three instances, one killed and back, ${cut} ears cut off: ${seen.reads} pages looked at, ${seen.stale.length} stale, ${seen.toldOld} that said they were old; everywhere after ${Math.round(seen.middle)} ms (the middle one), ${Math.round(seen.slowest)} ms (the slowest)`;
    return [{ what, seconds: (performance.now() - began) / 1000, ...(troubles.length > 0 && { trouble: troubles.join("; ") }) }];
  } finally {
    await three.close();
  }
}
