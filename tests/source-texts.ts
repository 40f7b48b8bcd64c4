import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

/** The source files of a folder whose path in it matches, each with its text; paths are the project's own. */
export function sourceTexts(folder: string, matching: RegExp): { file: string; text: string }[] {
  const names = readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => matching.test(name)).map((name) => path.join(folder, name));
  if (files.length === 0) throw new Error(`no file of ${folder} matches ${matching}`);
  return files.sort().map((file) => ({ file, text: readFileSync(path.join(root, file), "utf8") }));
}
