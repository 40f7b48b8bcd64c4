import { newcomer } from "./newcomer";

/** What takes too long for npm test, as one command with one report; run by hand and before a release. */
const drills = { newcomer };

let failed = 0;
for (const [name, drill] of Object.entries(drills)) {
  console.log(`\n== ${name}`);
  for (const { what, seconds, trouble } of await drill()) {
    console.log(`${trouble ? "FAILED" : "ok"}  ${what} (${seconds.toFixed(0)} s)${trouble ? `: ${trouble}` : ""}`);
    if (trouble) failed += 1;
  }
}
process.exitCode = failed > 0 ? 1 : 0;
