import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../one-muhlat";

/**
 * A configuration file of `deploy/patroni` with everything in double braces filled in.
 * @throws where the file asks for something that is not given
 */
export function filled(name: string, values: Readonly<Record<string, string | number>>): string {
  return readFileSync(path.join(root, "deploy", "patroni", name), "utf8").replace(/\{\{(\w+)\}\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`${name} asks for ${key}`);
    return String(value);
  });
}
