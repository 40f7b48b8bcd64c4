import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { npm } from "./install.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const BILL = "bill-of-materials.cdx.json";

/**
 * Writes down everything that Muhlat is made with, by version, hash and licence (CycloneDX 1.5), as the lock file has it.
 * npm leaves packages out where it is asked for some of them only, so all are listed, those for development marked as such.
 * @returns what is wrong with the bill; undefined when every locked package is on it
 */
export function writeBill() {
  const [program, args] = npm();
  const options = ["sbom", "--sbom-format", "cyclonedx", "--sbom-type", "application", "--package-lock-only"];
  const made = spawnSync(program, [...args, ...options], { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (made.status !== 0) return made.stderr?.trim() || String(made.error);
  const { components } = JSON.parse(made.stdout);
  const listed = new Set(components.filter(({ hashes }) => hashes?.length).map(({ name, version }) => `${name}@${version}`));
  const { packages } = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"));
  const missing = Object.entries(packages)
    .filter(([place, { inBundle }]) => place !== "" && !inBundle)
    .map(([place, { version }]) => `${place.split("node_modules/").at(-1)}@${version}`)
    .filter((each) => !listed.has(each));
  if (missing.length > 0) return `${BILL} would lack ${missing.join(", ")}`;
  writeFileSync(path.join(root, BILL), made.stdout);
  console.log(`${BILL}: ${listed.size} packages`);
  return undefined;
}
