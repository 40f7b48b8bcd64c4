import { PROBLEMS, type ProblemCode } from "@/lib/open-data/problems";

/** What a program is told where the pages are not asked: RFC 9457, and after how many seconds it may try again. */
export function problemOf(code: ProblemCode, seconds: number): { status: number; headers: Record<string, string>; body: string } {
  const { status, title } = PROBLEMS[code];
  return {
    status,
    headers: {
      "content-type": "application/problem+json; charset=utf-8",
      "cache-control": "no-store",
      "access-control-allow-origin": "*",
      "retry-after": String(seconds),
    },
    body: JSON.stringify({ type: `/api/v1/problems/${code}`, title, status }),
  };
}
