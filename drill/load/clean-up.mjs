import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

// Given to the process that is looked at, so that it can be told (SIGUSR2) to free what nothing needs any more.
setFlagsFromString("--expose-gc");
const cleanUp = runInNewContext("gc");
process.on("SIGUSR2", () => cleanUp());
