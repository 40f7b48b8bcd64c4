import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { writeBill } from "./bill.mjs";
import { installPackages } from "./install.mjs";

// npm test. With --quick (npm run verify) only what takes seconds: format, lint, types and unit tests.

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const quick = process.argv.includes("--quick");
const of = (file) => JSON.stringify(pathToFileURL(path.join(root, file)).href);
const BUILD = `await (await import(${of("bin/modules.mjs")})).buildModules(); (await import(${of("bin/build.mjs")})).buildIfStale()`;
const total = { passed: 0, failed: 0, skipped: 0 };
const troubled = [];

let running;
let stopped;
// A terminal's Ctrl-C reaches the tools by itself, and twice would make them drop everything; they clean up on SIGINT only.
process.on("SIGINT", () => {
  stopped = 130;
});
process.on("SIGTERM", () => {
  stopped = 143;
  running?.kill("SIGINT");
});

installPackages();
const reports = mkdtempSync(path.join(tmpdir(), "muhlat-reports-"));
process.on("exit", () => rmSync(reports, { recursive: true, force: true }));

await step("format, lint and boundaries", async () => one(await tool("@biomejs/biome/bin/biome", "ci", ".")));
await step("types", types);
await step("unit tests", () => vitest("unit"));
if (!quick) {
  await step("bill of materials", () => {
    const wrong = writeBill();
    return wrong ? refuse(wrong) : one(0);
  });
  await step("database tests", () => vitest("db"));
  await step("build", async () => one(await node(["--input-type=module", "--eval", BUILD])));
  await step("browser tests", browserTests);
}

if (troubled.length > 0) console.log(`\nNot in order: ${troubled.join("; ")}`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

async function step(name, work) {
  console.log(`\n== ${name}`);
  const result = await work();
  if (stopped) process.exit(stopped);
  for (const kind of Object.keys(total)) total[kind] += result[kind] ?? 0;
  if (result.failed) troubled.push(name);
}

/** The result of a step that has no tests of its own to count. */
function one(code) {
  return code === 0 ? { passed: 1 } : { failed: 1 };
}

function node(args, env = {}) {
  return new Promise((resolve) => {
    running = spawn(process.execPath, args, { cwd: root, stdio: "inherit", env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env } });
    running.on("error", () => resolve(1)).on("close", (code) => resolve(code ?? 1));
  });
}

function tool(script, ...args) {
  return node([path.join(root, "node_modules", script), ...args]);
}

async function types() {
  // Types of the routes are made by Next and not kept in the repository.
  const made = existsSync(path.join(root, "next.config.ts")) ? await tool("next/dist/bin/next", "typegen") : 0;
  return one(made || (await tool("typescript/bin/tsc", "--noEmit")));
}

async function vitest(project) {
  const file = path.join(reports, `${project}.json`);
  const code = await tool(
    "vitest/vitest.mjs",
    "run",
    `--project=${project}`,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  );
  const report = read(file);
  if (!report) return { failed: 1 };
  // A file that could not be loaded, or whose set-up failed, has no failed test to be counted by.
  const broken = report.testResults.filter((f) => f.status === "failed" && !f.assertionResults.some((t) => t.status === "failed")).length;
  const failed = report.numFailedTests + broken;
  return { passed: report.numPassedTests, failed: Math.max(failed, code ? 1 : 0), skipped: report.numPendingTests + report.numTodoTests };
}

async function browserTests() {
  if (troubled.includes("build")) return refuse("The browser tests need a build, and the build failed.");
  const browser = findChromium();
  if (browser.missing) return refuse(browser.missing);
  const file = path.join(reports, "browser.json");
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file, ...(browser.path && { CHROMIUM: browser.path }) };
  const code = await node([path.join(root, "node_modules/@playwright/test/cli.js"), "test", "--reporter=list,json"], env);
  const stats = read(file)?.stats;
  if (!stats) return { failed: 1 };
  return { passed: stats.expected + stats.flaky, failed: Math.max(stats.unexpected, code ? 1 : 0), skipped: stats.skipped };
}

function refuse(sentence) {
  console.error(sentence);
  return { failed: 1 };
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** Where Chromium is, after installing it where there is none; without a path it is Playwright's own. */
function findChromium() {
  const debian = "/usr/bin/chromium";
  const named = process.env.CHROMIUM;
  if (named) return existsSync(named) ? { path: named } : { missing: `CHROMIUM names ${named}, and there is no such file.` };
  if (existsSync(debian)) return { path: debian };
  const run = (program, ...args) => {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    return spawnSync(program, args, { cwd: root, stdio: "inherit", env }).status === 0;
  };
  if (process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0) {
    console.log("Installing Chromium from Debian's packages");
    run("apt-get", "update");
    if (run("apt-get", "install", "-y", "--no-install-recommends", "chromium") && existsSync(debian)) return { path: debian };
  }
  console.log("Looking for Playwright's own Chromium");
  if (run(process.execPath, path.join(root, "node_modules/@playwright/test/cli.js"), "install", "chromium")) return {};
  return { missing: "There is no Chromium for the browser tests. Install it, or set CHROMIUM to the path of one." };
}
