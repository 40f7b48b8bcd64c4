import type { IncomingMessage } from "node:http";
import type { Settings } from "@/settings";
import { isStaff } from "./policy";

/** What a process for staff alone answers: their pages, programs, and the files that both need. */
const OF_STAFF = /^\/(?:staff|api|_next|js|icon\.svg)(?:[/?]|$)/;
const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether a request is none for a process that shows this face: the public one neither knows staff nor takes anything in. */
export function isElsewhere(
  face: Settings["MUHLAT_FACE"],
  { url = "/", method = "GET" }: Pick<IncomingMessage, "url" | "method">,
): boolean {
  const base = "http://localhost";
  // What cannot be read as an address is none of staff's; it is led to one that names nothing.
  if (face === "public") return (URL.canParse(url, base) && isStaff(new URL(url, base).pathname)) || !READS.has(method);
  return face === "staff" && !OF_STAFF.test(url);
}
