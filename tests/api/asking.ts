import { expect } from "vitest";
import { type Cursor, readCursor } from "@/app/_server/api/cursor";
import { GET } from "@/app/api/v1/[[...path]]/route";
import { OPERATIONS, type OperationName, problem } from "@/app/api/v1/contract";

const ORIGIN = "http://127.0.0.1:3000";

/** Asks the API as Next does: `path` is what stands behind `/api/v1` in an address, its query included. */
export function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  const request = new Request(`${ORIGIN}/api/v1${path}`, { headers });
  const parts = new URL(request.url).pathname.split("/").slice(3).map(decoded);
  return GET(request, { params: Promise.resolve({ path: parts }) });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** An answer of the shape that the contract names, and nothing beside. */
export async function answered<Row = Record<string, unknown>>(
  name: OperationName,
  path: string,
): Promise<{ text: string; data: Row; next: string | null; as_known_on: string; as_recorded_at: string }> {
  const response = await ask(path);
  const text = await response.text();
  expect(response.status, `${path}: ${text.slice(0, 300)}`).toBe(200);
  expectAnswer(name, path, response, text);
  return { text, ...JSON.parse(text) };
}

/** An answer is its schema's, which takes nothing that it does not name; its dates are in the headers too. */
export function expectAnswer(name: OperationName, path: string, response: Response, text: string): void {
  const body = JSON.parse(text);
  expect(OPERATIONS[name].answer.parse(body), path).toEqual(body);
  expect(response.headers.get("muhlat-as-known-on")).toBe(body.as_known_on);
  expect(response.headers.get("muhlat-as-recorded-at")).toBe(body.as_recorded_at);
}

/** A refusal is a problem, under its own type of content, that nobody keeps. */
export async function expectRefusal(response: Response, path: string): Promise<void> {
  expect(response.headers.get("content-type"), path).toBe("application/problem+json; charset=utf-8");
  expect(response.headers.get("access-control-allow-origin"), path).toBe("*");
  expect(response.headers.get("cache-control"), path).toBe("no-store");
  const body = await response.json();
  expect(problem.strict().parse(body), path).toEqual(body);
  expect(body.status, path).toBe(response.status);
}

export type Rows = Record<string, unknown>[];

/** Walks all pages of a table; `between` is done between two pages. */
export async function walked(
  name: OperationName,
  path: string,
  limit: number,
  between: (page: number) => Promise<unknown> = async () => {},
): Promise<{ rows: Rows; pages: number; as_known_on: string; as_recorded_at: string }> {
  const rows: Rows = [];
  const address = (cursor: string | null) =>
    `${path}${path.endsWith("?") || path.endsWith("&") ? "" : path.includes("?") ? "&" : "?"}limit=${limit}${cursor ? `&cursor=${cursor}` : ""}`;
  let found = await answered<Rows>(name, address(null));
  const { as_known_on, as_recorded_at } = found;
  for (let pages = 1; ; pages += 1) {
    expect(found).toMatchObject({ as_known_on, as_recorded_at });
    expect(found.data.length).toBeLessThanOrEqual(limit);
    rows.push(...found.data);
    if (found.next === null) return { rows, pages, as_known_on, as_recorded_at };
    await between(pages);
    found = await answered<Rows>(name, address(found.next));
  }
}

/** A cursor with something in it changed, as a stranger may. */
export function forged(name: OperationName, cursor: string, more: Partial<Record<keyof Cursor, unknown>>): string {
  return Buffer.from(JSON.stringify({ ...readCursor(name, cursor), ...more })).toString("base64url");
}
