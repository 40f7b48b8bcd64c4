import type { ServerResponse } from "node:http";
import { PROBLEMS, type ProblemCode } from "@/lib/open-data/problems";
import { fileHeaders } from "./policy";

/** Whether an address is asked by programs, whichever way it is answered, and by whatever way around it is written. */
export function isApi(url = "/"): boolean {
  if (!url.includes("v1")) return false;
  const base = "http://localhost";
  return URL.canParse(url, base) && /^\/api\/v1(?:\/|$)/.test(new URL(url, base).pathname);
}

/** What a program is told where the pages are not asked: RFC 9457, and after how many seconds it may try again. */
export function problemOf(code: ProblemCode, seconds?: number): { status: number; headers: Record<string, string>; body: string } {
  const { status, title } = PROBLEMS[code];
  return {
    status,
    headers: {
      ...fileHeaders(),
      "content-type": "application/problem+json; charset=utf-8",
      "cache-control": "no-store",
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "RateLimit, RateLimit-Policy, Retry-After",
      ...(seconds === undefined ? {} : { "retry-after": String(seconds) }),
    },
    body: JSON.stringify({ type: `/api/v1/problems/${code}`, title, status }),
  };
}

/** Refuses a program's question. */
export function refuseQuestion(
  response: ServerResponse,
  code: ProblemCode,
  more: { seconds?: number; headers?: Record<string, string> } = {},
): void {
  const { status, headers, body } = problemOf(code, more.seconds);
  response.writeHead(status, { ...headers, ...more.headers }).end(body);
}
