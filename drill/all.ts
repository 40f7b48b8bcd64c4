import { examples } from "./examples";
import { failover } from "./failover/drill";
import { instances } from "./instances";
import { load } from "./load/drill";
import { madeUp } from "./made-up";
import { newcomer } from "./newcomer";
import { outage } from "./outage";
import { recovery } from "./recovery";

/** What takes too long for npm test, as one command with one report; run by hand and before a release; with names, only those. */
const drills = { newcomer, outage, "made-up": madeUp, examples, failover, recovery, instances, load };

const asked = process.argv.slice(2).filter((word) => !word.startsWith("--"));
let failed = 0;
for (const [name, drill] of Object.entries(drills)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n== ${name}`);
  for (const { what, seconds, trouble } of await drill()) {
    console.log(`${trouble ? "FAILED" : "ok"}  ${what} (${seconds.toFixed(0)} s)${trouble ? `: ${trouble}` : ""}`);
    if (trouble) failed += 1;
  }
}
process.exitCode = failed > 0 ? 1 : 0;
