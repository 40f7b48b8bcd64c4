import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

// This file runs before anything is installed: nothing but Node's own modules here.

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const stamp = path.join(root, "node_modules", ".muhlat-lock");

/** Ends the process with a sentence when Node is too old to run Muhlat. */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Muhlat needs Node 20.19 or newer, and this is Node ${version}. Install a newer one from https://nodejs.org and start again.`,
  );
  process.exit(1);
}

/** Installs the packages of the lock file, unless exactly those are there already. */
export function installPackages() {
  checkNode();
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.log("Installing packages (once, about half a minute)");
  const [program, args] = npm();
  // NODE_ENV=production would leave out what the build and the tests need.
  const { NODE_ENV: _, ...env } = process.env;
  const result = spawnSync(program, [...args, "ci", "--no-fund", "--no-audit", "--include=dev", "--include=optional"], {
    cwd: root,
    env,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (result.status !== 0) {
    console.error("The packages could not be installed. Check the connection to the npm registry and start again. npm said:");
    console.error(result.error ? String(result.error) : reason(`${result.stdout}\n${result.stderr}`));
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

/** The end of npm's output, without the usage text it puts behind some reasons. */
function reason(output) {
  const [before] = output.trim().split(/\n.*\bUsage:/);
  return before.trim().split("\n").slice(-15).join("\n");
}

/** What the installed packages depend on: the lock file, and the machine that prebuilt programs were chosen for. */
function fingerprint() {
  const lock = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  return `${lock} ${process.platform} ${process.arch} ${process.versions.node.split(".")[0]}\n`;
}

/** The npm that started us, which belongs to this Node; else the one on the path. */
export function npm() {
  const own = process.env.npm_execpath;
  return own?.endsWith("npm-cli.js") ? [process.execPath, [own]] : ["npm", []];
}
