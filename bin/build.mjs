import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const SOURCES = [
  "app",
  "lib",
  "db",
  "browser",
  "data/package",
  "settings.ts",
  "next.config.ts",
  "proxy.ts",
  "package-lock.json",
  "tsconfig.json",
];

/** The folder of the build for what this process is to show; the processes it starts read it from MUHLAT_BUILD. */
export const buildFolder = () => (process.env.MUHLAT_FACE === "public" ? ".next-public" : ".next");

/** A hash over everything the web build is made from. */
function fingerprint() {
  const hash = createHash("sha256").update(process.version);
  const add = (name) => {
    const full = path.join(root, name);
    if (!existsSync(full)) return;
    hash.update(name).update(readFileSync(full));
  };
  for (const source of SOURCES) {
    const full = path.join(root, source);
    if (!existsSync(full)) continue;
    if (source.includes(".")) add(source);
    else
      for (const name of readdirSync(full, { recursive: true, withFileTypes: true })
        .filter((e) => e.isFile())
        .map((e) => path.relative(root, path.join(e.parentPath ?? e.path, e.name)))
        .sort())
        add(name);
  }
  return hash.digest("hex");
}

/** Builds the web pages unless the build at hand was made from exactly these sources. */
export function buildIfStale({ force = false } = {}) {
  const stamp = path.join(root, buildFolder(), "muhlat-sources");
  const now = fingerprint();
  if (!force && existsSync(stamp) && readFileSync(stamp, "utf8") === now) return;
  console.log("Building the pages (once for each version, about half a minute) …");
  rmSync(stamp, { force: true });
  const next = path.join(root, "node_modules", "next", "dist", "bin", "next");
  const built = spawnSync(process.execPath, [next, "build"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: "production", MUHLAT_BUILD: buildFolder(), NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (built.status !== 0) {
    console.error(`${built.stdout ?? ""}${built.stderr ?? ""}`.trim());
    console.error("The pages could not be built; the reason stands above.");
    process.exit(1);
  }
  writeFileSync(stamp, now);
}
