import path from "node:path";

/** The folder of the framework's build that this process serves (bin/build.mjs). */
export const BUILD = path.resolve(process.env.MUHLAT_BUILD ?? ".next");
