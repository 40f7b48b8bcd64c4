import { readFileSync } from "node:fs";
import path from "node:path";
import { moduleFile } from "@/app/_server/browser-module";
import { offlineWords } from "@/app/_server/offline-words";
import { readSettings } from "@/settings";

export const dynamic = "force-dynamic";

/**
 * The worker that keeps visited pages for when there is no connection, at the root because it is only let answer
 * for what is below it. Where the operator wants none, one that takes the other's place and removes itself.
 */
export function GET(): Response {
  const keeps = readSettings().MUHLAT_OFFLINE_COPY === "keep";
  const script = readFileSync(path.join(process.cwd(), "public", "js", moduleFile(keeps ? "offline-worker" : "offline-end")), "utf8");
  return new Response(keeps ? `self.muhlatWords=${JSON.stringify(offlineWords())};${script}` : script, {
    headers: { "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-cache" },
  });
}
