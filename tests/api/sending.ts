import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { answerEntry } from "@/app/_server/api/enter";
import { problem, SENT } from "@/app/api/v1/contract";
import type { Database } from "@/db/client";
import { act } from "@/lib/ledger/write";
import type { Actor } from "@/lib/staff/rules";
import { makeToken } from "@/lib/tokens/write";
import { accepted } from "../setup/record";

/** A token as an admin makes one on the desk. */
export async function madeToken(
  db: Database,
  actor: Actor,
  more: Record<string, unknown> = {},
): Promise<{ tokenId: string; token: string }> {
  const sent = { name: "Consulate in Moscow", countries: ["KG"], days: "90", ...more };
  return accepted(await act(db, (tx) => makeToken(tx, actor, sent)));
}

/** A statement that can be recorded as it is. */
export const statement = (more: Record<string, unknown> = {}) => ({
  country: "KG",
  measure: "gray_list",
  as_of: "2025-10-01",
  value: 1000,
  qualifier: "about",
  source: { title: "The consulate's own count", published_on: "2025-10-01" },
  ...more,
});

type Sending = { token?: string | undefined; key?: string | undefined; headers?: Record<string, string>; query?: string };

/** Sends a body to the API as the server does: a value as JSON, bytes as they are. */
export async function send(body: unknown, { token, key = randomUUID(), headers = {}, query = "" }: Sending = {}): Promise<Response> {
  const request = new Request(`http://127.0.0.1:3000/api/v1/snapshots${query}`, {
    method: "POST",
    body: body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
    headers: {
      "content-type": "application/json",
      ...(key === "" ? {} : { "idempotency-key": key }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
  });
  const { url, headers: sent } = request;
  const brought = { url, headers: sent, body: new Uint8Array(await request.arrayBuffer()) };
  const answer = await answerEntry(brought, "http://127.0.0.1:3000");
  return answer instanceof Response ? answer : new Response(answer.text, answer);
}

/** The statement of an answer of the shape that the contract names, and nothing beside. */
export async function entered(response: Response, status: 200 | 201 = 201) {
  const text = await response.text();
  expect(response.status, text.slice(0, 500)).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("access-control-allow-origin")).toBeNull();
  const body = JSON.parse(text);
  expect(SENT.enter.answer.strict().parse(body)).toEqual(body);
  return { text, ...(body as ReturnType<typeof SENT.enter.answer.parse>).data };
}

/** A refusal as RFC 9457 has it, of the status and type expected, which no page of strangers can read. */
export async function refusedAs(response: Response, status: number, code: string) {
  const text = await response.text();
  expect([response.status, text]).toEqual([status, expect.stringContaining(`"/api/v1/problems/${code}"`)]);
  expect(response.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("access-control-allow-origin")).toBeNull();
  const body = JSON.parse(text);
  expect(problem.strict().parse(body)).toEqual(body);
  return body as ReturnType<typeof problem.parse>;
}
