import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig, devices } from "@playwright/test";

const DEBIAN = "/usr/bin/chromium";
/** They change the one admin everybody signs in as, or keep every other act waiting: nothing else may run beside them. */
const LAST = "alone.spec.ts";
/** What only scripts do: leading through rows by keyboard, keeping drafts, sending again. */
const SCRIPTED = "*.scripted.spec.ts";
/** Pages and files on which nothing moves: the same with scripts as without, but for what other specs hold of all light or staff pages. */
const UNMOVED = ["api", "back-test", "chart-labels", "data", "explore-files", "five-languages", "ledger", "machine-entry", "snapshots"].map(
  (name) => `${name}.spec.ts`,
);
/** They compare a page with itself made a moment later: nothing may be recorded meanwhile. */
const STILL = "*.still.spec.ts";
/** Two checkouts on one machine take a port each. */
const PORT = process.env.MUHLAT_E2E_PORT ?? "3199";
const ORIGIN = `http://127.0.0.1:${PORT}`;

// Every worker reads this file again: the first reader names the folder, and removes it once the server is gone.
if (!process.env.MUHLAT_E2E_DATA) {
  const folder = path.join(tmpdir(), `muhlat-e2e-${randomUUID().slice(0, 8)}`);
  process.env.MUHLAT_E2E_DATA = folder;
  process.env.AUTH_SECRET = randomUUID();
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
}

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  workers: 2,
  forbidOnly: true,
  // A journey that a busy machine has upset is taken once more, in a browser of its own, and is named as flaky.
  retries: 1,
  // Two browsers, a server and a database share two cores, slow ones at times: only what hangs is cut off.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // Pictures are compared with others of the same run; none is kept.
  snapshotPathTemplate: "test-results/pictures/{arg}{ext}",
  reporter: "list",
  use: {
    ...devices["Desktop Chrome"],
    baseURL: ORIGIN,
    trace: "on-first-retry",
    launchOptions: {
      executablePath: process.env.CHROMIUM || (existsSync(DEBIAN) ? DEBIAN : undefined),
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-quic",
      ],
    },
  },
  projects: [
    { name: "scripts-on", testIgnore: [LAST, STILL, ...UNMOVED] },
    { name: "scripts-off", testIgnore: [LAST, STILL, SCRIPTED], use: { javaScriptEnabled: false } },
    { name: "still", testMatch: STILL, dependencies: ["last"] },
    { name: "last", testMatch: LAST, dependencies: ["scripts-on", "scripts-off"], use: { javaScriptEnabled: false } },
  ],
  webServer: {
    command: "node bin/start.mjs",
    url: `${ORIGIN}/api/health/ready`,
    timeout: 300_000,
    reuseExistingServer: false,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
    env: {
      PORT,
      MUHLAT_DATA_DIR: process.env.MUHLAT_E2E_DATA,
      AUTH_SECRET: process.env.AUTH_SECRET ?? "",
      MUHLAT_ADMIN_EMAIL: "admin@example.org",
      MUHLAT_ADMIN_PASSWORD: "correct horse battery",
    },
  },
});
