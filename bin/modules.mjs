import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = path.join(root, "public", "js");

/** Each file of browser/ is one module that a public page may ask for; what several need is in its folders. */
const options = () => ({
  absWorkingDir: root,
  entryPoints: readdirSync(path.join(root, "browser"))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `browser/${name}`),
  entryNames: "[name]-[hash]",
  outdir: folder,
  bundle: true,
  format: "esm",
  // Phones of 2019 and later: what they lack is written out, nothing is added.
  target: ["es2019", "chrome72", "firefox68", "safari12.1"],
  // Safari before 14.1 is listed as lacking it for rare forms of it that we do not write, and nothing could write it out.
  supported: { destructuring: true },
  charset: "utf8",
  metafile: true,
  minify: true,
  write: true,
  logLevel: "warning",
  plugins: [{ name: "names", setup: (build) => build.onEnd(keepNames) }],
});

/** Writes down which file each module is now, and removes those that earlier sources made. */
function keepNames({ metafile }) {
  if (!metafile) return;
  const made = Object.entries(metafile.outputs).map(([file, { entryPoint }]) => [path.basename(entryPoint, ".ts"), path.basename(file)]);
  const files = new Set([...made.map(([, file]) => file), "names.json"]);
  for (const file of readdirSync(folder)) if (!files.has(file)) rmSync(path.join(folder, file));
  writeFileSync(path.join(folder, "names.json"), JSON.stringify(Object.fromEntries(made)));
}

// Loaded when it is needed: bin/start.mjs names this file before anything is installed.
const esbuild = () => import("esbuild");

/** Builds the modules that public pages load; takes a fraction of a second. */
export async function buildModules() {
  mkdirSync(folder, { recursive: true });
  await (await esbuild()).build(options());
}

/** Builds them again whenever one of their files changes. */
export async function watchModules() {
  mkdirSync(folder, { recursive: true });
  const context = await (await esbuild()).context(options());
  await context.rebuild();
  await context.watch();
}
