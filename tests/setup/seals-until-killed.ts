import { writeSync } from "node:fs";
import { signingKey } from "@/lib/ledger/signing-key";
import { sealAlways } from "@/server/sealer";

// Run as a process of its own: seals what is written to the database at DATABASE_URL, as a server does, until it is killed.

const [secret = ""] = process.argv.slice(2);
sealAlways({ current: signingKey(secret) });
writeSync(1, "ready\n");
