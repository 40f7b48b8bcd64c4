#!/usr/bin/env node
// Plain JavaScript: this runs before anything is installed.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { buildFolder, buildIfStale } from "./build.mjs";
import { installPackages } from "./install.mjs";
import { buildModules, watchModules } from "./modules.mjs";

const dev = process.argv.includes("--dev");
process.chdir(fileURLToPath(new URL("..", import.meta.url)));
installPackages();
if (dev) await watchModules();
else {
  await buildModules();
  buildIfStale();
}
// npm run build: for machines that are given a finished folder which nothing there may write to.
if (process.argv.includes("--build")) process.exit(0);

const child = spawn(process.execPath, ["--import", "tsx", "server/start.ts", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, NODE_ENV: dev ? "development" : "production", MUHLAT_BUILD: buildFolder(), NEXT_TELEMETRY_DISABLED: "1" },
});
// Ctrl-C reaches the child by itself; both wait here until it has closed what it opened.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => signal !== "SIGINT" && child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
