import { writeSync } from "node:fs";
import { openPool } from "@/db/client";
import { ROLE } from "@/db/roles";
import { progressOf } from "@/lib/imports/progress";
import { sendImport, takeImport } from "@/lib/imports/write";
import { act } from "@/lib/ledger/write";
import { CENTRAL } from "./record";

// Run as a process of its own: takes a file in and commits it, saying on standard output how far it is, until it is killed.

const [url = "", file = ""] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);
const { db } = openPool(url, ROLE.staff);
const now = new Date();
const taken = await takeImport(db, CENTRAL, { path: file, fileName: "list.csv" }, now);
if (!taken.ok) throw new Error(JSON.stringify(taken.failure));
say(`taken ${taken.value}`);
const watching = setInterval(async () => {
  const progress = await progressOf(db, taken.value);
  if (progress) say(`${progress.step} ${progress.done}`);
}, 20);
const sent = await act(db, (tx) => sendImport(tx, CENTRAL, { importId: taken.value, version: 1 }, {}, now));
clearInterval(watching);
say(`sent ${sent.ok}`);
process.exit(0);
