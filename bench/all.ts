import { benchImport } from "./import";

// npm run bench: what is measured, with the machine it was measured on.

await benchImport(console.log);
