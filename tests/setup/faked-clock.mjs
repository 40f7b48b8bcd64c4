// Loaded before a server that is being tested (node --import): its clock starts from the instant that the file
// named by MUHLAT_TEST_CLOCK holds, and again whenever that file is written anew. Only the process's own clock is
// moved; the database's stays as it is.
import { readFileSync, watchFile } from "node:fs";

const file = process.env.MUHLAT_TEST_CLOCK;
const RealDate = Date;
let ahead = 0;

const set = () => {
  const instant = RealDate.parse(readFileSync(file, "utf8").trim());
  if (Number.isFinite(instant)) ahead = instant - RealDate.now();
};

if (file) {
  set();
  watchFile(file, { interval: 100, persistent: false }, set);
  globalThis.Date = class MovedDate extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(RealDate.now() + ahead);
      else super(...given);
    }
    // Next makes a clock of its own from what Date itself holds, and would not find what is inherited.
    static UTC = RealDate.UTC;
    static parse = RealDate.parse;
    static now() {
      return RealDate.now() + ahead;
    }
    static [Symbol.hasInstance](value) {
      return value instanceof RealDate;
    }
  };
}
