import { readFileSync } from "node:fs";
import path from "node:path";

type Names = Record<string, string>;

const names = (): Names => JSON.parse(readFileSync(path.join(process.cwd(), "public", "js", "names.json"), "utf8"));

let kept: Names | undefined;

/** The file that a module was built into, in `public/js`. */
export function moduleFile(name: string): string {
  kept ??= process.env.NODE_ENV === "production" ? names() : undefined;
  const file = (kept ?? names())[name];
  if (!file) throw new Error(`browser/${name}.ts was not built`);
  return file;
}

/** Asks the browser for one of our own modules (`browser/{name}.ts`); the page must be right without it. */
export function BrowserModule({ name }: { name: "countdown" | "take-along" | "days" | "explore" | "offline" }) {
  return <script type="module" src={`/js/${moduleFile(name)}`} />;
}
