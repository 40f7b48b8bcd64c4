import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sourceTexts } from "./source-texts";

const root = path.resolve(import.meta.dirname, "..");

// For each kind of file, imports that must be refused and imports that must be let through.
const kinds = [
  {
    file: "settings.ts",
    refused: "@/lib/texts @/db/client ./lib/texts ./db",
    allowed: "zod node:path",
  },
  {
    file: "db/planted.ts",
    refused: "@/lib/texts ../lib/texts @/app/page ../app/page @/server/front ../server/front @/tests/x next next/cache react",
    allowed: "@/db/roles ./roles @/settings ../settings drizzle-orm postgres",
  },
  {
    file: "db/schema/planted.ts",
    refused: "../../lib/texts ../../app/page",
    allowed: "../roles ./columns ../../settings",
  },
  {
    file: "lib/planted/input.ts",
    refused: `@/app/page @/app/[lang]/(light)/page ../../app/page @/server/front ../../server/front ../../server
      @/bin/x ../../bin/x @/tests/x ../../e2e/x ../../bench/x @/drill/x`,
    allowed: "@/lib/countries/read ../countries/write @/db @/db/client ../../db/client @/settings ../../settings zod",
  },
  {
    file: "lib/planted.ts",
    refused: "../app/page ../app next next/cache react react/jsx-runtime react-dom/server",
    allowed: "./countries/rules ../db/client use-intl/core drizzle-orm",
  },
  ...["lib/planted/rules.ts", "lib/planted/rules/one.ts"].map((file) => ({
    file,
    refused: `zod zod/v4 drizzle-orm drizzle-orm/pg-core postgres @/db @/db/client ../../db/client ../../../db
      @/settings ../../settings node:fs node:fs/promises fs node:net node:child_process next react @/app/page ../../server/front
      ./read ./write ./input ../countries/read ../countries/read.ts @/lib/countries/write @/lib/countries/input`,
    allowed: "../countries/rules @/lib/moments/rules ../texts ./reading node:crypto temporal-polyfill",
  })),
  {
    file: "lib/planted/read.ts",
    refused: `../countries/read ../countries/read.ts @/lib/countries/read ./write ../countries/write @/lib/x/write
      @/app/page ../../app/page next`,
    allowed: "./rules ./input ../countries/rules @/lib/vintage @/db/client @/db/schema drizzle-orm",
  },
  {
    file: "app/[lang]/(light)/planted/page.tsx",
    refused: "@/db @/db/client @/db/schema ../../../../db/client @/server/front ../../../../server/front @/tests/x",
    allowed: "@/lib/countries/read @/lib/countries/write @/app/_server/handles @/app/_components/chart react next @/settings",
  },
  {
    file: "app/planted/route.ts",
    refused: "@/db/client ../../db/client @/bench/x",
    allowed: "@/lib/countries/read next/server",
  },
  {
    file: "app/_server/planted.ts",
    refused: "@/server/front ../../server/front @/bin/x @/e2e/x",
    allowed: "@/db @/db/client ../../db/client @/lib/staff/write otpauth",
  },
  {
    file: "app/_components/planted.tsx",
    refused: `@/db/client ../../db/client @/lib/countries/read @/lib/countries/write ../../lib/countries/read
      ../../lib/countries/write.ts openid-client @simplewebauthn/server @/server/front`,
    allowed: "@/lib/countries/rules @/lib/i18n/dates react ./chart d3-shape",
  },
  {
    file: "server/planted.ts",
    refused: "@/app/page ../app/page @/tests/x ../bench/x @/browser/x",
    allowed: "@/lib/texts ../db/client next @/app/_server/answer @/app/_server/api/enter",
  },
  {
    file: "bin/planted.ts",
    refused: "@/app/page ../app/page ../tests/x @/drill/x ../browser/x",
    allowed: "../db/client ../lib/texts @/lib/texts ../server/front ../settings",
  },
  {
    file: "browser/planted.ts",
    refused: `@/db/client @/settings @/app/page ../app/page ../server/front @/server/front @/lib/countries/read @/lib/countries/input
      ../lib/countries/rules zod temporal-polyfill use-intl/core react next/link node:fs`,
    allowed: "./shared/server-clock @/lib/countries/rules @/lib/trends/rules/pace",
  },
  ...["tests", "e2e", "bench", "drill"].map((folder) => ({
    file: `${folder}/planted.ts`,
    refused: "",
    allowed: "@/lib/texts ../lib/countries/write @/db/client ../db/client ../settings",
  })),
].map(({ file, refused, allowed }) => ({ file, refused: words(refused), allowed: words(allowed) }));

describe("imports go in one direction", () => {
  const planted = mkdtempSync(path.join(realpathSync(tmpdir()), "muhlat-boundaries-"));
  const found = new Map<string, number[]>();

  beforeAll(() => {
    for (const name of ["biome.json", ".gitignore"]) copyFileSync(path.join(root, name), path.join(planted, name));
    for (const { file, refused, allowed } of kinds) {
      mkdirSync(path.dirname(path.join(planted, file)), { recursive: true });
      writeFileSync(path.join(planted, file), [...refused, ...allowed].map((name) => `import "${name}";\n`).join(""));
    }
    const biome = path.join(root, "node_modules/@biomejs/biome/bin/biome");
    const args = [biome, "lint", "--reporter=github", "--max-diagnostics=none", "."];
    const { stdout } = spawnSync(process.execPath, args, { cwd: planted, encoding: "utf8" });
    for (const [, file = "", line] of stdout.matchAll(/^::error title=lint\/style\/noRestrictedImports,file=([^,]+),line=(\d+)/gm)) {
      const name = path.relative(planted, file);
      found.set(name, [...(found.get(name) ?? []), Number(line)]);
    }
  });

  afterAll(() => rmSync(planted, { recursive: true, force: true }));

  test.each(kinds)("$file", (kind) => {
    const names = [...kind.refused, ...kind.allowed];
    const refused = (found.get(kind.file) ?? []).map((line) => names[line - 1]);
    expect(refused.sort()).toEqual([...kind.refused].sort());
  });

  test("no file silences the rule", () => {
    // What is looked for in our files, and one planted example; nothing here is silenced.
    const silent = /biome-ignore(?:-all|-start)?\s+lint(?:\/style(?:\/noRestrictedImports)?)?\s*[:<(]/;
    expect(silent.test("// biome-ignore lint/style/noRestrictedImports: planted")).toBe(true);
    const files = ["app", "lib", "db", "server", "bin"].flatMap((folder) => sources(path.join(root, folder)));
    expect(files.filter((file) => silent.test(readFileSync(file, "utf8")))).toEqual([]);
  });
});

describe("light pages and shared components send no script of the framework", () => {
  test("a planted client component is found, behind a comment too", () => {
    expect(isClient('"use client";\n')).toBe(true);
    expect(isClient("// why\n/* and\n more */\n\n'use client'\nexport {};")).toBe(true);
    expect(isClient('export const text = "use client";')).toBe(false);
  });

  test.each(["app/[lang]/(light)", "app/[lang]/embed", "app/_components"])("%s", (folder) => {
    const files = sources(path.join(root, folder));
    // A folder that was renamed would otherwise pass for ever.
    expect(files).not.toEqual([]);
    expect(files.filter((file) => isClient(readFileSync(file, "utf8")))).toEqual([]);
  });
});

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

function sources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => /\.(?:[cm]?[jt]s|[jt]sx)$/.test(name)).map((name) => path.join(folder, name));
  // A folder is named after the address it answers, which may be that of a script.
  return files.filter((file) => statSync(file).isFile());
}

function isClient(source: string): boolean {
  return /^(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*["']use client["']/.test(source);
}

describe("the server asks nobody but its database and the provider of its settings", () => {
  /** Ways to ask an address; `request` of server/front/inside.ts goes over the line inside the process. */
  const ASKS =
    /\bfetch\(|\bnew (?:WebSocket|EventSource|XMLHttpRequest)\b|from "undici"|from "node:(?:https|http2|dns|tls|dgram)"|import \{[^}]*\brequest\b[^}]*\} from "node:http"/;

  test("a planted question is found", () => {
    expect(ASKS.test('const answer = await fetch("https://elsewhere.example");')).toBe(true);
    expect(ASKS.test('import { createServer, request } from "node:http";')).toBe(true);
    expect(ASKS.test('import { createServer, type IncomingMessage } from "node:http";')).toBe(false);
  });

  test("none is in its code", () => {
    const sources = ["app", "db", "lib", "server"].flatMap((folder) => sourceTexts(folder, /\.tsx?$/));
    const asking = sources.filter(({ text }) => ASKS.test(text) && !isClient(text)).map(({ file }) => file);
    // Examples for readers are texts; a line to ourselves leads nowhere else.
    expect(asking).toEqual(["app/_server/open-files/examples.ts", "server/front/inside.ts"]);
  });
});
