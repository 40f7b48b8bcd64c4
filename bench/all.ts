import { benchDeploy } from "./deploy";
import { benchExplore } from "./explore";
import { benchFront } from "./front";
import { benchImport } from "./import";
import { benchLedger } from "./ledger";
import { benchOpenData } from "./open-data";
import { benchSize } from "./size";
import { benchWrites } from "./writes";

// npm run bench: what is measured, with the machine it was measured on; with names, only those.

const benches = {
  import: benchImport,
  front: benchFront,
  deploy: benchDeploy,
  explore: benchExplore,
  "open-data": benchOpenData,
  ledger: benchLedger,
  size: benchSize,
  writes: benchWrites,
};
const asked = process.argv.slice(2);
for (const [name, bench] of Object.entries(benches)) if (asked.length === 0 || asked.includes(name)) await bench(console.log);
